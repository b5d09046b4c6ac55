import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.commands.chapters import Chapter, chapters, parts

GUTENBERG = """The Project Gutenberg eBook of Something

CONTENTS

CHAPTER I. Down the River
CHAPTER II. Up the Hill

CHAPTER I.

Down the River

It was a chapter of accidents. Chapter 3 of it was dull.

CHAPTER II
Up the Hill

She read.

Epilogue

The end.
"""


def titles(text):
    return [chapter.title for chapter in chapters(text)]


def test_chapters_of_a_novel():
    assert titles(GUTENBERG) == ["", "CHAPTER I.", "CHAPTER II Up the Hill", "Epilogue"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Book\n\n## One\n\nA.\n\n## Two\n\nB.", ["One", "Two"]),
        ("# One\nA.\n## Deeper\nB.\n# Two\nC.", ["One", "Two"]),
        ("PART ONE\n\nChapter 1: The Start\n\nA.\n\nChapter 2\n\nB.", ["Chapter 1: The Start", "Chapter 2"]),
        ("I\n\nA.\n\nII\n\nB.\n\nIII.\n\nCats.", ["I", "II", "III."]),
        ("Capítulo primero\n\nA.\n\nCapítulo II\n\nB.", ["Capítulo primero", "Capítulo II"]),
        ("Chapitre 1\n\nA.\n\nChapitre 2\n\nB.", ["Chapitre 1", "Chapitre 2"]),
        (
            "Chapter Twenty-one\r\n\r\nA.\r\n\r\nChapter Twenty-two\r\n\r\nB.",
            ["Chapter Twenty-one", "Chapter Twenty-two"],
        ),
        ("Part of it was lost.\n\nPart 3 of it was found, and so on.\nYes.\nNo.\n\nI\n\nam.", [""]),
        ("Chapter 1\n\nChapter 2\n\nChapter 3\n\nA.", ["Chapter 3"]),
        ("", []),
        (" \n\n", []),
        ("Chapter 1", ["Chapter 1"]),
    ],
)
def test_headings(text, expected):
    assert titles(text) == expected


def test_file_names_name_the_chapter_and_stay_short():
    assert (
        Chapter("CHAPTER I. Down the River!", "").file_name("book", 3, ".mp3") == "book-03-chapter-i-down-the-river.mp3"
    )
    assert Chapter("", "").file_name("book", 1, ".wav") == "book-01.wav"
    assert Chapter("../../etc/passwd", "").file_name("b", 1, ".wav") == "b-01-etc-passwd.wav"
    assert len(Chapter("एक " * 99, "").file_name("b", 12, ".flac").encode()) < 80


@settings(deadline=None)
@given(st.lists(st.sampled_from(["# A\n", "Chapter 1\n", "\n", "I\n", "Text. ", "\n\n", "Prologue\n", "x", " "])))
def test_chapters_concatenated_are_the_text(pieces):
    text = "".join(pieces)
    joined = "".join(chapter.text for chapter in chapters(text))
    assert joined.strip() == text.strip()


@settings(deadline=None)
@given(st.text(alphabet="ab. \n[]()!", max_size=300), st.integers(8, 60))
def test_parts_lose_nothing_and_are_short(text, most):
    text_parts = parts(text, most)
    assert all(len(part) <= most and part.strip() for _, part in text_parts)
    assert all(text[start : start + len(part)] == part for start, part in text_parts)
    covered = {place for start, part in text_parts for place in range(start, start + len(part))}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)


def test_parts_end_at_paragraphs_or_else_at_sentences_and_never_within_markup():
    paragraphs = "\n\n".join(["One two three. Four five six."] * 20)
    assert all(part.endswith("six.\n\n") for _, part in parts(paragraphs, 100)[:-1])
    sentences = "One two three. Four five six. " * 20
    assert all(part.endswith((". ", "three. ")) for _, part in parts(sentences, 100))
    marked = "Say [one. two. three](/wˈʌn tˈuː/) now. " * 20
    assert all(part.count("[") == part.count("](/") == part.count("/)") for _, part in parts(marked, 100))


@pytest.mark.slow
def test_a_book_without_spaces_or_headings_takes_linear_time():
    assert len(parts("a" * 500_000)) == 200
    assert len(chapters("I\n" * 200_000)) == 1
