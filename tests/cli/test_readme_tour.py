"""What README.md shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def test_every_output_in_the_readme_is_what_the_command_prints() -> None:
    command = [sys.executable, "docs/tour.py"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (
        f"{done.stdout}{done.stderr}\nafter reading the diff: python docs/tour.py --write"
    )


def test_the_readme_has_its_two_commands_and_a_tour() -> None:
    marks = re.findall(r"^<!-- command: (.*) -->\n```sh\n(?:.+\n)+```$", README, re.MULTILINE)
    assert marks == ["main job", "tests"]
    tour = re.findall(r"^\$ ftdata (\w+)", README, re.MULTILINE)
    assert {"convert", "validate", "explain", "estimate"} <= set(tour)


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)
    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []
