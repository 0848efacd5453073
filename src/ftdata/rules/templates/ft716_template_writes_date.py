"""The chat template writes the day on which it is rendered.

Why it matters: each day gives another training set: token counts differ, caches are made anew, and the
model is trained on one day alone. Said once, at the first source.

Flagged: templates that call `strftime_now`, such as those of gpt-oss and of Llama 3.1 and later.

Clean: a template without a date, or with a fixed one.

How to repair: pass the date that the template asks for (`chat_template_kwargs`, such as `date_string`), or
take the line out of it. For ftdata the day is today, or that of SOURCE_DATE_EPOCH.

Source: transformers 5.23.0 utils/chat_template_utils.py; chat templates of trl 1.16.0, rendered.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT716",
    name="template-writes-date",
    message="the chat template writes the day of the run, now {today}",
    severity="info",
)
