r"""The file cannot be read any further.

Why it matters: an archive is damaged or was cut off, or the disk failed. All rows before are looked at,
those behind are unknown.

Flagged:

    b'\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xabV*I\xad(Q\xb2R'

Clean:

    {"text": "Hello"}

How to repair: get the file again, and compare its size or checksum.

Source: RFC 1952 (gzip), RFC 8878 (zstd); checked 2026-11-21.
"""

from ftdata.model import Rule

RULE = Rule(
    code="FT123",
    name="unreadable-part",
    message="the file cannot be read on: {reason}",
)
