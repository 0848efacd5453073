"""The chat template adds words of its own, such as a default system prompt.

Why it matters: the model is trained under a system prompt that nobody chose, it costs tokens in each row,
and the model has to be asked under the same one later. Said once, at the first source.

Flagged: Qwen 2.5 and "You are Qwen, created by Alibaba Cloud. You are a helpful assistant." in rows
without a system turn; gpt-oss and "You are ChatGPT, ..." in every row.

Clean: a template that writes control tokens and roles alone.

How to repair: nothing, if it is meant; else give each row its own system turn. What templates write about
tools is not said.

Source: chat templates of trl 1.16.0, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT715",
    name="template-adds-text",
    message="the chat template adds to {to}: {said!r}",
    severity="info",
)
