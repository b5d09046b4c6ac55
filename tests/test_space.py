"""What a Space needs: front matter that agrees with the pinned versions, and a folder that is complete and small."""

import re
import subprocess
from pathlib import Path

import pytest

from kokoro_demo.checkpoints.hub import OFFICIAL_REVISION

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAX_FILE_BYTES = 20_000_000


def front_matter(key: str) -> str:
    match = re.search(rf'^{key}: "?([^"\n]+)"?$', README.split("---")[1], flags=re.MULTILINE)
    assert match, f"README.md's front matter lacks {key}"
    return match[1]


def requirement(package: str) -> str:
    return re.search(rf"^{package}(.*)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_the_space_runs_the_gradio_that_is_pinned():
    assert requirement("gradio") == f"=={front_matter('sdk_version')}"
    assert (ROOT / front_matter("app_file")).is_file()


def test_what_is_preloaded_is_what_is_loaded():
    assert OFFICIAL_REVISION in README.split("---")[1]


def test_torch_can_be_the_local_build_and_zerogpus():
    from packaging.specifiers import SpecifierSet

    allowed = SpecifierSet(requirement("torch"))
    for version in ("2.8.0", "2.9.1", "2.10.0", "2.11.0", "2.13.0", "2.13.0+cpu"):
        assert version in allowed


def test_nothing_overwrites_phonemizer():
    assert "phonemizer-fork" not in (ROOT / "requirements.txt").read_text(encoding="utf-8")


def test_the_upload_is_complete_and_small():
    excluded = re.findall(r'--exclude "([\w.]+)/\*"', (ROOT / "docs" / "space.md").read_text(encoding="utf-8"))
    uploaded = [path for path in tracked() if path.relative_to(ROOT).parts[0] not in excluded]
    names = {path.relative_to(ROOT).as_posix() for path in uploaded}
    assert {"app.py", "requirements.txt", "packages.txt", "README.md", "kokoro_demo/__init__.py"} <= names
    assert {"kokoro_demo/voices/voices.tsv", "kokoro_demo/ui/style.css"} <= names
    assert sum(path.stat().st_size for path in uploaded) < MAX_FILE_BYTES


def test_every_picture_of_the_readme_exists():
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file()
        assert (ROOT / picture).stat().st_size < 300_000
