"""Real trainers train on what ftdata writes, and on what it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ftdata.catalog.target_catalog import load_target, target_ids
from tests.peers.consuming import CONSUMERS, DATASETS, Consumer, Outcome
from tests.peers.faults import rows_for
from tests.peers.verdicts import converted, takes, write_rows

pytestmark = [pytest.mark.peers, pytest.mark.slow]

#: The file with all rows that were converted; each other file has one row.
WHOLE = "converted"

each_target = pytest.mark.parametrize("target", CONSUMERS)
Asking = Callable[[str], dict[str, Outcome]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Asking:
    """Asks the trainer of a target about all rows there are for it, and each trainer once."""

    @cache
    def asked(consumer: Consumer) -> dict[str, dict[str, Outcome]]:
        folder = tmp_path_factory.mktemp("rows")
        files = {
            target: files_for(target, folder / target)
            for target, one in CONSUMERS.items()
            if one == consumer
        }
        return consumer.outcomes(files, folder, train=WHOLE)

    return lambda target: asked(CONSUMERS[target])[target]


def files_for(target: str, folder: Path) -> dict[str, Path]:
    """All rows there are for a target, by the names of their files."""
    folder.mkdir()
    rows = {WHOLE: converted(target), **{name: [row] for name, row in rows_for(target).items()}}
    return {
        name: write_rows(target, some, folder / str(number))
        for number, (name, some) in enumerate(rows.items())
    }


@each_target
def test_a_trainer_trains_on_every_row_that_is_written_for_it(target: str, ask: Asking) -> None:
    assert len(converted(target)) > 2
    assert ask(target)[WHOLE] == len(converted(target))


@each_target
def test_good_rows_are_good_for_both(target: str, ask: Asking) -> None:
    good = {name: row for name, row in rows_for(target).items() if name.startswith("good")}
    assert {name: takes(target, row) for name, row in good.items()} == dict.fromkeys(good, True)
    assert {name: ask(target)[name] for name in good} == dict.fromkeys(good, 1)


@each_target
def test_a_trainer_judges_a_row_as_ftdata_does_or_the_catalog_says_why_not(
    target: str, ask: Asking
) -> None:
    outcomes = ask(target)
    disagreed = {
        name: f"theirs {verdict(outcomes[name])}: {outcomes[name]}"
        for name, row in rows_for(target).items()
        if verdict(outcomes[name]) != ("taken" if takes(target, row) else "refused")
    }
    listed = {name: one.theirs for one in load_target(target).differs for name in one.rows}
    assert {name: verdict(outcomes[name]) for name in disagreed} == listed, disagreed


def verdict(outcome: Outcome) -> str:
    """Whether a file of one row was trained on."""
    return "taken" if outcome == 1 else "refused"


def test_differences_are_listed_where_a_trainer_can_be_asked() -> None:
    assert {name for name in target_ids() if load_target(name).differs} <= CONSUMERS.keys()


def test_datasets_loads_what_is_written_for_any_target(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("datasets")
    rows = {target: converted(target) for target in target_ids()}
    files = {target: {WHOLE: write_rows(target, rows[target], folder / target)} for target in rows}
    counts = {target: {WHOLE: len(rows[target])} for target in rows}
    assert min(len(some) for some in rows.values()) > 2
    assert DATASETS.outcomes(files, folder) == counts
