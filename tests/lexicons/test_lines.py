"""The forms with an entry on each line: CMUdict's, two columns, and our own; and how they write phonemes."""

import pytest

from kokoro_demo.g2p.ipa import from_ipa
from kokoro_demo.g2p.lexicon import LexiconEntry
from kokoro_demo.lexicons import FORMATS, export_lexicon
from kokoro_demo.lexicons.content import Content
from kokoro_demo.lexicons.formats import detect_format
from kokoro_demo.lexicons.notation import arpabet_to_ipa, is_arpabet, to_arpabet, to_ipa


def read(text, name):
    content = Content(text)
    assert detect_format(content) == name
    return FORMATS[name].read(content)


def test_cmudict_in_both_of_its_formats():
    reading = read(
        ";;; # CMUdict\nKOKORO  K OW1 K ER0 OW2\nTOMATO  T AH0 M EY1 T OW2\nTOMATO(1)  T AH0 M AA1 T OW2\n"
        "d'artagnan d ah0 r t ae1 ng y ah0 n # foreign\nBROKEN  B QX1\nALONE",
        "cmudict",
    )
    assert {word: entry.pronunciation for word, entry in reading.entries.items()} == {
        "kokoro": "kˈoʊkɚˌoʊ",
        "tomato": "təmˈeɪtˌoʊ",
        "d'artagnan": "dəɹtˈæŋjən",
    }
    assert [(entry.place, entry.word) for entry in reading.refused] == [
        ("line 4", "tomato"),
        ("line 6", "broken"),
        ("line 7", "alone"),
    ]


def test_cmudict_cannot_hold_phrases_or_other_sounds():
    written = export_lexicon("New York = noo YORK\nBach = /bˈɑx/", "cmudict")
    assert written.data == b"BACH  B AA1\n"
    assert "no words with spaces" in written.warnings[0]
    assert "no symbol for x" in written.warnings[1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_two_columns(delimiter):
    rows = [
        ("Word", "Pronunciation"),
        ("Kokoro", "/kˈOkəɹO/"),
        ("Nguyen", "win"),
        ("gif", "dʒɪf"),
        ("sql", "S IY1 K W AH0 L"),
    ]
    reading = read("\r\n".join(delimiter.join(row) for row in rows), "csv")
    assert reading.entries == {
        "Kokoro": LexiconEntry("kˈOkəɹO", True),
        "Nguyen": LexiconEntry("win", False),
        "gif": LexiconEntry("dʒɪf", True),
        "sql": LexiconEntry("sˈikwəl", True),
    }


def test_two_columns_with_quotes_blanks_and_more_cells():
    reading = read('"Doe, John","jon doh"\nacme,\nPlatz,plats,German\n\n"open,quote\nKokoro,koh-KOR-oh', "csv")
    assert reading.entries["Doe, John"].pronunciation == "jon doh"
    assert [entry.word for entry in reading.refused] == ["acme"]
    assert any("only the first two cells" in warning for warning in reading.warnings)


def test_a_spreadsheet_never_computes_a_cell():
    written = export_lexicon("-x = /ˈɛks/\n@home = +home", "csv").data.decode("utf-8-sig")
    assert "'-x" in written
    assert "'@home,'+home" in written
    assert set(read(written, "csv").entries) == {"-x", "@home"}


def test_our_own_lines():
    reading = read("# names\nKokoro = /kˈOkəɹO/\nNguyen = win\nbroken\nX = /abc\nY =\nNguyen = nwin", "fixes")
    assert reading.entries == {"Kokoro": LexiconEntry("kˈOkəɹO", True), "Nguyen": LexiconEntry("nwin", False)}
    assert [entry.word for entry in reading.refused] == ["broken", "X", "Y", "Nguyen"]


@pytest.mark.parametrize(
    ("kokoro", "ipa"),
    [
        ("əbstɹˈʌkt", "əbˈstɹʌkt"),
        ("ɪkstɹˈim", "ɪkˈstɹim"),
        ("sˈɪŋɪŋ", "ˈsɪŋɪŋ"),
        ("kˈOkəɹO", "ˈkoʊkəɹoʊ"),
        ("əmˈɛɹəkə", "əˈmɛɹəkə"),
        ("kənstɹˈʌkʃən", "kənˈstɹʌkʃən"),
        ("ˌʌndəɹstˈænd", "ˌʌndəɹˈstænd"),
        ("ʤˈʌʤ", "ˈd͡ʒʌd͡ʒ"),
        ("nˈu jˈɔɹk", "ˈnu ˈjɔɹk"),
        ("bˈæTᵊl", "ˈbæɾl\u0329"),
        ("sˈæTᵊlˌIt", "ˈsæɾl\u0329ˌaɪt"),
    ],
)
def test_ipa_has_the_stress_before_the_syllable(kokoro, ipa):
    assert to_ipa(kokoro, "en-us") == ipa
    assert from_ipa(ipa, "en-us") == kokoro


def test_arpabet_and_back():
    for symbols in ("K OW1 K ER0 OW2", "S T R EH1 NG K TH", "JH AH1 JH", "F AY1 ER0", "AH0 B AW1 T"):
        assert is_arpabet(symbols)
        assert to_arpabet(from_ipa(arpabet_to_ipa(symbols), "en-us")) == (symbols, "")
    for text in ("A B C", "IT IS", "K OW1 KQ", "how are you"):
        assert not is_arpabet(text)
