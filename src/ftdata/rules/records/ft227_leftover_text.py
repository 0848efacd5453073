r"""Text of a document is in no example.

Why it matters: it is not lost by mistake, but you should know. Who joined and left a channel, what
stands before the first question, headings between answers, and turns after the last answer teach
nothing.

Target: generic-chat from transcript

Flagged:

    "=== ann has joined #help\n[10:01] <user> Hi\n[10:02] <assistant> Hello"

    "User: Hi\nAssistant: Hello\nUser: Are you there?"

Clean:

    "User: Hi\nAssistant: Hello"

How to repair: nothing, if it says nothing. If names of speakers were not recognised, give them a role
with --speaker NAME=ROLE; cut another kind of text with --from sections, or --chunk-tokens N.

Source: layouts/ of this package.
"""

from __future__ import annotations

from ftdata.model import Rule

RULE = Rule(
    code="FT227",
    name="leftover-text",
    message="in no example: {text!r}",
    severity="warning",
)
