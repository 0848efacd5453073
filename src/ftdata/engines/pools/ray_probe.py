"""Looks, before the work begins, whether each node has the same ftdata and sees the same files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ftdata.errors import UnreadableSource, UsageError
from ftdata.model import Source
from ftdata.storage.output import atomic_output
from ftdata.storage.places import byte_count_of, inside, remove
from ftdata.version import __version__

_MOST_SOURCES = 1000  # more are not looked at beforehand
_MARK = b"seen from everywhere?\n"


def check_nodes(ray: Any, sources: Sequence[Source], folder: str | None) -> None:
    """Raises UsageError, which names the node, where the work could not be done on it."""
    sizes = {source.path: byte_count_of(source.path) for source in sources[:_MOST_SOURCES]}
    if folder is None:
        _ask(ray, sizes)
        return
    mark = inside(folder, ".seen")
    with atomic_output(mark) as stream:
        stream.write(_MARK)
    try:
        _ask(ray, {**sizes, mark: len(_MARK)})
    finally:
        remove(mark)


def _ask(ray: Any, sizes: Mapping[str, int]) -> None:
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    probe = ray.remote(num_cpus=0, max_retries=3)(look_around)
    answers = [
        (
            node["NodeManagerHostname"],
            probe.options(
                scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            ).remote(__version__, sizes),
        )
        for node in ray.nodes()
        if node["Alive"] and node["Resources"].get("CPU")
    ]
    for host, answer in answers:
        try:
            trouble = ray.get(answer)
        except ray.exceptions.RayError as error:
            last = str(error).strip().splitlines()[-1]
            trouble = (
                f"ftdata does not run there ({last}); install ftdata {__version__} on each node"
            )
        if trouble is not None:
            raise UsageError(f"node {host} of the Ray cluster: {trouble}")


def look_around(version: str, sizes: Mapping[str, int]) -> str | None:
    """On a node: says what is not as it should be, or gives None."""
    if version != __version__:
        return f"it has ftdata {__version__}; install {version} on each node"
    for path, size in sizes.items():
        try:
            found = byte_count_of(path)
        except (OSError, UnreadableSource) as error:
            return f"it does not see {path} ({error}); put files where all nodes see them alike"
        if found != size:
            return f"{path} has {found} bytes there and {size} here; it is not the same file"
    return None
