"""What people write to turn a CSV into chats: pandas, and json.dumps for each row.

python bench/csv_script.py TABLE.csv OUT.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas

table = pandas.read_csv(sys.argv[1])
each = (row for _, row in table.iterrows()) if "iterrows" in sys.argv else table.to_dict("records")
with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
    for row in each:
        turns = [
            {"role": "user", "content": row["prompt"]},
            {"role": "assistant", "content": row["completion"]},
        ]
        out.write(json.dumps({"messages": turns}, ensure_ascii=False) + "\n")
