"""transformers: `apply_chat_template` with each of the templates that TRL brings along.

Each template is saved with its tokenizer as a model is, in the folder `templates` of the working directory.
The answer for a file of one row is a text of JSON: by template `{text, tokens, trained}` or `{refused}`.
"""

from __future__ import annotations

import json
from pathlib import Path

import trl
from answering import answer, lines_of
from jinja2 import TemplateError
from tiny_model import tiny_tokenizer

FOUND = sorted((Path(trl.__file__).parent / "chat_templates").glob("*.jinja"))


def saved(path: Path):
    """A tokenizer with the template."""
    tokenizer = tiny_tokenizer()
    tokenizer.chat_template = path.read_text(encoding="utf-8")
    tokenizer.save_pretrained(Path("templates") / path.stem)
    return tokenizer


TOKENIZERS = {path.stem: saved(path) for path in FOUND}


def rendered(path: Path) -> str:
    """What each template makes of the row."""
    row = json.loads(lines_of(path)[0])
    return json.dumps({name: one(tokenizer, row) for name, tokenizer in TOKENIZERS.items()})


def one(tokenizer, row: dict) -> dict:
    """The text, how many tokens it has and how many are the model's own words, or why there is none."""
    given = {"conversation": row["messages"], "tools": row.get("tools")}
    try:
        text = tokenizer.apply_chat_template(**given, tokenize=False)
    except TemplateError as error:
        return {"refused": str(error)}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}"}
    found = tokenizer.apply_chat_template(
        **given, tokenize=True, return_dict=True, return_assistant_tokens_mask=True
    )
    trained = sum(found["assistant_masks"])
    return {"text": text, "tokens": len(found["input_ids"]), "trained": trained}


answer({"any": rendered})
