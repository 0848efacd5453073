"""Virtual environments of the consumers: made once, kept in a folder that git ignores.

The folder is `.peers` in the checkout, or what FTDATA_PEERS names. An environment is named after what is
installed in it, so that another pin makes another one. Where nothing can be installed, its tests are
skipped and say why.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("FTDATA_PEERS", CHECKOUT / ".peers"))


@dataclass(frozen=True)
class Environment:
    """What is installed for a consumer.

    `alone` are packages without their dependencies, which weigh gigabytes and are not needed to read rows.
    `below` is an environment whose packages are seen, too; what is installed here stands before them.
    """

    name: str
    packages: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    below: Environment | None = None

    @property
    def folder(self) -> Path:
        """Where it is, or will be: its name says what is in it."""
        text = repr((self, sys.version_info[:2]))
        return HOME / f"{self.name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


TORCH = Environment("torch", ("torch==2.13.0", "numpy>=2,<2.3"))
TRL = Environment(
    "trl",
    ("trl==1.16.0", "transformers==5.23.0", "datasets==5.2.0", "peft==0.21.2"),
    below=TORCH,
)
UNSLOTH = Environment(
    "unsloth", ("requests",), ("unsloth==2026.10.9", "unsloth_zoo==2026.10.9"), TRL
)
LLAMAFACTORY = Environment("llamafactory", ("omegaconf", "fire"), ("llamafactory==0.9.5",), TRL)
AXOLOTL = Environment(
    "axolotl",
    ("addict", "art", "colorama", "fire", "pillow", "python-dotenv"),
    ("axolotl==0.19.0",),
    TRL,
)
TORCHTUNE = Environment("torchtune", ("pillow",), ("torchtune==0.6.1",), TRL)
MLX = Environment("mlx", (), ("mlx-lm==0.32.2",), TRL)
MISTRAL = Environment("mistral", ("mistral-common==1.3.4",))
AUTOTRAIN = Environment(
    "autotrain",
    (
        *("datasets==3.2.0", "transformers==4.48.0", "accelerate==1.2.1", "peft==0.14.0"),
        *("loguru", "scikit-learn", "pydantic", "requests"),
    ),
    ("autotrain-advanced==0.8.36", "trl==0.13.0"),
    TORCH,
)


class Uninstallable(Exception):
    """An environment cannot be made: no registry, or no build of a package for this platform."""


def python_of(environment: Environment) -> Path:
    """The interpreter of an environment, which is made if need be; skips the test if that fails."""
    try:
        return made(environment)
    except Uninstallable as error:
        pytest.skip(str(error))


def made(environment: Environment) -> Path:
    """The interpreter of an environment; raises Uninstallable."""
    reason = _failure(environment)
    if reason:
        raise Uninstallable(reason)
    return _interpreter(environment.folder)


@cache
def _failure(environment: Environment) -> str | None:
    """Makes the environment unless it is there; gives what went wrong."""
    if environment.below is not None and (reason := _failure(environment.below)):
        return reason
    if environment.folder.exists():
        return None
    unfinished = environment.folder.with_name(f"{environment.folder.name}.{os.getpid()}")
    try:
        _make(environment, unfinished)
        unfinished.rename(environment.folder)
    except subprocess.CalledProcessError as error:
        last = [line for line in error.stderr.splitlines() if "ERROR" in line][-1:] or ["no reason"]
        return f"{environment.name} cannot be installed: {last[0].strip()[:200]}"
    except OSError:
        if not environment.folder.exists():  # else another process has made it meanwhile
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return None


def _make(environment: Environment, folder: Path) -> None:
    venv.create(folder, clear=True, with_pip=True)
    below = environment.below
    seen = []
    while below is not None:
        seen.append(str(_packages(below.folder)))
        below = below.below
    _packages(folder).joinpath("below.pth").write_text("\n".join(seen), encoding="utf-8")
    if environment.packages:
        _install(folder, *environment.packages)
    if environment.alone:
        _install(folder, "--no-deps", *environment.alone)


def _install(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [str(_interpreter(folder)), "-m", "pip", "install", "--quiet", *arguments],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )


def clean_environment() -> dict[str, str]:
    """The variables that a consumer is run with: nothing of this process's Python, and no network."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))
    }
    return {
        **kept,
        "PYTHONUTF8": "1",
        "HF_HUB_OFFLINE": "1",
        "DISABLE_VERSION_CHECK": "1",  # LLaMA-Factory's, of packages that reading rows does not need
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_RETRIES": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }


def _interpreter(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _packages(folder: Path) -> Path:
    if os.name == "nt":
        return folder / "Lib" / "site-packages"
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return folder / "lib" / version / "site-packages"
