r"""The arguments of a call are a text of JSON, and the chat template encodes that text once more.

Why it matters: the model learns to call tools with `"{\"city\": \"Oslo\"}"` in place of `{"city":
"Oslo"}`, which no tool understands.

Flagged: `"arguments": "{\"city\": \"Oslo\"}"` under templates that apply `tojson` to whatever they find,
as those of Llama 3.1, Llama 4, Qwen 2.5 and gpt-oss do.

Clean: `"arguments": {"city": "Oslo"}`.

How to repair: give the arguments as an object. Other templates want the text: see FT711.

Source: chat templates of trl 1.16.0 and axolotl 0.19.0, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT713",
    name="template-encodes-twice",
    message="the chat template writes JSON arguments as a quoted text ({times}x)",
    severity="warning",
)
