"""Asks a real consumer what it makes of files of rows."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.peers import environments
from tests.peers.environments import Environment, clean_environment, python_of

SCRIPTS = Path(__file__).parent / "consumers"

#: The number of rows that are trained on, or what stopped the run.
Outcome = int | str

#: Files of rows, by target and by name.
Files = Mapping[str, Mapping[str, Path]]


@dataclass(frozen=True)
class Consumer:
    """A script that reads rows as a trainer does, and the environment that it needs."""

    script: str
    environment: Environment

    def outcomes(
        self, files: Files, folder: Path, *, train: str = ""
    ) -> dict[str, dict[str, Outcome]]:
        """What becomes of each file of rows, by target and name; TRL trains a step on those named `train`."""
        job, answers = folder / "job.json", folder / "answers.json"
        paths = {
            target: {name: str(path) for name, path in named.items()}
            for target, named in files.items()
        }
        trained = [named[train] for named in paths.values() if train in named]
        job.write_text(json.dumps({"files": paths, "train": trained}), encoding="utf-8")
        done = subprocess.run(
            [str(python_of(self.environment)), str(SCRIPTS / self.script), str(job), str(answers)],
            env={**clean_environment(), "HF_HOME": str(folder / "cache")},
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        assert done.returncode == 0, f"{self.script} fell over:\n{done.stderr[-3000:]}"
        found: dict[str, dict[str, Outcome]] = json.loads(answers.read_text(encoding="utf-8"))
        return found


_TRL = Consumer("trl_rows.py", environments.TRL)
_UNSLOTH = Consumer("unsloth_rows.py", environments.UNSLOTH)
_LLAMAFACTORY = Consumer("llamafactory_rows.py", environments.LLAMAFACTORY)
_AUTOTRAIN = Consumer("autotrain_rows.py", environments.AUTOTRAIN)

#: Who trains on the rows of a target.
CONSUMERS = {
    "autotrain-dpo": _AUTOTRAIN,
    "autotrain-sft": _AUTOTRAIN,
    "axolotl-chat": Consumer("axolotl_rows.py", environments.AXOLOTL),
    "llamafactory-alpaca": _LLAMAFACTORY,
    "llamafactory-sharegpt": _LLAMAFACTORY,
    "mistral-sft": Consumer("mistral_rows.py", environments.MISTRAL),
    "mlx-chat": Consumer("mlx_rows.py", environments.MLX),
    "torchtune-chat": Consumer("torchtune_rows.py", environments.TORCHTUNE),
    "trl-dpo": _TRL,
    "trl-kto": _TRL,
    "trl-prompt-completion": _TRL,
    "trl-sft": _TRL,
    "trl-text": _TRL,
    "unsloth-alpaca": _UNSLOTH,
    "unsloth-sft": _UNSLOTH,
    "unsloth-sharegpt": _UNSLOTH,
    "unsloth-text": _UNSLOTH,
}

#: What nearly every trainer loads its rows with.
DATASETS = Consumer("datasets_rows.py", environments.TRL)

#: The same, of rows whose columns are not of one kind: how many come out as they are.
DRIFT = Consumer("drift_rows.py", environments.TRL)

#: What most trainers render rows with.
TEMPLATES = Consumer("template_rows.py", environments.TRL)
