"""Random examples with all that an example can hold, for the laws of conversions between targets."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

said = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=8
).filter(lambda text: text == text.strip() and text.isprintable())
ids = st.sampled_from(["a", "call_1", "call_0", "aB3dE5fG7", "123456789", "x-y_z", "é"])
names = st.sampled_from(["weather", "get_time", "a-b"])
arguments = st.one_of(
    st.dictionaries(st.sampled_from(["city", "n"]), said | st.integers() | st.none()).map(
        lambda found: json.dumps(found, ensure_ascii=False)
    ),
    st.sampled_from(['{"city":"Rome"}', "{}", '{"n": 1.50}', '{"n": [1, {"m": null}]}']),
)
images = st.sampled_from(
    [
        *("https://example.org/cat.png", "data:image/png;base64,iVBORw0KGgo=", "gs://shop/cat.jpg"),
        *("s3://shop/cat.png", "data:image/gif;base64,R0lG"),
    ]
).flatmap(
    lambda url: st.fixed_dictionaries(
        {"url": st.just(url)}, optional={"detail": st.sampled_from(["low", "high"])}
    )
)
text_parts = said.map(lambda text: {"type": "text", "text": text})
image_parts = images.map(lambda image: {"type": "image_url", "image_url": image})
audio_parts = st.just({"type": "input_audio", "input_audio": {"data": "AA==", "format": "wav"}})
asked = said | st.lists(
    text_parts | text_parts | image_parts | audio_parts, min_size=1, max_size=3
).filter(lambda parts: any(part["type"] == "text" for part in parts))
replied = said | st.lists(text_parts, min_size=1, max_size=2)

name = {"name": st.sampled_from(["ann", "bob"])}
systems = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "system", "developer"]), "content": replied}, optional=name
)
users = st.fixed_dictionaries({"role": st.just("user"), "content": asked}, optional=name)
about_reply: dict[str, st.SearchStrategy[Any]] = {
    **name,
    "reasoning_content": said,
    "weight": st.sampled_from([0, 1, 0.5]),
}
replies = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": replied}, optional=about_reply
)
refusals = st.fixed_dictionaries(
    {"role": st.just("assistant"), "content": st.just("") | said, "refusal": said}
)
tools = st.fixed_dictionaries(
    {
        "type": st.just("function"),
        "function": st.fixed_dictionaries(
            {"name": names},
            optional={
                "description": said,
                "parameters": st.just({"type": "object"}),
                "strict": st.booleans(),
            },
        ),
    }
)
functions = st.fixed_dictionaries(
    {"name": names}, optional={"description": said, "parameters": st.just({"type": "object"})}
)


@st.composite
def calling(draw: st.DrawFn) -> list[Any]:
    """Calls with their answers, in any order; now and then the older form."""
    if draw(st.integers(0, 4)) == 0:
        function = {"name": draw(names), "arguments": draw(arguments)}
        return [
            {"role": "assistant", "content": draw(st.just("") | said), "function_call": function},
            {"role": "function", "name": function["name"], "content": draw(said)},
        ]
    some = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    calls = [
        {
            "id": one,
            "type": "function",
            "function": {"name": draw(names), "arguments": draw(arguments)},
        }
        for one in some
    ]
    turn = {"role": "assistant", "content": draw(st.just("") | said), "tool_calls": calls}
    turn.update(draw(st.fixed_dictionaries({}, optional=about_reply)))
    answers = [
        {
            "role": "tool",
            "content": draw(replied),
            "tool_call_id": one,
            **draw(st.fixed_dictionaries({}, optional={"name": st.just("weather")})),
        }
        for one in draw(st.permutations(some))
    ]
    return [turn, *answers]


@st.composite
def turns(draw: st.DrawFn, *, rich: bool, ends: bool = True) -> list[Any]:
    """Rounds of a user and an assistant; rich ones with calls, media and late system turns."""
    found: list[Any] = draw(st.lists(systems, max_size=2))
    for number in range(draw(st.integers(1, 3))):
        if rich and number and draw(st.integers(0, 5)) == 0:
            found.append(draw(systems))
        found.append(draw(users))
        if rich and draw(st.booleans()):
            found += draw(calling())
        found.append(draw(replies if draw(st.integers(0, 9)) else refusals))
    if not ends:
        while found and found[-1]["role"] != "user":
            found.pop()
    return found


beside = st.fixed_dictionaries(
    {},
    optional={
        "tools": st.lists(tools, min_size=1, max_size=2),
        "functions": st.lists(functions, min_size=1, max_size=1),
        "parallel_tool_calls": st.booleans(),
    },
)


def _with_beside(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(strategy, beside).map(lambda both: {**both[0], **both[1]})


plain_turns = turns(rich=False)
any_turns = turns(rich=True) | turns(rich=False)
chats = _with_beside(any_turns.map(lambda found: {"messages": found}))
plain_chats = plain_turns.map(lambda found: {"messages": found})
rounds = st.tuples(st.lists(systems, max_size=1), users, replies).map(
    lambda found: {"messages": [*found[0], *found[1:]]}
)
prompts = turns(rich=True, ends=False)
pairs = _with_beside(
    st.tuples(prompts, replies, replies)
    .filter(lambda found: found[1] != found[2])
    .map(lambda found: {"messages": found[0], "chosen": [found[1]], "rejected": [found[2]]})
)
judged = st.tuples(any_turns, st.booleans()).map(
    lambda found: {"messages": found[0], "label": found[1]}
)
graded = _with_beside(
    st.tuples(
        prompts,
        st.dictionaries(st.sampled_from(["reference_answer", "rubric"]), said, max_size=2),
    ).map(lambda found: {"messages": found[0], "item": found[1]})
)
texts = said.map(lambda text: {"text": text})
