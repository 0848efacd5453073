"""Many random texts, quickly and always the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_ALPHABETS = (
    "abcdefghij ABCXYZ 0123456789 .,;:!?'\"()-/\n",
    " \t\n\r\x0b\x0c\x85\xa0\u2003\u2028\u3000ab!/",
    "'s 't 'RE 've 'M 'll 'D ſ'ſ a B",
    "漢字かなカナ。、 한국어 ภาษาไทย हिन्दी العربية עברית Ελληνικά Кириллица",
    "e\u0301a\u0308\u0303!\u0301  \n/\u1acf\u200d\u200b\ufe0f",
    "😀👨\u200d👩\u200d👧🇩🇪🏳️\u200d🌈☺️ \n1⃣",
    "{}[]()<>=+-*/%&|^~#@$_\\\"'`;:,. \n\tdefclassreturn0123",
    "<|endoftext|><|im_start|><|endofprompt|> \n",
)


def random_texts(number: int, *, seed: int) -> Iterator[str]:
    """Gives texts of up to 40 characters: each from one alphabet, from all, or from all of Unicode."""
    random = Random(seed)  # noqa: S311 (no secret is made of it)
    every = "".join(_ALPHABETS)
    for _ in range(number):
        kind = random.randrange(len(_ALPHABETS) + 2)
        length = random.randrange(41)
        if kind < len(_ALPHABETS):
            yield "".join(random.choices(_ALPHABETS[kind], k=length))
        elif kind == len(_ALPHABETS):
            yield "".join(random.choices(every, k=length))
        else:
            yield "".join(map(chr, random.choices(range(0x110000), k=length)))
