"""The real tables and texts beside the checkout; their row counts were taken with other tools.

CSV and TSV: the shape that pandas.read_csv gives with every column as text. Parquet: the rows that the
file's own metadata claims, and that parquet-testing describes. Text: what `wc -l` counts.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pyarrow.parquet
import pytest

from ftdata.model import Fault
from tests.shared_data import shared_file
from tests.unit.readers.table_reading import described, items_of, rows_of

pytestmark = pytest.mark.shared_data

COMMA = "utf-8, ',' between cells, header row"
TAB = "utf-8, tab between cells, header row"
TABLES = {
    "anthropic_cookbook/test.tsv": (68, 2, TAB),
    "anthropic_cookbook/train.tsv": (68, 2, TAB),
    "azureml_ft/data__billsum-0.csv": (200, 4, COMMA),
    "banking77/test.csv": (3080, 2, COMMA),
    "banking77/train.csv": (10003, 2, COMMA),
    "bedrock_ft/sagemaker_faqs.csv": (
        160,
        2,
        "utf-8, ',' between cells, no header row: columns are column_1, column_2, ...",
    ),
    "chatbot_ko/ChatbotData.csv": (11823, 3, COMMA),
    "covid_faq/MT_ar_faq_covidbert.csv": (213, 15, COMMA),
    "covid_faq/faq_200327.tsv": (896, 12, TAB),
    "frictionless_csv/encoding-issue-274.csv": (507, 17, COMMA),
    "frictionless_csv/issue-277.csv": (75, 71, COMMA),
    "frictionless_csv/issue-493.csv": (9, 126, COMMA),
    "frictionless_csv/table-with-accents.csv": (
        638,
        8,
        "cp1252 (guessed), ';' between cells, header row",
    ),
    "frictionless_csv/wide.csv": (3, 9074, COMMA),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_real_table_has_the_rows_columns_and_cells_that_pandas_finds(name: str) -> None:
    path = shared_file(name)
    count, columns, note = TABLES[name]
    assert described(path) == note
    rows = rows_of(path)
    assert (len(rows), {len(row) for row in rows}) == (count, {columns})
    frame = pd.read_csv(
        path,
        dtype=str,
        keep_default_na=False,
        sep="\t" if "tab" in note else note.split("'")[1],
        encoding="cp1252" if "cp1252" in note else "utf-8",
        header=None if "no header" in note else 0,
        lineterminator=None,
    )
    # pandas reads \r\n within a cell as it stands, too
    assert [list(row.values()) for row in rows] == frame.to_numpy().tolist()


TEXTS = {
    "books_sherlock/sherlock.txt": 13052,
    "irc_ubuntu/2004-11-15_03.raw.txt": 1250,
    "irc_ubuntu/2004-12-25.train-c.raw.txt": 1500,
    "irc_ubuntu/2005-02-06.train-c.raw.txt": 1500,
    "irc_ubuntu/2005-02-08.train-a.raw.txt": 1246,
    "irc_ubuntu/2005-02-27.train-c.raw.txt": 1500,
    "irc_ubuntu/2005-05-14.train-c.raw.txt": 1500,
    "llamafactory_demos/wiki_demo.txt": 30,
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_real_text_has_the_lines_that_wc_counts(name: str) -> None:
    path = shared_file(name)
    lines = rows_of(path)
    raw = path.read_bytes().decode("utf-8-sig")
    assert "\n".join(lines) == raw.replace("\r\n", "\n").removesuffix("\n")
    assert len(lines) == TEXTS[name] + (not raw.endswith("\n"))
    assert described(path) == "utf-8"


#: Files of parquet-testing that hold what no reader can give, or what is no text: the faults they have.
FAULTY = {
    "ARROW-GH-45185.parquet": {"unreadable-part": 1},
    "binary_truncated_min_max.parquet": {"not-text": 1},
    "large_string_map.brotli.parquet": {"line-too-long": 1},  # 4 kB that unpack to 2 GB
    "rle-dict-uncompressed-corrupt-checksum.parquet": {"unreadable-part": 1},
}


def test_odd_and_broken_parquet_files_give_all_that_is_in_them() -> None:
    folder = shared_file("parquet_testing")
    for path in sorted(folder.glob("*.parquet")):
        items = items_of(path)
        faults = Counter(item.name for _, item in items if isinstance(item, Fault))
        assert faults == FAULTY.get(path.name, {}), path.name
        if "not-text" in faults or not faults:
            claimed = pyarrow.parquet.read_metadata(path).num_rows
            assert [number for number, _ in items] == list(range(1, claimed + 1)), path.name


def test_values_of_parquet_testing_are_those_it_documents() -> None:
    def rows(name: str) -> list[dict[str, object]]:
        return rows_of(shared_file(f"parquet_testing/{name}"))

    assert rows("int96_from_spark.parquet")[:5] == [  # by hand: Julian days and nanoseconds
        {"a": "2024-01-01T20:34:56.123456"},
        {"a": "2024-01-01T01:00:00"},
        {"a": "9999-12-31T03:00:00"},
        {"a": "2024-12-30T23:00:00"},
        {"a": None},
    ]
    assert rows("nan_in_stats.parquet") == [{"x": 1.0}, {"x": "NaN"}]
    assert rows("nonnullable.impala.parquet")[0]["Int_Map"] == {"k1": -1}
    assert rows("nullable.impala.parquet")[1]["int_map"] == {"k1": 2, "k2": None}
    assert rows("null_list.parquet") == [{"emptylist": []}]
    assert rows("datapage_v2_empty_datapage.snappy.parquet") == [{"value": None}]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("data__train-00000-of-00001.parquet", 2500),
        (
            "datasets__u-10bei__structured_data_with_cot_dataset_512_v2__data__train-00000-of-00001.parquet",
            3933,
        ),
    ],
)
def test_real_conversations_in_parquet_are_those_that_pyarrow_reads(name: str, count: int) -> None:
    path = shared_file(f"structured_cot_parquet/{name}")
    rows = rows_of(path)
    expected = pyarrow.parquet.read_table(path).to_pylist()
    assert len(rows) == count
    for row, wanted in zip(rows, expected, strict=True):
        metadata = {key: value for key, value in wanted["metadata"].items() if value is not None}
        assert row == {**wanted, "metadata": metadata}
