"""The data set has fewer examples than the target takes.

Why it matters: the job is refused when it is created, after the upload. It is a warning all the same: what is
checked may be a part of the data set.

Flagged: a file of 8 examples, where OpenAI takes 10 at least.

Clean: the same file with 50 examples, which is what OpenAI advises to begin with.

How to repair: add examples. Where you check a part of a data set, say `--ignore FT601`.

Source: the fact min_examples on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT601",
    name="too-few-examples",
    message="{records:,} example(s) in all, at least {limit:,} are needed",
    severity="warning",
    fact="min_examples",
)
