"""The rows of a list."""

import pytest

from kokoro_demo.checklist import read_list
from kokoro_demo.errors import RequestError


def test_pasted_lines_are_texts_with_their_commas():
    checklist = read_list('Hello, there.\n\n  "Hi," she said.  \r\nBye')
    assert [row.text for row in checklist.rows] == ["Hello, there.", '"Hi," she said.', "Bye"]
    assert [(row.number, row.line) for row in checklist.rows] == [(1, 1), (2, 3), (3, 4)]
    assert checklist.notes == ()


def test_a_table_has_its_columns_by_name_in_any_order():
    row = read_list("Note;TEXT; Expected ;Voice;Language\nbook;read; ɹˈɛd ;bf_emma;en_GB").rows[0]
    assert (row.text, row.expected, row.voice, row.note, row.language) == ("read", "ɹˈɛd", "bf_emma", "book", "en-gb")


def test_other_columns_are_kept_and_reported():
    checklist = read_list("text,Author,voice,,author,result\nhi,Ada,,x,Bob,y\nyou,,,,,")
    assert checklist.extra_columns == ("Author", "column 4", "author (2)", "result (2)")
    assert checklist.rows[0].extra == ("Ada", "x", "Bob", "y")
    assert "Author, column 4" in checklist.notes[0]


def test_empty_columns_without_a_name_are_ignored():
    assert read_list("text,expected,,\nhi,,,\n").extra_columns == ()


def test_a_table_without_column_names_is_read_in_order_with_a_note():
    checklist = read_list("read\tɹˈɛd\tbf_emma\tbook\tmore\nlead")
    assert checklist.rows[0].expected == "ɹˈɛd"
    assert (checklist.rows[0].note, checklist.rows[0].extra) == ("book", ("more",))
    assert checklist.rows[1].expected == ""
    assert any("in this order: text, expected, voice, note" in note for note in checklist.notes)


def test_lines_that_may_be_a_table_get_a_note():
    checklist = read_list("cat,kat\nmat,mat")
    assert [row.text for row in checklist.rows] == ["cat,kat", "mat,mat"]
    assert any("If it is a table" in note for note in checklist.notes)
    assert any("name of the column" in note for note in read_list("text\ncat").notes)


def test_a_row_with_too_many_cells_has_a_problem_and_the_others_have_none():
    rows = read_list("text,note\nHello, there,x\nfine,y").rows
    assert "3 cells, but the first row has 2 names" in rows[0].problem
    assert rows[1].problem == ""


def test_a_cell_that_is_too_long_is_a_problem_of_its_row():
    rows = read_list("text,expected\n" + "a" * 2_001 + ",\nok," + "b" * 2_001 + "\nok,").rows
    assert [bool(row.problem) for row in rows] == [True, True, False]
    assert "2,001 characters; at most 2,000" in rows[0].problem


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "list is empty"),
        (" \n \r\n", "list is empty"),
        ("text,expected\n,\n", "list is empty"),
        ("text\n" + "a\n" * 501, "501 rows; at most 500"),
        ("word,expected\na,b", "no column “text”"),
        ("text,Text\na,b", "Two columns of the list are named text"),
        ("text," + ",".join(f"c{n}" for n in range(9_999)) + "\na", "10,000 columns; at most 50"),
        (",".join(str(n) for n in range(10_000)), "10,000 columns"),
        ("text,a\nhi," + "," * 9_998, "10,000 columns"),
        ("a\0b", "NUL"),
        ("half \ud83d", "lone surrogates"),
    ],
)
def test_an_invalid_list_is_refused_with_a_reason(data, message):
    with pytest.raises(RequestError, match=message):
        read_list(data)


def test_five_hundred_rows_are_a_list():
    assert len(read_list("\n".join(["word"] * 500)).rows) == 500
