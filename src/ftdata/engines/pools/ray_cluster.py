"""The connection to Ray: to a cluster that is there, or to one that is started here and ended again."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from ftdata.engines.cores import usable_cores
from ftdata.engines.engine import EngineChoice
from ftdata.errors import FtdataError, MissingExtra, UsageError

#: Ray reads these when it is imported. Its messages would go to standard output, where the result belongs.
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
_SECONDS_TO_CONNECT = 10
_STORE_BYTES = 80 * 1024 * 1024  # results are small; Ray's default is a share of the memory


@contextmanager
def connected(choice: EngineChoice) -> Iterator[Any]:
    """Gives the module `ray`, connected; ends only what it has begun.

    A program that is connected to Ray already keeps its connection. Raises MissingExtra, and UsageError for
    a cluster that cannot be reached.
    """
    ray = _imported()
    if ray.is_initialized():
        yield ray
        return
    with ExitStack() as stack:
        handler = signal.getsignal(signal.SIGTERM)
        stack.callback(_put_back, handler)
        stack.callback(ray.shutdown)
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        if choice.address is None:
            _start(ray, stack, choice.workers or usable_cores(), quiet)
        else:
            _join(ray, choice.address, quiet)
        if callable(handler):
            _put_back(handler)  # whoever has set it ends as it says, not as Ray would
        yield ray


def core_count(ray: Any) -> int:
    """The cores that the cluster gives to tasks."""
    return max(int(ray.cluster_resources().get("CPU", 1)), 1)


def _imported() -> Any:
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise MissingExtra("--engine ray", "ray") from error
    return ray


def _join(ray: Any, address: str, quiet: dict[str, Any]) -> None:
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        if host and port.isdecimal():  # Ray itself would try for minutes
            socket.create_connection((host, int(port)), _SECONDS_TO_CONNECT).close()
        ray.init(address=address, **quiet)
    except (OSError, ImportError, RuntimeError, ValueError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise UsageError(f"no Ray cluster at {address}: {reason}") from error


def _start(ray: Any, stack: ExitStack, cores: int, quiet: dict[str, Any]) -> None:
    """Starts Ray on this machine. Its workers import what this process would import."""
    # Sockets lie in this folder, and their paths must be short.
    short = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - a folder of our own is made in it
    folder = tempfile.TemporaryDirectory(
        prefix="ftdata-ray-", dir=short, ignore_cleanup_errors=True
    )
    with ExitStack() as ending:  # the folder goes after the processes that write to it
        ending.enter_context(folder)
        ending.callback(ray.shutdown)
        stack.push(ending.pop_all())
    try:
        with _import_path():
            ray.init(
                address="local",
                num_cpus=cores,
                num_gpus=0,
                include_dashboard=False,
                object_store_memory=_STORE_BYTES,
                _temp_dir=folder.name,
                **quiet,
            )
    except (OSError, RuntimeError, ValueError) as error:
        raise FtdataError(f"Ray does not start on this machine: {error}") from error


@contextmanager
def _import_path() -> Iterator[None]:
    """What is started meanwhile finds modules where this process does."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


def _put_back(handler: Any) -> None:
    """Sets the handler of SIGTERM that was there before Ray set its own."""
    if threading.current_thread() is threading.main_thread() and handler is not None:
        signal.signal(signal.SIGTERM, handler)
