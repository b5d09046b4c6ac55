"""Japanese, compared with the output of Kokoro's own front end in `japanese.tsv`.

Its dictionary takes 250 MB, so most tests here divide the text with a small fake of it; the others are skipped without
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import japanese, phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.kana import sounds_of_kana
from kokoro_demo.g2p.loanwords import in_kana
from kokoro_demo.languages import LANGUAGES
from tests.g2p.tables import rows

INSTALLED = find_spec("fugashi") is not None and find_spec("unidic_lite") is not None
READINGS = dict(
    pair.split("=") for pair in "東京=トーキョー は=ワ です=デス 買っ=カッ た=タ を=ヲ 本=ホン か=カ う=ウ".split()
)


def fake_tagger(run: str) -> Iterator[SimpleNamespace]:
    """Returns the longest known word at each position, or else one character, which is unknown if it is not kana."""
    place = 0
    while place < len(run):
        text = next((run[place : place + size] for size in (2, 1) if run[place : place + size] in READINGS), run[place])
        yield SimpleNamespace(surface=text, feature=SimpleNamespace(pron=READINGS.get(text), kana=None))
        place += len(text)


@pytest.fixture(name="without_dictionary")
def _without_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kokoro_demo.languages.LANGUAGES", (*LANGUAGES, "ja"))
    monkeypatch.setattr(japanese, "_tagger", lambda: fake_tagger)


@pytest.mark.parametrize(
    ("kana", "phonemes"),
    [
        ("トーキョー", "toːkʲoː"),
        ("コンニチワ", "koɲɲiʨiβa"),
        ("ガッコー", "ɡaʔkoː"),
        ("サンポ", "sampo"),
        ("ニンギョー", "ɲiŋɡʲoː"),
        ("センロ", "senɾo"),
        ("ホンヤ", "hoɴja"),
        ("シュー", "ɕɨː"),
        ("ファイル", "ɸaiɾɯ"),
        ("ウィキペディア", "βikʲipedʲia"),
        ("ヴァイオリン", "vaioɾʲiɴ"),
        ("つづく", "ʦɨzɨkɯ"),
        ("", ""),
    ],
)
def test_kana_have_their_sounds(kana: str, phonemes: str) -> None:
    assert sounds_of_kana(kana) == phonemes


@pytest.mark.parametrize(
    ("english", "kana"),
    [
        ("ˈIfˌOn", "アイフォーン"),
        ("həlˈO", "ハロー"),
        ("ˈɪntəɹnˌɛt", "インターネット"),
        ("kəmpjˈuTəɹ", "カンピューター"),
        ("wˈɜɹld", "ワールド"),
        ("kˈæt", "カット"),
        ("ˈæməzˌɑn", "アマゾン"),
    ],
)
def test_english_words_are_loanwords(english: str, kana: str) -> None:
    assert in_kana(english) == kana


@pytest.mark.usefixtures("without_dictionary")
@pytest.mark.parametrize(
    ("text", "phonemes", "words"),
    [
        ("東京は3本です。", "toːkʲoː βa samboɴ desɨ.", ["東京", "は", "3本", "です"]),
        ("買った、本を。", "kaʔta, hoɴ o.", ["買った", "本", "を"]),
        ("「東京」ですか？", "“toːkʲoː” desɨ ka?", ["東京", "です", "か"]),
        ("iPhoneを買う", "aiɸoːɴ o ɯ", ["iPhone", "を", "買", "う"]),
        ("[東京](/toːkʲo/)は", "toːkʲo βa", ["[東京](/toːkʲo/)", "は"]),
        ("2024年3月5日", "ɲiseɲɲiʥɨːjoneɴ saŋɡaʦɨ iʦɨka", ["2024年", "3月", "5日"]),
    ],
)
def test_each_word_has_its_sounds_and_its_span(text: str, phonemes: str, words: list[str]) -> None:
    pronunciation = phonemize(text, "ja")
    assert pronunciation.phonemes == phonemes
    assert [word.text for word in pronunciation.words] == words
    assert all(phonemes[slice(*word.phoneme_span)] == word.phonemes for word in pronunciation.words)


@pytest.mark.usefixtures("without_dictionary")
def test_a_word_without_a_reading_is_named() -> None:
    assert any("買" in warning for warning in phonemize("買う", "ja").warnings)


@pytest.mark.usefixtures("without_dictionary")
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("東京は買った本3年月日時分0125789.,:-/%¥ aッんー。、！・", max_size=40))
def test_any_text_is_read_in_the_alphabet(text: str) -> None:
    pronunciation = phonemize(text, "ja")
    assert set(pronunciation.phonemes) <= set(SYMBOLS)
    spans = [word.span for word in pronunciation.words]
    assert spans == sorted(spans)


@pytest.mark.skipif(not INSTALLED, reason="needs requirements-languages.txt")
def test_japanese_is_read_as_the_official_front_end_reads_it() -> None:
    equal = length = 0
    for row in rows("japanese.tsv"):
        pronunciation = phonemize(row["text"], "ja").phonemes
        blocks = SequenceMatcher(None, row["phonemes"], pronunciation, autojunk=False).get_matching_blocks()
        equal += sum(block.size for block in blocks)
        length += max(len(pronunciation), len(row["phonemes"]))
    assert equal >= 0.99 * length
