"""The list in docs/check-lists.md, checked by the command beside it, gives the output shown there."""

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "check-lists.md"


def test_the_example_says_what_the_command_says(tmp_path):
    blocks = re.findall(r"^```(?:csv|bash|text)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    words, command, output, *_ = blocks
    (tmp_path / "words.csv").write_text(words, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *command.split()[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout == output
    assert done.returncode == 1
    assert (tmp_path / "words.xml").read_bytes().startswith(b"<?xml")
