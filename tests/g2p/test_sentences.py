"""Words in sentences: neighbours, heteronyms, the official pipeline's own output."""

from __future__ import annotations

import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.english.tagger import tag
from tests.g2p.tables import rows


@pytest.mark.parametrize("row", rows("official_sample.tsv"), ids=lambda row: row["text"][:40])
def test_sentences_are_read_as_the_official_pipeline_reads_them(row: dict[str, str]) -> None:
    assert phonemize(row["text"]).phonemes == row["phonemes"]


@pytest.mark.parametrize("row", rows("cases.tsv"), ids=lambda row: row["input"][:40])
def test_reported_cases_have_their_phonemes(row: dict[str, str]) -> None:
    assert phonemize(row["input"], f"en-{row['accent']}").phonemes == row["expected"]


@pytest.mark.parametrize("table", ["heteronyms.tsv", "heteronym_compounds.tsv"])
def test_heteronyms_can_be_distinguished_by_their_context(table: str) -> None:
    wrong = []
    for row in rows(table):
        words = phonemize(row["sentence"]).words
        phonemes = [word.phonemes for word in words if word.text.lower() == row["word"].lower()]
        if phonemes != row["phonemes"].split():
            wrong.append((row["sentence"], phonemes))
    assert len(wrong) <= 0.02 * len(rows(table)), wrong


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("the cat", "ðə kˈæt"),
        ("the apple", "ði ˈæpᵊl"),
        ("the hour", "ði ˈWəɹ"),
        ("the university", "ðə jˌunəvˈɜɹsəTi"),
        ("to go home", "tə ɡˌO hˈOm"),
        ("to ask", "tʊ ˈæsk"),
        ("Where to?", "wˌɛɹ tu?"),
        ("a dog", "ɐ dˈɔɡ"),
        ("an egg", "ɐn ˈɛɡ"),
        ("I am here.", "ˌI ɐm hˈɪɹ."),
        ("Yes, I am.", "jˈɛs, ˌI æm."),
        ("AND", "ˈænd"),
        ("the A team of a school", "ði ˈA tˈim ʌv ɐ skˈul"),
        ("THE END OF A DAY", "ði ˈɛnd ˈʌv ɐ dˈA"),
    ],
)
def test_function_words_depend_on_what_follows(text: str, phonemes: str) -> None:
    assert phonemize(text).phonemes == phonemes


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("far away", "fˈɑːɹ əwˈA"),
        ("far, away", "fˈɑː, əwˈA"),
        ("far behind", "fˈɑː bɪhˈInd"),
        ("for a day", "fɔːɹ ɐ dˈA"),
        ("the idea of", "ði Idˈɪə ɒv"),
    ],
)
def test_a_british_r_links_to_a_vowel(text: str, phonemes: str) -> None:
    assert phonemize(text, "en-gb").phonemes == phonemes


@pytest.mark.parametrize(
    ("words", "expected"),
    [("They object to the object .", ("VBP", "NN")), ("We will record a new record .", ("VB", "NN"))],
)
def test_the_tagger_distinguishes_nouns_from_verbs(words: str, expected: tuple[str, str]) -> None:
    tags = tag(words.split())
    assert (tags[words.split().index(words.split()[-2])], tags[-2]) == expected


def test_an_empty_text_has_no_tags() -> None:
    assert tag([]) == []


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("a 16-year-old", "ɐ sˌɪkstˈin jˈɪɹ ˈOld"),
        ("a daisy-chain", "ɐ dˌAziʧˈAn"),
        ("a well-known man", "ɐ wˌɛlnˈOn mˈæn"),
        ("old MacDonald", "ˈOld məkdˈɑnᵊld"),
    ],
)
def test_words_written_as_one_are_spoken_as_one_except_figures(text: str, phonemes: str) -> None:
    assert phonemize(text).phonemes == phonemes


@pytest.mark.parametrize(("word", "phonemes"), [("lead", "lˈid"), ("read", "ɹˈid"), ("Lead.", "lˈid.")])
def test_a_heteronym_alone_is_pronounced_by_rule(word, phonemes):
    assert phonemize(word).phonemes == phonemes


def test_singers_lead_and_bass_swim() -> None:
    assert "lˈid sˈɪŋəɹ" in phonemize("The lead singer fixed a lead pipe.", "en-us").phonemes
    assert "lˈɛd pˈIp" in phonemize("The lead singer fixed a lead pipe.", "en-us").phonemes
    assert "bˈæs swˈæm" in phonemize("A bass swam under the boat.", "en-us").phonemes
    assert "bˈAs lˈIn" in phonemize("She played the bass line.", "en-us").phonemes
