"""The chat template writes a list or an object as Python shows it, not the text in it.

Why it matters: the model is trained on `[{'type': 'text', 'text': 'Hello'}]`, brackets and all, or learns
to write arguments in single quotes, which are no JSON.

Flagged: `"content": [{"type": "text", "text": "Hello"}]` under Llama 3.1 and other templates that take
content for text.

Clean: `"content": "Hello"`.

How to repair: write content that is text alone as a text; give arguments in the form that the template
knows.

Source: chat templates of trl 1.16.0, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT714",
    name="template-writes-python",
    message="the chat template writes a list or object as Python shows it ({times}x)",
    severity="warning",
)
