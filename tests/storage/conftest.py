"""Places to read and write behind URIs: a server that speaks S3, and memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.storage.s3_server import Store, running_store

SETTINGS = {
    "AWS_ACCESS_KEY_ID": "id-of-the-test-key",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-test-key",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_MAX_ATTEMPTS": "1",
}


@pytest.fixture(scope="session")
def s3_server() -> Iterator[Store]:
    with running_store() as store:
        yield store


@pytest.fixture
def s3(s3_server: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty bucket, and the environment that leads to it."""
    import s3fs

    for name, value in {**SETTINGS, "AWS_ENDPOINT_URL": s3_server.url}.items():
        monkeypatch.setenv(name, value)
    files = s3fs.S3FileSystem()
    files.mkdir("bucket")
    s3_server.asked.clear()
    yield s3_server
    files.invalidate_cache()
    files.rm("bucket", recursive=True)


@pytest.fixture
def bucket(s3: Store) -> Any:
    """The file system of the bucket, as another program would use it."""
    import s3fs

    assert s3.url
    return s3fs.S3FileSystem(use_listings_cache=False, skip_instance_cache=True)


@pytest.fixture
def memory() -> Iterator[Any]:
    import fsspec

    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]
