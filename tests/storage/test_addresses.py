"""What is a URI, what is a path, and what of them may be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from ftdata.storage.addresses import (
    beside,
    file_uri,
    inside,
    is_remote,
    local_path,
    scheme_of,
    shown,
)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("s3://bucket/key", "s3"),
        ("S3://bucket/key", "s3"),
        ("file:///tmp/a", "file"),
        ("train.jsonl", None),
        ("-", None),
        ("C:\\data\\a.jsonl", None),
        ("C://data/a.jsonl", None),
        ("folder/s3://x", None),
        ("http:/x", None),
    ],
)
def test_a_scheme_has_two_letters_at_least(path: str, scheme: str | None) -> None:
    assert scheme_of(path) == scheme
    assert is_remote(path) == (scheme not in (None, "file"))


def test_a_file_uri_leads_to_its_file_whatever_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "50% of \u00e4 #1.jsonl"
    assert local_path(odd.as_uri()) == str(odd)
    assert local_path(odd.as_uri().replace("file://", "file://localhost")) == str(odd)
    assert file_uri(str(odd)) == odd.as_uri()
    assert local_path("s3://bucket/a%20b") == "s3://bucket/a%20b"


def test_passwords_and_signatures_are_not_shown() -> None:
    assert shown("sftp://me:secret@host/a.jsonl") == "sftp://me:***@host/a.jsonl"
    assert shown("https://host/a.jsonl?sig=abc&se=1") == "https://host/a.jsonl?***"
    for harmless in (
        "s3://bucket/a?versionId=3",
        "s3://bucket/?.jsonl",
        "hf://datasets/a/b@main/c",
    ):
        assert shown(harmless) == harmless
    assert shown("odd:name@here?x=1") == "odd:name@here?x=1"


def test_names_are_put_together_as_their_kind_of_path_wants() -> None:
    assert inside("s3://bucket/dir/", "a") == inside("s3://bucket/dir", "a") == "s3://bucket/dir/a"
    assert inside("memory://", "a") == "memory://a"
    assert inside("dir", "a") == str(Path("dir", "a"))
    assert beside("s3://bucket/a.jsonl", "b") == "s3://bucket/b"
    assert beside("file:///tmp/a.jsonl", "b") == "file:///tmp/b"
    assert beside("dir/a.jsonl", "b") == str(Path("dir", "b"))
    assert beside("a.jsonl", "b") == "b"
