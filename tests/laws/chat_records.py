"""Random records for the laws: chats and pairs that targets take, and the same with something broken."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

texts = st.text(max_size=8)
words = st.text(alphabet="abcXYZ019_-", min_size=1, max_size=8)

#: Any JSON, with the values that validators like to disagree about.
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from([10**20, 2**64, -(10**400), 1.0, 0.0, -0.0, 0.5, 1e300, 1e-300])
    | texts
    | st.sampled_from(
        [
            "assistant",
            "user",
            "tool",
            "developer",
            "text",
            "image_url",
            "refusal",
            "a\n",
            "a b",
            "\U0001f600",
        ]
    )
)
junk = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "text", "x/~y", ""]), inner, max_size=3
        )
    ),
    max_leaves=5,
)

text_parts = st.lists(
    st.fixed_dictionaries({"type": st.just("text"), "text": texts}), min_size=1, max_size=2
)
image_parts = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("image_url"),
            "image_url": st.fixed_dictionaries(
                {
                    "url": st.sampled_from(
                        ["https://example.com/cat.png", "data:image/png;base64,iVBORw0KGgo="]
                    )
                },
                optional={"detail": st.sampled_from(["auto", "low", "high"])},
            ),
        }
    ),
    max_size=1,
)
contents = texts | text_parts
names = {"name": words}

systems = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "developer"]), "content": contents}, optional=names
)
users = st.fixed_dictionaries(
    {
        "role": st.just("user"),
        "content": texts | st.tuples(text_parts, image_parts).map(lambda both: both[0] + both[1]),
    },
    optional=names,
)
calls = st.fixed_dictionaries(
    {
        "id": words,
        "type": st.just("function"),
        "function": st.fixed_dictionaries({"name": words, "arguments": st.just("{}")}),
    }
)
replies = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": contents},
    optional={"weight": st.sampled_from([0, 1, 1.0, 0.0]), **names},
)
calling = st.fixed_dictionaries(
    {"role": st.just("assistant"), "tool_calls": st.lists(calls, min_size=1, max_size=2)},
    optional={"content": st.none() | texts},
)
results = st.fixed_dictionaries(
    {"role": st.just("tool"), "tool_call_id": words, "content": contents}, optional=names
)
tools = st.fixed_dictionaries(
    {
        "type": st.just("function"),
        "function": st.fixed_dictionaries(
            {"name": words},
            optional={"description": texts, "parameters": st.just({"type": "object"})},
        ),
    }
)

#: Rows whose shape every chat target takes; the turns stand in any order.
chats = st.fixed_dictionaries(
    {"messages": st.lists(systems | users | replies | calling | results, min_size=1, max_size=5)},
    optional={"tools": st.lists(tools, max_size=2), "parallel_tool_calls": st.booleans()},
)


answers = st.lists(replies | calling, min_size=1, max_size=2)
prompts = st.lists(systems | users | replies, min_size=1, max_size=3)

#: Rows that compare two answers, or judge one, in the forms of OpenAI and of TRL.
pairs = (
    st.fixed_dictionaries(
        {"input": chats, "preferred_output": answers, "non_preferred_output": answers}
    )
    | st.fixed_dictionaries({"prompt": prompts, "chosen": answers, "rejected": answers})
    | st.fixed_dictionaries({"prompt": texts, "chosen": texts, "rejected": texts})
    | st.fixed_dictionaries(
        {"prompt": prompts, "completion": answers}, optional={"label": st.booleans()}
    )
    | st.fixed_dictionaries(
        {"prompt": texts, "completion": texts, "label": st.booleans() | st.integers(0, 1)}
    )
)


#: What is put in place of the value of a key: near to what is allowed, where validators differ.
odd_values = {
    "weight": st.sampled_from([True, False, 1.0, -0.0, 0.5, "1", None, 10**20, -1, 2, [0], {}]),
    "type": st.sampled_from(
        ["text", "image_url", "refusal", "function", "Text", "", None, ["text"]]
    ),
    "role": st.sampled_from(
        ["assistant", "user", "tool", "function", "developer", "bot", "", None, 1]
    ),
    "name": st.sampled_from(["a\n", "a b", "", "a" * 64, "a" * 65, "\U0001f600", "\u0661", None]),
    "url": st.sampled_from(
        ["HTTP://a", "ftp://a", "data:image/png;base64,", " https://a", "\nhttps://a"]
    ),
    "content": st.sampled_from(
        [None, [], "", [""], [{"type": "refusal", "refusal": "no"}] * 2, {}]
    ),
}


def broken_chats() -> st.SearchStrategy[Any]:
    """Chats in which up to three places were changed, removed, added or doubled."""
    return _broken(chats)


def broken_pairs() -> st.SearchStrategy[Any]:
    """The same of rows with answers."""
    return _broken(pairs)


@st.composite
def _broken(draw: st.DrawFn, rows: st.SearchStrategy[Any]) -> Any:
    record = copy.deepcopy(draw(rows))
    for _ in range(draw(st.integers(0, 3))):
        places = defaultdict(list)
        for holder, key in _places(record):
            places[key if isinstance(key, str) else "an item"].append((holder, key))
        if places:
            # The key first, then one of its places: else the rare keys would hardly be touched.
            _break(draw, *draw(st.sampled_from(places[draw(st.sampled_from(sorted(places)))])))
    return record


def _break(draw: st.DrawFn, holder: Any, key: Any) -> None:
    way = draw(st.sampled_from(["replace", "replace", "remove", "add", "double"]))
    if way == "replace":
        holder[key] = copy.deepcopy(draw(odd_values.get(key, junk) | junk))
    elif way == "remove":
        del holder[key]
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        added = draw(st.sampled_from([*odd_values, "weight", "id", "tool_calls", "text", "x/~y"]))
        holder[added] = copy.deepcopy(draw(odd_values.get(added, junk)))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(items):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from _places(inner)


#: Mostly broken chats and pairs, now and then something that is neither.
records = broken_chats() | broken_pairs() | junk
