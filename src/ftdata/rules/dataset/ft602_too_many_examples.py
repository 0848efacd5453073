"""The data set has more examples than the target takes.

Why it matters: the job is refused when it is created, after the upload.

Flagged: 20,001 examples, where 20,000 are taken.

Clean: the best 20,000 of them.

How to repair: choose a part of the examples; `ftdata convert --sample` draws one at random.

Source: the fact max_examples on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT602",
    name="too-many-examples",
    message="{records:,} examples in all, at most {limit:,} are taken",
    fact="max_examples",
)
