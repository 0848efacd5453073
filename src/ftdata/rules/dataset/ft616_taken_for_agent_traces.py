"""The columns are those of an agent's log, and the trainer's loader reads the file as one.

Why it matters: datasets from 5 on takes a file whose columns are `id`, `source`, `model` and
`system_prompt` of text and a list `messages` for traces of an agent, also with other columns beside them.
So it does with `type` and a `message` or `payload` of objects with different keys, and with `type`, `id`,
`version` and `cwd`. It wants a further package then, and replaces the columns by its own.

Flagged: a file for `trl-sft` with the columns `id`, `source`, `model`, `system_prompt` and `messages`.

Clean: the same file with the column `source` under another name.

How to repair: rename or leave out one of the columns, or load with `parse_agent_traces=False`.

Source: the fact arrow_loader on the page of the target; docs/columns.md.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT616",
    name="taken-for-agent-traces",
    message=(
        "rows with {keys} are taken by {loader} for traces of {agent}: "
        "it stops unless its package teich is installed"
    ),
    severity="error",
    fact="arrow_loader",
)
