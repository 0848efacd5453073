"""Writes chats.parquet: forty conversations with `messages` as list<struct>.

Run it as `python sample_data/make_parquet.py`. The rows are made from the small price list below, in
two row groups. As a columnar file must, it stores a null where a turn has no `weight`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

#: Article number, name, price, place in the shop, one sentence of care.
PRICE_LIST = (
    (
        "00731",
        "linseed oil",
        "6.50 EUR",
        "shelf 4",
        "Keep oily cloths in water, they can catch fire.",
    ),
    (
        "00732",
        "copper trowel",
        "39.00 EUR",
        "shelf 1",
        "It turns brown with time; that does no harm.",
    ),
    ("00740", "pruning saw", "24.90 EUR", "shelf 1", "Change the blade when it starts to tear."),
    ("00755", "wool pellets", "8.90 EUR", "shelf 6", "Water them once, so that they swell."),
    ("00760", "bird house", "29.00 EUR", "courtyard", "Empty it every autumn."),
    ("00771", "Gießkanne, 10 l", "34.00 EUR", "window", "Leave no water in it when it freezes."),
    ("00780", "soft soap", "5.20 EUR", "shelf 4", "Spray in the evening, never in full sun."),
    ("00793", "dibber", "12.00 EUR", "shelf 1", "Oil the handle once a year."),
    ("00805", "frost fleece", "7.40 EUR", "shelf 6", "Dry it before you fold it."),
    ("00811", "compost starter", "9.80 EUR", "shelf 5", "A handful for each layer is enough."),
)

SYSTEM = "You know the price list of a garden shop. Give article numbers with their zeros."

MESSAGE = pa.struct([("role", pa.string()), ("content", pa.string()), ("weight", pa.int64())])
SCHEMA = pa.schema([("messages", pa.list_(MESSAGE)), ("article", pa.string())])


def conversations() -> list[dict[str, Any]]:
    """Four conversations for each article: price, place, care, and all of them in one talk."""
    rows = []
    for number, name, price, place, care in PRICE_LIST:
        asked_price = turn("user", f"How much is the {name}?")
        said_price = f"It costs {price} (article {number})."
        asked_place = turn("user", "And where do I find it?")
        said_place = f"You find it here: {place}."
        asked_care = turn("user", f"What should I know about the {name}?")
        rows += [
            row(number, asked_price, turn("assistant", said_price)),
            row(
                number,
                turn("system", SYSTEM),
                turn("user", f"Where is article {number}?"),
                turn("assistant", f"The {name} is here: {place}."),
            ),
            row(number, asked_care, turn("assistant", care)),
            row(
                number,
                turn("system", SYSTEM),
                asked_price,
                turn("assistant", said_price, weight=0),
                asked_place,
                turn("assistant", said_place, weight=1),
            ),
        ]
    return rows


def turn(role: str, content: str, *, weight: int | None = None) -> dict[str, Any]:
    """One message; without a weight the file holds a null."""
    return {"role": role, "content": content, "weight": weight}


def row(number: str, *messages: dict[str, Any]) -> dict[str, Any]:
    """One record of the file."""
    return {"messages": list(messages), "article": number}


if __name__ == "__main__":
    table = pa.Table.from_pylist(conversations(), schema=SCHEMA)
    pq.write_table(table, Path(__file__).with_name("chats.parquet"), row_group_size=20)
