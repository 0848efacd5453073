"""Random text for the counting laws: what tiktoken's patterns treat in different ways, close together."""

from __future__ import annotations

from hypothesis import strategies as st

#: All of Unicode's, blanks and newlines more often.
whitespace = st.sampled_from(
    [*"  \n\n\r\t\x0b\x0c\x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000", "\r\n"]
)
letters = st.sampled_from([*"aBǅʰéſ漢", "'s", "'LL", "か\u3099", "\u0301", "\u0308"])
digits_and_signs = st.sampled_from([*"9١½/!'\x00\x1c\x1f\u200b\ufeff", "!!", "<|endoftext|>"])
#: Emoji, flags, code points assigned in Unicode 17, halves of surrogate pairs.
rarities = st.sampled_from(
    [*"😀\u088f\u1acf\U000323b0\ud83d\ude00\ud800", "👨\u200d👩", "🇩🇪", "☺\ufe0f"]
)
units = whitespace | letters | digits_and_signs | rarities
runs = st.builds(lambda unit, length: unit * length, units, st.sampled_from([1, 1, 1, 2, 5]))
#: Mostly runs of whitespace with something before and after them.
texts = st.lists(runs | whitespace, max_size=20).map("".join) | st.text(max_size=20)
