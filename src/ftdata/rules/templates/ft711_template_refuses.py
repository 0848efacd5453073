"""The chat template of the model stops at this row.

Why it matters: templates raise an error for what their model was not made for, and with it the whole run
ends, often after minutes of loading. Whoever catches it loses the row.

Flagged: a system turn first, where the template says "System role not supported" (Gemma); two user turns
in a row, where roles must alternate (Mistral); `arguments` as an object, where the template joins texts.

Clean: the system text put before the user's, the two turns made one, the arguments as a text of JSON.

How to repair: bring the row into the form that the message names. The place is that of the first turn up
to which the template has no complaint; it is the whole row where that cannot be told.

Source: transformers 5.23.0 utils/chat_template_utils.py, whose sandbox and settings are used; chat
templates of trl 1.16.0, axolotl 0.19.0 and unsloth 2026.10.9, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT711",
    name="template-refuses",
    message="the chat template stops: {said}",
)
