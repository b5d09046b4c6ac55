"""Single words: the dictionary, inflected forms, letters, names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.english.colloquial import interjection, shortened
from kokoro_demo.g2p.english.dictionary import NAMES, dictionary
from kokoro_demo.g2p.english.foreign import read_foreign
from kokoro_demo.g2p.english.guesses import guess, match_dictionary_style
from kokoro_demo.g2p.english.heteronyms import TABLE
from kokoro_demo.g2p.english.letters import spell
from kokoro_demo.g2p.english.stress import change_stress, stress_compound
from kokoro_demo.g2p.english.vocabulary import find_word
from tests.g2p.tables import rows


def phonemes(word: str, british: bool = False) -> str:
    entry = find_word(word, british)
    assert entry is not None, word
    return entry[0]["DEFAULT"]


def test_flaps_and_glottal_stops_are_written_as_kokoro_v1_learned_them() -> None:
    assert phonemes("kitten") == "kˈɪtn"
    assert phonemes("metaplastic") == "mˌɛTəplˈæstɪk"


@pytest.mark.parametrize("word", ["London", "london", "LONDON"])
def test_capitals_do_not_hide_a_word(word: str) -> None:
    assert phonemes(word) == "lˈʌndən"


def test_accents_have_dictionaries_of_their_own() -> None:
    assert dictionary(False).find("niche") == {"DEFAULT": "nˈɪʧ"}
    assert dictionary(True).find("niche") == {"DEFAULT": "nˈiːʃ"}


def test_unknown_words_are_not_found() -> None:
    assert dictionary(False).find("blorptang") is None
    assert find_word("blorptang", False) is None


@pytest.mark.parametrize(
    ("word", "american"),
    [
        ("skies", "skˈIz"),
        ("daisies", "dˈAziz"),
        ("girlfriends'", "ɡˈɜɹlfɹˌɛndz"),
        ("Alice's", "ˈælɪsᵻz"),
        ("cat's", "kˈæts"),
        ("dog's", "dˈɔɡz"),
        ("emailed", "ˈimˌAld"),
        ("texted", "tˈɛkstᵻd"),
        ("blogged", "blˈɑɡd"),
        ("hoping", "hˈOpɪŋ"),
        ("blogging", "blˈɑɡɪŋ"),
        ("movin'", "mˈuvɪn"),
        ("whiter", "wˈITəɹ"),
        ("merest", "mˈɪɹəst"),
        ("unpatronized", "ˌʌnpˈAtɹənˌIzd"),
        ("reuploaded", "ɹˌiˈʌplˌOdᵻd"),
        ("sandworms", "sˈændwˌɜɹmz"),
        ("centralised", "sˈɛntɹəlˌIzd"),
        ("café", "kæfˈA"),
        ("Curiouser", "kjˈʊɹiəsəɹ"),
        ("GitHub", "ɡˈɪthˌʌb"),
        ("GitHub's", "ɡˈɪthˌʌbz"),
        ("Nguyen's", "wˈɪnz"),
    ],
)
def test_forms_of_known_words_are_made_by_rule(word: str, american: str) -> None:
    assert phonemes(word) == american


@pytest.mark.parametrize(
    ("word", "british"),
    [
        ("texted", "tˈɛkstɪd"),
        ("blogging", "blˈɒɡɪŋ"),
        ("Alice's", "ˈalɪsɪz"),
        ("counterintuitive", "kˌWntəɹɪntjˈuːɪtɪv"),
        ("mightier", "mˈItɪə"),
        ("poorer", "pˈɔːɹə"),
        ("materialistically", "mətˌɪəɹɪəlˈɪstɪkli"),
        ("denied", "dɪnˈId"),
        ("untied", "ʌntˈId"),
        ("gullibly", "ɡˈʌlɪbli"),
        ("generationally", "ʤˌɛnəɹˈAʃənᵊli"),
        ("glacially", "ɡlˈAʃli"),
    ],
)
def test_british_inflections_restore_the_final_r(word: str, british: str) -> None:
    assert phonemes(word, british=True) == british


@pytest.mark.parametrize(
    ("place", "british"),
    [
        ("Southwark", "sˈʌðək"),
        ("Teignmouth", "tˈɪnməθ"),
        ("Keir", "kˈɪə"),
        ("Vegas", "vˈAɡəs"),
    ],
)
def test_names_that_no_rule_predicts_have_their_own_pronunciation(place: str, british: str) -> None:
    assert phonemize(place, "en-gb").phonemes == british


@pytest.mark.parametrize("name", ["Endy", "Coleman", "Blorptang"])
def test_names_are_not_split_into_parts(name: str) -> None:
    assert find_word(name, False) is None


@pytest.mark.parametrize(
    ("name", "american"),
    [("Zhang", "ʤˈæŋ"), ("Dlamini", "dələmˈini"), ("Mstislav", "mˈɪstɪslˌæv"), ("Szilard", "ʃˈɪlˌɑɹd")],
)
def test_names_with_unusual_beginnings_are_not_spelled_out(name: str, american: str) -> None:
    assert guess([name], british=False) == {name: american}


@pytest.mark.parametrize(
    ("espeak", "british", "better"),
    [
        ("hˈɑɡwɔɹts", False, "hˈɑɡwˌɔɹts"),
        ("ʌŋkəɹˈɛkt", False, "ˌʌnkəɹˈɛkt"),
        ("pˈɑsᵻbᵊl", False, "pˈɑsəbᵊl"),
        ("wˈɔntᵻd", False, "wˈɔntᵻd"),
        ("blˈɔɡəɹˌiːz", True, "blˈɔɡəɹiːz"),
    ],
)
def test_guesses_follow_the_conventions_of_the_dictionary(espeak: str, british: bool, better: str) -> None:
    assert match_dictionary_style(espeak, british) == better


@pytest.mark.parametrize(
    ("letters", "american"),
    [("FBI", "ˌɛfbˌiˈI"), ("pm", "pˌiˈɛm"), ("CDs", "sˌidˈiz"), ("IBM's", "ˌIbˌiˈɛmz"), ("X's", "ˈɛksᵻz"), ("é", "")],
)
def test_letters_are_named(letters: str, american: str) -> None:
    assert spell(letters, dictionary(False), british=False) == american


def test_z_is_zed_in_britain() -> None:
    assert spell("Z", dictionary(True), british=True) == "zˈɛd"


@pytest.mark.parametrize(
    ("name", "american"),
    [("Müller", "mˈʊləɹ"), ("João", "ʒOˈW"), ("González", "ɡOnsˈɑlɛs"), ("Renée", "ɹənˈA"), ("Smith", "")],
)
def test_foreign_letters_point_to_their_language(name: str, american: str) -> None:
    assert read_foreign(name, british=False) == american


@pytest.mark.parametrize(
    ("phonemes", "by", "changed"),
    [
        ("ɹˈiᵊli", -1, "ɹˌiᵊli"),
        ("ɹˈiᵊli", -2, "ɹiᵊli"),
        ("ˌʌndəɹstˈænd", -1, "ʌndəɹstˌænd"),
        ("ðə", 1, "ðˌə"),
        ("ðə", 2, "ðˈə"),
        ("hˌW", 1, "hˈW"),
        ("hˌW", 2, "hˈW"),
        ("kˈæt", 2, "kˈæt"),
        ("m", 2, "m"),
        ("fˈIv dˈɑləɹz", -1, "fˌIv dˌɑləɹz"),
        ("kˈæt", None, "kˈæt"),
    ],
)
def test_stress_changes_as_the_official_front_end_defines_it(phonemes: str, by: float | None, changed: str) -> None:
    assert change_stress(phonemes, by) == changed


def test_the_stronger_part_of_a_compound_keeps_its_stress() -> None:
    assert stress_compound(["dˈAzi", "ʧˈAn"]) == ["dˌAzi", "ʧˈAn"]
    assert stress_compound(["ɹˈæbət", "hˈOl"]) == ["ɹˈæbət", "hˌOl"]
    assert stress_compound(["kˈæt"]) == ["kˈæt"]


@pytest.mark.parametrize("table", [NAMES, TABLE], ids=lambda path: path.name)
def test_our_own_tables_are_in_the_alphabet(table: Path) -> None:
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        _, american, british, *_ = line.split("\t")
        assert set(american + british) <= set(SYMBOLS), line
        assert not set(american) & set("ː"), line
        assert not set(british) & set("æOᵻT"), line


@pytest.mark.parametrize("row", rows("colloquial.tsv"), ids=lambda row: row["text"])
def test_english_is_read_as_it_is_spoken(row: dict[str, str]) -> None:
    assert phonemize(row["text"]).phonemes == row["phonemes"]


@pytest.mark.parametrize(
    ("word", "british"), [("Brrr", "bˈɜː"), ("ol'", "ˈQl"), ("gov'nor", "ɡˈʌvnə"), ("nooo", "nˈQ")]
)
def test_colloquial_spellings_have_british_sounds(word: str, british: str) -> None:
    assert phonemes(word, british=True) == british


@pytest.mark.parametrize("name", ["Gann", "Kitt", "Boon", "Mississippi", "Maas"])
def test_a_single_doubled_letter_lengthens_nothing(name: str) -> None:
    assert not list(shortened(name))
    assert interjection(name) is None


def test_each_part_of_a_stutter_has_its_span_in_the_written_word() -> None:
    pronunciation = phonemize("Oh, W-w-what is it?")
    word = pronunciation.words[1]
    assert (word.text, word.source) == ("W-w-what", "rule")
    assert pronunciation.phonemes[slice(*word.phoneme_span)] == word.phonemes


@settings(deadline=None)
@given(st.text("abehmnoprsstwyz'-AHSW ", max_size=24))
def test_any_colloquial_spelling_is_pronounced_in_the_alphabet(text: str) -> None:
    assert set(phonemize(text).phonemes) <= set(SYMBOLS)


@pytest.mark.parametrize(
    ("text", "sound"),
    [("re: your letter", "ɹˈi:"), ("a re-run", "ɹˌiɹˈʌn"), ("do re mi", "ɹˈA"), ("the FTSE", "fˈʊtsi")],
)
def test_re_is_pronounced_by_its_context(text: str, sound: str) -> None:
    assert sound in phonemize(text).phonemes
