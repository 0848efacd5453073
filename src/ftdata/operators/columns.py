"""What a loader that makes columns of rows does with the kinds of values that were seen.

The first rows decide on the columns (the head), all others must fit them. What is said was tried with each
version of the loader that the catalog names; a test compares it with the real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ftdata.model import Found, ValueKinds
from ftdata.model.value_kinds import (
    BIG_INTEGER,
    DATE,
    EMPTY_LIST,
    FRACTION,
    INTEGER,
    JSON_TEXT,
    LIST,
    LONG_FRACTION,
    NULL,
    TEXT,
    Place,
    below,
    keys_of,
)
from ftdata.operators.agent_traces import AS_JSON, agent_of
from ftdata.operators.families import NAMES, NUMBER, OBJECT, families_of, family_of

#: (rule name, where, what)
Outcome = tuple[str, Place, Found]


@dataclass
class _Path:
    """What was seen at one path: the first place of each kind."""

    path: str
    kinds: dict[str, Place] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)


def outcomes(kinds: ValueKinds, loader: Mapping[str, Any]) -> Iterator[Outcome]:
    """Yields what the loader stops at or changes; one cause is said once. `loader`: the target's fact."""
    return _Columns(kinds, loader).outcomes()


class _Columns:
    def __init__(self, kinds: ValueKinds, loader: Mapping[str, Any]) -> None:
        self._loader = loader
        self._head_bytes = loader.get("head_bytes")
        self._stops = loader["mixed_types"] == "stop"
        self._paths: dict[str, _Path] = {}
        for (path, kind), place in kinds.settle().items():
            self._paths.setdefault(path, _Path(path)).kinds[kind] = place
        self._is_json: set[str] = set()

    def outcomes(self) -> Iterator[Outcome]:
        if "" not in self._paths:
            return
        found = list(self._objects(self._paths[""], self._paths[""].kinds))
        if self._is_json:
            found += self._written_again(found)
        trace = self._trace() if self._loader["agent_traces"] else None
        yield from found if trace is None else [trace]

    def _at(self, path: str) -> _Path:
        return self._paths.get(path) or _Path(path)

    def _is_head(self, place: Place) -> bool:
        return self._head_bytes is None or (
            place.source_index == 0 and place.offset <= self._head_bytes
        )

    def _visit(self, node: _Path) -> Iterator[Outcome]:
        given = {kind: place for kind, place in node.kinds.items() if kind != NULL}
        head = {kind: place for kind, place in given.items() if self._is_head(place)}
        if not head:
            if given and NULL in node.kinds:
                yield self._late(node.path, min(given.values()), "other than null")
            return
        families = families_of(head)
        late = {kind: place for kind, place in families_of(given).items() if kind not in families}
        if self._stops and (len(families) > 1 or late):
            yield self._mixed(node, families_of(given), "mixed-types")
        elif len(families) > 1 or (OBJECT in families and not self._are_alike(head)):
            self._is_json.add(node.path)
            yield from self._kept_as_json(node, families)
        elif late:
            if TEXT in head:
                outcome = "stops, or makes it text and puts the texts beside it in quotes"
                yield self._mixed(
                    node, families | late, "mixed-types-rewritten", outcome=outcome, sure=True
                )
            else:
                yield self._mixed(node, families | late, "mixed-types")
        else:
            yield from self._one_type(node, head, next(iter(families)))

    def _are_alike(self, head: Mapping[str, Place]) -> bool:
        """True where objects among the first rows have the same keys, so that a column of objects is made."""
        return self._stops or (len(head) == 1 and "{[]" not in head)

    def _one_type(self, node: _Path, head: Mapping[str, Place], family: str) -> Iterator[Outcome]:
        if family == OBJECT:
            yield from self._objects(node, head)
        elif family == LIST:
            if LIST in head:
                yield from self._visit(self._at(f"{node.path}/*"))
            elif LIST in node.kinds:
                yield self._late(node.path, node.kinds[LIST], "more than an empty list")
        elif family == NUMBER:
            yield from self._numbers(node, head)
        elif family == TEXT and TEXT not in head and self._loader["dates"]:
            if TEXT in node.kinds:
                yield self._said(
                    "mixed-types",
                    node.kinds[TEXT],
                    node.path,
                    one="a date",
                    where=node.kinds[DATE],
                    other="another text",
                )
            else:
                yield self._said("dates-become-times", head[DATE], node.path)

    def _objects(self, node: _Path, head: Mapping[str, Place]) -> Iterator[Outcome]:
        """Of objects that become columns: keys that come late, keys that are absent, and what they hold."""
        of_head = [
            keys_of(kind)
            for kind, place in head.items()
            if family_of(kind) == OBJECT and self._is_head(place)
        ]
        known = frozenset().union(*of_head)
        every = {
            keys_of(kind): place for kind, place in node.kinds.items() if family_of(kind) == OBJECT
        }
        late: dict[str, Place] = {}
        for keys, place in every.items():
            for key in keys - known:
                late[key] = min(place, late.get(key, place))
        for key, place in sorted(late.items()):
            pointed = below(place.pointer, key)
            yield self._late(below(node.path, key), place._replace(pointer=pointed), "given")
        lacking = {keys: place for keys, place in every.items() if known - keys}
        if lacking:
            absent = sorted(known - frozenset.intersection(*lacking))
            yield self._said(
                "absent-keys-filled",
                min(lacking.values()),
                node.path,
                keys=[repr(key) for key in absent[:8]],
            )
        for key in sorted(known):
            yield from self._visit(self._at(below(node.path, key)))

    def _numbers(self, node: _Path, head: Mapping[str, Place]) -> Iterator[Outcome]:
        whole = {
            kind: place for kind, place in node.kinds.items() if kind in (INTEGER, BIG_INTEGER)
        }
        broken = {
            kind: place for kind, place in node.kinds.items() if kind in (FRACTION, LONG_FRACTION)
        }
        if not broken:
            if BIG_INTEGER in whole:
                big = whole[BIG_INTEGER]
                if INTEGER in head and not self._is_head(big):
                    yield self._said(
                        "mixed-types",
                        big,
                        node.path,
                        one=NAMES[INTEGER],
                        where=head[INTEGER],
                        other="one beyond 64 bits",
                    )
                else:
                    yield self._said(
                        "numbers-rewritten",
                        big,
                        node.path,
                        one="a number",
                        where=big,
                        other="one beyond 64 bits",
                        outcome="makes a fraction of it",
                    )
            return
        if not whole:
            return
        one, other = min(whole.values()), min(broken.values())
        if (
            self._is_head(one)
            and not self._is_head(other)
            and not any(kind in head for kind in (BIG_INTEGER, *broken))
        ):
            yield self._said(
                "mixed-types",
                other,
                node.path,
                one=NAMES[INTEGER],
                where=one,
                other=NAMES[FRACTION],
            )
        else:
            yield self._said(
                "numbers-rewritten",
                max(one, other),
                node.path,
                one=NAMES[INTEGER if one < other else FRACTION],
                where=min(one, other),
                other=NAMES[FRACTION if one < other else INTEGER],
                outcome="makes fractions of all",
            )

    def _kept_as_json(self, node: _Path, families: Mapping[str, Place]) -> Iterator[Outcome]:
        if TEXT in families and len(families) > 1:
            outcome = "keeps both, but texts that are JSON, such as 42, come back as values"
            changes = JSON_TEXT in node.kinds
            yield self._mixed(
                node, families, "mixed-types-rewritten", outcome=outcome, sure=changes
            )

    def _written_again(self, found: list[Outcome]) -> Iterator[Outcome]:
        """Numbers that change as all rows are written again, where one path is kept as JSON."""
        told = {outcome.params["path"] for name, _, outcome in found if name == "numbers-rewritten"}
        for path, inner in self._paths.items():
            for kind in (LONG_FRACTION, BIG_INTEGER):
                if kind in inner.kinds and path not in told:
                    yield self._number_in_json(path, kind, inner.kinds[kind])

    def _number_in_json(self, path: str, kind: str, place: Place) -> Outcome:
        is_long = kind == LONG_FRACTION
        other = "a fraction of more than ten decimals" if is_long else "one beyond 64 bits"
        outcome = "keeps ten decimals" if is_long else "may stop, or make a fraction of it"
        params = {"one": "a number", "where": place, "other": other, "outcome": outcome}
        return self._said("numbers-rewritten", place, path, **params)

    def _trace(self) -> Outcome | None:
        found = agent_of(self._is_of)
        if found is None:
            return None
        agent, columns = found
        params = {"keys": columns, "agent": agent, "loader": self._name}
        return "taken-for-agent-traces", min(self._paths[""].kinds.values()), Found("", params)

    def _is_of(self, column: str, kind: str) -> bool:
        """True where the first rows make a column of this kind."""
        path = below("", column)
        if path in self._is_json:
            return kind in (AS_JSON, LIST)
        kinds = self._at(path).kinds
        head = {seen for seen, place in kinds.items() if seen != NULL and self._is_head(place)}
        if kind == TEXT:
            return TEXT in head
        return bool(head) and head <= ({LIST, EMPTY_LIST} if kind == LIST else {kind})

    def _mixed(
        self, node: _Path, families: Mapping[str, Place], name: str, **params: object
    ) -> Outcome:
        (one, where), (other, place), *_ = sorted(families.items(), key=lambda item: item[1])
        names = {"one": NAMES[one], "where": where, "other": NAMES[other]}
        return self._said(name, place, node.path, **names, **params)

    def _late(self, path: str, place: Place, given: str) -> Outcome:
        size = f"{self._head_bytes / 2**20:g} MiB" if self._head_bytes else ""
        return self._said("late-field", place, path, given=given, size=size)

    def _said(self, name: str, place: Place, path: str, **params: object) -> Outcome:
        """Names the line of `where`, and its file if it is another one."""
        where = params.get("where")
        if isinstance(where, Place):
            of = "" if where.file == place.file else f" of {where.file}"
            params["where"] = f"line {where.line}{of}"
        params |= {"path": path or "the row", "loader": self._name}
        return name, place, Found(place.pointer, params)

    @property
    def _name(self) -> str:
        name: str = self._loader["loader"]
        return name
