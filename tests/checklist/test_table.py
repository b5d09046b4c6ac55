"""Lists from all kinds of sources: spreadsheets of several countries, a text editor, an attacker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist.rows import read_list
from kokoro_demo.checklist.table import MAX_BYTES, decode, find_layout, split_rows
from kokoro_demo.errors import RequestError


def cells(text, delimiter=","):
    return [row.cells for row in split_rows(text, delimiter)]


def test_quoted_cells_hold_anything():
    text = 'a,"b ""and"" c, d",e\r\n"two\nlines",,f\n'
    assert cells(text) == [["a", 'b "and" c, d', "e"], ["two\nlines", "", "f"]]


def test_a_quotation_mark_inside_a_cell_is_kept():
    assert cells('"Hi," she said.\t"x"\nhe said "no"', "\t") == [['"Hi," she said.', "x"], ['he said "no"']]


def test_rows_have_the_line_on_which_they_begin():
    assert [row.number for row in split_rows('a\n"b\n\nc"\r\nd\re', ",")] == [1, 2, 5, 6]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(), min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(",;\t|"))
def test_quoted_cells_survive(rows, delimiter):
    text = "\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert cells(text, delimiter) == rows


@settings(deadline=None)
@given(st.text(alphabet='",\n\ra', max_size=60))
def test_no_character_is_lost_however_wrong_the_quotes(text):
    kept = "".join(cell for row in cells(text) for cell in row)
    assert kept.count("a") == text.count("a")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ['"' * 400_000, '"a\n' * 200_000, '",""' * 200_000, '"a,' * 200_000, '""""x,' * 100_000]
)
def test_a_megabyte_of_hostile_quotes_is_read_completely(text):
    rows = [row.cells for row in split_rows(text, ",")]
    assert sum(cell.count("a") for row in rows for cell in row) == text.count("a")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_is_read_with_a_byte_order_mark_and_without(mark):
    assert decode(mark + "naïve ˈ".encode()) == "naïve ˈ"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_usual_encodings_are_read_and_a_guess_is_noted(encoding):
    checklist = read_list("text\nnaïve “café”".encode(encoding))
    assert [row.text for row in checklist.rows] == ["naïve “café”"]
    assert any("Windows-1252" in note for note in checklist.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("text\nread".encode("utf-16-le"), "NUL.*UTF-16.*CSV UTF-8.*iconv"),
        (b"text\nre\0ad", "NUL"),
        (b"PK\x03\x04sheet", "workbook.*CSV UTF-8"),
        (b"a" * (MAX_BYTES + 1), "larger than 1 MB"),
        (b"text\n" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_binary_data_is_refused_with_advice(data, message):
    with pytest.raises(RequestError, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("text,expected\na,b", ",", True),
        ("Text;Note\na;b", ";", True),
        ("note\tTEXT\na\tb", "\t", True),
        ("expected|text", "|", True),
        ("text\nHello, there", "", True),
        ("sep=;\ntext;note, or so\na;b", ";", True),
        ('"text","note"\na,b', ",", True),
        ("Hello, there.\nBye, you.", None, False),
        ('"Hello," she said.\nNo, he said.', None, False),
        ("read\tɹˈɛd", "\t", False),
        ("read,/ɹɛd/\nlead,", ",", False),
        ("read;ɹˈɛd;bf_emma", ";", False),
        ("one\ntwo", None, False),
    ],
)
def test_the_form_of_a_list_is_detected(text, delimiter, header):
    layout = find_layout(text)
    assert (layout.delimiter, layout.header) == (delimiter, header)
