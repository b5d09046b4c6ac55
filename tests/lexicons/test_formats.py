"""Every format is recognised by its content, and what is written is read again as the same sounds."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import KokoroError, RequestError
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import LexiconEntry, parse_lexicon
from kokoro_demo.lexicons import FORMATS, export_lexicon, merge_lexicon
from kokoro_demo.lexicons.content import MAX_BYTES, Content
from kokoro_demo.lexicons.formats import detect_format, format_for_file

LINES = {
    "en-us": "Kokoro = /kˈOkəɹO/\nNguyen = win\nNew York = noo YORK\nGIF = /ʤˈɪf/\nbattle = /bˈæTᵊl/\nlong = /lˈɔŋ/",
    "en-gb": "Kokoro = /kˈQkəɹQ/\nNguyen = win\nNew York = noo YORK\nGIF = /ʤˈɪf/\nbattle = /bˈatᵊl/\nheart = /hˈɑːt/",
}
# A word there has no spaces, and ordinary spelling cannot be kept.
EXACT = ("pls", "elevenlabs", "cartesia", "fixes", "csv")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["en-us", "en-gb"])
def test_what_is_written_is_recognised_and_sounds_the_same(name, language):
    entries = parse_lexicon(LINES[language])[0]
    data = export_lexicon(LINES[language], name, language).data
    assert detect_format(Content(data)) == name
    read = FORMATS[name].read(Content(data))
    assert not read.refused
    for word, entry in entries.items():
        expected = phonemes_of(entry, language)[0]
        if name == "cmudict":
            if " " not in word:
                got = phonemes_of(read.entries[word.lower()], language)[0]
                assert coarse(got) == coarse(expected)
        else:
            assert phonemes_of(read.entries[word], language)[0] == expected
        if name in EXACT:
            assert read.entries[word].ipa == entry.ipa


def coarse(phonemes):
    """Without what ARPAbet does not tell apart."""
    return phonemes.translate(str.maketrans("ᵊT", "ət", "ː"))


words = st.text(st.characters(exclude_characters="=#"), min_size=1, max_size=30)
sayings = st.text(min_size=1, max_size=30)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(words, st.tuples(sayings, st.booleans()), min_size=1, max_size=4), st.sampled_from(sorted(FORMATS))
)
@example({"\ud800": ("0", False)}, "csv")
@example({"\ud800": ("0", False)}, "pls")
@example({"\ud800": ("0", False)}, "misaki")
def test_any_lexicon_is_written_as_a_valid_file(entries, name):
    lexicon = {word: LexiconEntry(phonemes, ipa) for word, (phonemes, ipa) in entries.items()}
    data, _ = FORMATS[name].write(lexicon, "en-us")
    # Some formats keep control characters; such a file is not read as text.
    with suppress(RequestError):
        FORMATS[name].read(Content(data))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300), st.text('<>{}[]"=,:;\n/ABKOW102 <lexicon', max_size=200))
)
def test_any_file_is_read_or_refused_with_a_message(data):
    with suppress(KokoroError):
        merged = merge_lexicon("", data)
        assert merged.summary
        assert parse_lexicon(merged.lines)[1] == []


def test_an_unknown_file_gets_a_list_of_the_formats():
    with pytest.raises(RequestError, match=r"not a lexicon.*PLS.*ElevenLabs.*CMUdict.*CSV"):
        merge_lexicon("", "Dear Sir or Madam\nI write to you about\nyour letter")
    with pytest.raises(RequestError, match="is empty"):
        merge_lexicon("", "  \n")
    with pytest.raises(RequestError, match="larger than 8 MB"):
        merge_lexicon("", b"a" * (MAX_BYTES + 1))


def test_the_format_to_write_follows_from_the_suffix(tmp_path):
    assert format_for_file(tmp_path / "a.PLS") == "pls"
    assert format_for_file(tmp_path / "a.json") == "misaki"
    assert format_for_file(tmp_path / "a.csv") == "csv"
    with pytest.raises(RequestError, match="--to"):
        format_for_file(tmp_path / "a.docx")
