"""PLS 1.0, in documents shaped as the W3C's own and as other services' examples."""

import pytest

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.lexicon import LexiconEntry
from kokoro_demo.lexicons import merge_lexicon
from kokoro_demo.lexicons.content import Content
from kokoro_demo.lexicons.pls import read

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<lexicon version="1.0" alphabet="ipa" xml:lang="en-US"'
NAMESPACE = ' xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"'


def entries(body, attributes=NAMESPACE):
    return read(Content(f"{HEAD}{attributes}>{body}</lexicon>"))


@pytest.mark.parametrize("attributes", [NAMESPACE, ""])
def test_phonemes_and_aliases(attributes):
    reading = entries(
        "<lexeme><grapheme>La vita è bella</grapheme><phoneme>ˈlɑ ˈviːɾə ˈʔeɪ ˈbɛlə</phoneme></lexeme>"
        "<lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>",
        attributes,
    )
    assert reading.entries == {
        "La vita è bella": LexiconEntry("ˈlɑ ˈviːɾə ˈʔeɪ ˈbɛlə", True),
        "W3C": LexiconEntry("World Wide Web Consortium", False),
    }


def test_each_grapheme_has_the_pronunciation():
    reading = entries(
        "<lexeme><grapheme>colour</grapheme><grapheme>color</grapheme><phoneme>ˈkʌlɚ</phoneme></lexeme>"
        "<lexeme><grapheme>tomato</grapheme><grapheme>Tomato</grapheme><phoneme>/təˈmeɪtoʊ/</phoneme></lexeme>"
    )
    assert list(reading.entries) == ["colour", "color", "tomato"], "small letters are meant for any capitals"
    assert reading.entries["tomato"].pronunciation == "təˈmeɪtoʊ"


def test_the_preferred_pronunciation_or_else_the_first_is_used():
    reading = entries(
        "<lexeme><grapheme>a</grapheme><phoneme>ˈwʌn</phoneme><phoneme>ˈtuː</phoneme></lexeme>"
        '<lexeme><grapheme>b</grapheme><phoneme>ˈwʌn</phoneme><phoneme prefer="true">ˈtuː</phoneme></lexeme>'
        "<lexeme><grapheme>a</grapheme><phoneme>ˈθɹiː</phoneme></lexeme>"
    )
    assert reading.entries["a"].pronunciation == "ˈwʌn"
    assert reading.entries["b"].pronunciation == "ˈtuː"
    assert str(reading.refused[0]) == (
        "lexeme 3: “a” is left out, because lexeme 1 has it already, and the first one counts."
    )


def test_alphabets():
    reading = entries(
        '<lexeme><grapheme>a</grapheme><phoneme alphabet="cmu-arpabet">K OW1 K ER0 OW2</phoneme></lexeme>'
        '<lexeme><grapheme>b</grapheme><phoneme alphabet="x-sampa">k@</phoneme></lexeme>'
        '<lexeme><grapheme>c</grapheme><phoneme alphabet="x-sampa">k@</phoneme><alias>see</alias></lexeme>'
        '<lexeme><grapheme>d</grapheme><phoneme alphabet="cmu-arpabet">QQ</phoneme></lexeme>'
    )
    assert reading.entries == {"a": LexiconEntry("kˈoʊkɚˌoʊ", True), "c": LexiconEntry("see", False)}
    assert [(refused.word, refused.why) for refused in reading.refused] == [
        ("b", "its alphabet is x-sampa; only ipa and cmu-arpabet are supported"),
        ("d", "ARPAbet has no QQ"),
    ]


def test_incomplete_entries_are_reported():
    reading = entries("<lexeme><alias>x</alias></lexeme><lexeme><grapheme>y</grapheme></lexeme><meta/><!-- z -->")
    assert [refused.why for refused in reading.refused] == ["it has no grapheme", "it has no phoneme and no alias"]


def test_any_declared_encoding_is_read():
    written = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><lexicon><lexeme><grapheme>José</grapheme><alias>ho-ZAY</alias>'
    )
    assert "José" in read(Content((written + "</lexeme></lexicon>").encode("latin-1"))).entries
    assert (
        "José"
        in read(Content((written.replace("ISO-8859-1", "UTF-16") + "</lexeme></lexicon>").encode("utf-16"))).entries
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ('<!DOCTYPE lexicon [<!ENTITY a "b">]><lexicon>&a;</lexicon>', "entities"),
        ('<!DOCTYPE lexicon SYSTEM "file:///etc/passwd"><lexicon/>', "document type"),
        ("<lexicon><lexeme></lexicon>", "not well-formed XML. The error is in line 1"),
        ("<html><lexicon></lexicon></html>", "first element is not <lexicon>"),
        ('<?xml version="1.0" encoding="nonsense"?><lexicon/>', "not well-formed"),
    ],
)
def test_hostile_and_broken_documents(document, message):
    with pytest.raises(RequestError, match=message):
        merge_lexicon("", document)


@pytest.mark.slow
def test_a_deeply_nested_document_is_read():
    depth = 100_000
    merged = merge_lexicon("", f"<lexicon>{'<a>' * depth}{'</a>' * depth}</lexicon>")
    assert merged.summary == "PLS 1.0 (W3C): no entries."


def test_another_language_is_reported():
    warnings = merge_lexicon("", '<lexicon xml:lang="de-DE"></lexicon>').warnings
    assert warnings == ("The file is for de-DE; its phonemes are read as those of en-us.",)
    assert merge_lexicon("", '<lexicon xml:lang="en-GB"></lexicon>').warnings == ()
