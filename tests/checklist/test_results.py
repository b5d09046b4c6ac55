"""Results as CSV and JSON."""

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist import CheckedRow, ListRow, read_list
from kokoro_demo.checklist.formulas import guarded, unguarded
from kokoro_demo.checklist.results import to_csv, to_json
from tests.checklist.pronouncing import check

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", "  =1", "＝1", "'=1", "''-x"]
any_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
a_text = any_text.filter(str.strip) | st.sampled_from(FORMULAS)


def opened(data):
    """Return the cells as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@settings(deadline=None)
@given(a_text | any_text)
def test_a_guard_can_always_be_removed(cell):
    assert unguarded(guarded(cell)) == cell


@settings(deadline=None)
@given(a_text | any_text)
def test_a_guarded_cell_is_not_a_formula(cell):
    assert not guarded(cell).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@settings(deadline=None)
@given(st.lists(st.tuples(a_text, any_text | st.sampled_from(FORMULAS), any_text), min_size=1, max_size=5))
def test_any_text_in_a_cell_survives_the_results(cells):
    rows = [
        CheckedRow(ListRow(number, 0, text, note=note, extra=(extra,)), "read")
        for number, (text, note, extra) in enumerate(cells, 1)
    ]
    again = read_list(to_csv(rows, ["=kept"]))
    assert [(row.text, row.note, row.extra[0]) for row in again.rows] == cells
    assert again.extra_columns == ("=kept",)


def test_results_of_results_are_the_same():
    data = "text,expected,x\nread,ɹˈɛd,=1\n'quoted,,'=2\n"
    first = read_list(data)
    once = to_csv(check(data), first.extra_columns)
    again = read_list(once)
    assert to_csv(check(once), again.extra_columns) == once
    assert [row.extra for row in again.rows] == [("=1",), ("'=2",)]
    assert any("earlier check" in note for note in again.notes)


def test_a_spreadsheet_finds_no_formula_and_every_cell():
    rows = check("text,note,=bad\n=HYPERLINK(1),@x,-2\nhi,,")
    table = opened(to_csv(rows, ["=bad"]))
    assert list(table[0])[:6] == ["text", "expected", "voice", "note", "language", "'=bad"]
    for row in table:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert table[0]["text"] == "'=HYPERLINK(1)"


def test_csv_shows_the_differences():
    row = opened(to_csv(check("text,expected\nread,ɹˈɛd\n"), []))[0]
    assert (row["result"], row["phonemes"], row["difference"]) == ("differs", "ɹˈid", "ɹˈ[ɛ|i]d")


def test_json_contains_everything():
    report = json.loads(to_json(check("text,expected,x\nread,ɹˈɛd,1\n,,2"), ["x"], ["A note."]))
    assert report["summary"] == {"differs": 1, "error": 1, "read": 0, "matches": 0}
    assert report["notes"] == ["A note."]
    assert report["rows"][0]["difference"][1] == {"expected": "ɛ", "actual": "i"}
    assert report["rows"][1]["extra"] == {"x": "2"}
    assert "nothing to speak" in report["rows"][1]["error"]
