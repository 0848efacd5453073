"""AutoTrain: the configuration written beside the rows, its preparation of columns and its chat template."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from answering import answer
from autotrain.parser import AutoTrainConfigParser
from autotrain.project import llm_munge_data
from autotrain.trainers.clm.params import LLMTrainingParams
from autotrain.trainers.clm.utils import process_data_with_chat_template, process_input_data
from tiny_model import tiny_tokenizer


def trained_rows(path: Path) -> int:
    """How many rows become text; those of a pair become three."""
    os.chdir(tempfile.mkdtemp())  # it writes into a folder named after the project
    parsed = AutoTrainConfigParser(str(path.with_name(f"{path.stem}.autotrain.yaml")))
    unknown = parsed.parsed_config.keys() - LLMTrainingParams.model_fields.keys()
    assert not unknown, unknown
    params = llm_munge_data(LLMTrainingParams(**parsed.parsed_config), local=True)
    rows, validation = process_input_data(params)
    rows, _ = process_data_with_chat_template(params, tiny_tokenizer(), rows, validation)
    columns = [params.text_column] if params.trainer == "sft" else ["prompt", "chosen", "rejected"]
    return sum(all(isinstance(row[name], str) for name in columns) for row in rows)


answer({"autotrain-sft": trained_rows, "autotrain-dpo": trained_rows})
