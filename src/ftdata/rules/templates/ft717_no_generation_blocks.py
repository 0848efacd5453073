"""The chat template does not say which words are the model's own.

Why it matters: trainers that learn from answers alone (`assistant_only_loss` of TRL) ask the template for
them. TRL brings its own copy of some templates with the marks; for all others it stops, and by default it
trains on every token, those of the user too. Said once, at the first source.

Flagged: nearly all templates as they are published.

Clean: a template with `{% generation %}` and `{% endgeneration %}` around what the assistant says.

How to repair: nothing, where all tokens are to be trained, or the trainer has its own masks; else put the
blocks in, or take one of the templates that end in `_training.jinja` in the package trl.

Source: trl 1.16.0 trl/chat_template_utils.py and trl/trainer/sft_trainer.py, run; transformers 5.23.0.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT717",
    name="no-generation-blocks",
    message="the chat template has no {{% generation %}} blocks: loss on answers alone cannot be had",
    severity="info",
)
