"""The file is of a kind that the target does not take.

Why it matters: the upload is refused, or a table is loaded with guessed types: 00501 becomes 501, and True
a boolean.

Flagged: a CSV or Parquet file for openai-sft.

Clean: a file with one JSON object on each line.

How to repair: ftdata convert writes what the target takes.

Source: the fact containers on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT121",
    name="wrong-container",
    message="the file is {found}, the target takes {allowed}",
    fact="containers",
)
