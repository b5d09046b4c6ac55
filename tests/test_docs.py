"""The docs: their links lead somewhere, and the README is short."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^()\s]+)\)")


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in LINK.findall(prose(page)):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path) if path else page
        assert linked.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(linked), f"{page.name} links to {target}"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_bytes()) <= 10_000


def test_every_variable_that_the_code_reads_is_a_row_of_the_settings():
    # The names that the code reads from os.environ.
    code = [ROOT / "app.py", *(ROOT / "kokoro_demo").rglob("*.py")]
    read = {name for file in code for name in re.findall(r"\"(KOKORO_[A-Z_]+)\"", file.read_text(encoding="utf-8"))}
    rows = re.findall(
        r"^\| `(KOKORO_[A-Z_]+)` \|", (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8"), re.M
    )
    assert sorted(rows) == sorted(read)
