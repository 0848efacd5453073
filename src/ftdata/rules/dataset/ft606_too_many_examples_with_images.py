"""The data set has more examples with images than the target takes.

Why it matters: the file is refused after the upload. Examples of text alone do not count.

Flagged: 60,000 examples with an image each, where OpenAI takes 50,000.

Clean: 40,000 examples with images, and as many without.

How to repair: drop some, or train in two jobs, the second on the model of the first.

Source: the fact max_image_examples on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT606",
    name="too-many-examples-with-images",
    message="{found:,} examples with images, at most {limit:,} are taken",
    fact="max_image_examples",
)
