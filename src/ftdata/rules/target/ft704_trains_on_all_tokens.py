"""The target trains on all tokens of a row, those of the user too.

Why it matters: the model learns to write the user's words and the system text as well as the answers. With
long prompts and short answers most of the loss, and so most of what is learnt, is about the prompts. It may
be what you want; trainers do it by default and say nothing. The finding stands once a run, at the first file;
targets of plain text, which has no prompts, have none.

Flagged: conversations for TRL's SFTTrainer (trl-sft), whose loss is on all tokens unless told otherwise.

Clean: the same conversations for OpenAI, which trains on the assistant's turns; or rows of prompt and
completion for TRL (trl-prompt-completion), which trains on the completion.

How to repair: in TRL set assistant_only_loss=True, where the chat template marks the answers, or write rows
of prompt and completion; with Unsloth call train_on_responses_only; give MLX-LM --mask-prompt, which trains
the last message alone. Then, or where you want it so, say `--ignore FT704`.

Source: the fact trains_on on the page of the target.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT704",
    name="trains-on-all-tokens",
    message="by default all tokens of a row are trained, the user's too, and not the answers alone",
    severity="info",
    fact="trains_on",
)
