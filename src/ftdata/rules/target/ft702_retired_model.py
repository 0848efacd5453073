"""The model that was named cannot be trained any more, or soon cannot.

Why it matters: the job is refused when it is created. The finding stands once a run, at the first file,
from 90 days before the last day on as information, from that day on as a warning.

Flagged: `--model gpt-3.5-turbo`, which OpenAI has switched off.

Clean: `--model gpt-4.1`, checked more than 90 days before its last day.

How to repair: name another model: `ftdata estimate --compare` lists those that can still be trained. The day
of the check is today, or that of SOURCE_DATE_EPOCH.

Source: the fact tunable_until of the model.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT702",
    name="retired-model",
    message="{model} cannot be trained {when} {until}",
    severity="warning",
)
