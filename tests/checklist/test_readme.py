"""The README's list, checked by the command that stands beside it, gives what stands there."""

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def test_the_example_says_what_the_command_says(tmp_path):
    section = re.search(r"^## Check a pronunciation list$(.*?)^## ", README.read_text("utf-8"), re.M | re.S).group(1)
    words, command, told = re.findall(r"^```(?:csv|bash|text)\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (tmp_path / "words.csv").write_text(words, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, *command.split()[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout == told
    assert done.returncode == 1
    assert (tmp_path / "words.xml").read_bytes().startswith(b"<?xml")
