"""The table of supported elements is true, and the docs contain it."""

from pathlib import Path

import pytest

from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.script.ssml.say_as import KINDS
from kokoro_demo.script.ssml.table import TABLE, details
from kokoro_demo.speech import SpeechRequest

DOCS = Path(__file__).parents[3] / "docs" / "ssml.md"


def example_of(row):
    return row.example if row.element == "speak" else f"<speak>{row.example}</speak>"


def name_of(row):
    return f"{row.element} {row.attribute}={row.value}"


@pytest.mark.parametrize("row", TABLE, ids=name_of)
def test_supported_elements_work_and_others_are_reported(row):
    reading = pronounce_without_model(SpeechRequest(example_of(row)))
    assert f"<{row.element}" in row.example
    assert row.attribute in row.example
    assert row.value in row.example
    if row.served == "no":
        assert len(reading.warnings) == 1
        assert row.note in reading.warnings[0] or row.value
        assert (row.value or row.attribute or row.element) in reading.warnings[0]
    else:
        assert reading.warnings == ()
    assert reading.words


def test_every_kind_of_say_as_is_in_the_table():
    assert {row.value for row in TABLE if row.attribute == "interpret-as"} == set(KINDS)
    assert len({name_of(row) for row in TABLE}) == len(TABLE)


def table():
    """The table in Markdown."""
    lines = ["| element | attribute | served | |", "|---|---|---|---|"]
    for row in details():
        attribute = row["attribute"] and f"`{row['attribute']}{row['value'] and '='}{row['value']}`"
        lines.append(f"| `{row['element']}` | {attribute} | {row['served']} | {row['note']} |")
    return "\n".join(lines)


def test_the_docs_show_the_table():
    assert table() in DOCS.read_text(encoding="utf-8"), f"docs/ssml.md should have:\n{table()}"
