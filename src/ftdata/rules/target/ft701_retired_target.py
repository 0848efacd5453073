"""The vendor takes no new jobs of this kind, or will soon take none.

Why it matters: all work on the data is lost if no job can be created any more. The finding stands once a
run, at the first file: from 90 days before the last day on as information, from that day on as a warning.

Flagged: a file for OpenAI supervised fine-tuning, validated in December 2026: no job can be created there
from 2027-01-06.

Clean: the same file in June 2026.

How to repair: train before that day, or choose another target: `ftdata targets` lists them with their last
days. The day of the check is today, or that of SOURCE_DATE_EPOCH.

Source: the fact tunable_until on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT701",
    name="retired-target",
    message="no new jobs {when} {until}",
    severity="warning",
)
