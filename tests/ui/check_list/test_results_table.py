"""The table of results: marks, descriptions for screen readers, and escaping."""

import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist import CheckedRow, DiffSegment, ListRow
from kokoro_demo.ui.check_list.results_table import difference_html, results_html
from tests.checklist.pronouncing import check

SCRIPT = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def table(rows, **options):
    return ElementTree.fromstring(re.sub(r"&#x27;", "'", results_html("id", rows, **options)))


def test_differences_are_marked_on_both_sides_and_described():
    segments = [("ɹˈ", "ɹˈ"), ("ɛ", "i"), ("d", "d"), ("", "z")]
    markup = difference_html([DiffSegment(*sides) for sides in segments])
    assert "<bdi>ɹˈ<del>ɛ</del>d</bdi>" in markup
    assert "<bdi>ɹˈ<ins>i</ins>d<ins>z</ins></bdi>" in markup
    assert "ɛ became i; nothing became z" in markup


def test_rows_can_be_distinguished_and_can_be_played_if_they_can_be_read():
    page = table(check("text,expected\nread,ɹˈɛd\nread,ɹˈid\n,x"), more=2)
    rows = page.find("table/tbody")
    assert [row.get("class") for row in rows] == ["checked-look", None, "checked-look"]
    assert [row.find(".//button") is not None for row in rows] == [True, True, False]
    assert rows[0].find(".//button").get("aria-label") == "Play row 1: read"
    assert "2 more were not checked" in page.find("p").text


def test_an_empty_list_has_no_table():
    assert results_html("id", []) == ""


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])) | st.just(SCRIPT))
def test_no_text_of_a_list_becomes_html(text):
    row = ListRow(1, 1, text, expected=text, voice=text, note=text, language=text)
    difference = (DiffSegment(text, ""), DiffSegment("a", text))
    rows = [CheckedRow(row, "differs", text, text, difference, text, (text,)), CheckedRow(row, "error", error=text)]
    allowed = {
        "div",
        "p",
        "button",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
        "span",
        "del",
        "ins",
    }
    tags = {element.tag for element in table(rows, notes=[text]).iter()}
    assert tags <= allowed | {"ul", "li", "svg", "path"}
