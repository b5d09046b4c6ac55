import pytest

from kokoro_demo.languages import LANGUAGES
from kokoro_demo.ui.voice_choices import short_name, voice_choices, voice_label
from kokoro_demo.voices.catalogue import Voice, describe
from tests.ui.fakes import VOICES, voices


@pytest.fixture
def without_extras(monkeypatch):
    """Without the packages for Japanese and Mandarin, even if they are installed."""
    for module in ("ui.voice_choices", "voices.catalogue"):
        monkeypatch.setattr(f"kokoro_demo.{module}.LANGUAGES", tuple(set(LANGUAGES) - {"ja", "zh"}))


@pytest.mark.parametrize(
    ("voice", "label"),
    [
        (Voice("af_heart", "en-us", "F", grade="A"), "Heart · American woman · grade A"),
        (Voice("bm_george", "en-gb", "M", grade="C"), "George · British man · grade C"),
        (Voice("pf_dora", "pt-br", "F"), "Dora · Brazilian woman"),
        (describe("af_nicole"), "Nicole · American woman · whispery · grade B-"),
        (describe("bf_emma(2)+am_adam"), "Emma 67% + Adam 33% · British"),
        (Voice("mine", "en-us", ""), "mine · American"),
        (Voice("jf_alpha", "ja", "F", grade="C+"), "Alpha · Japanese woman · speaks English here · grade C+"),
    ],
)
def test_labels_describe_voices(voice, label, without_extras):
    assert voice_label(voice) == label


def test_voices_keep_the_checkpoints_order_but_unsupported_languages_come_last(without_extras):
    names = [name for _, name in voice_choices(voices(["jf_alpha", *reversed(VOICES)]))]
    assert names == ["af_heart", "bf_emma", "am_adam", "jf_alpha"]


def test_an_unusual_voice_name_is_kept():
    assert short_name("mine") == "mine"


def test_a_chosen_blend_is_listed_if_all_its_voices_are_available():
    known = voices(VOICES)
    assert voice_choices(known, "bf_emma(2)+am_adam")[0] == ("Emma 67% + Adam 33% · British", "bf_emma(2)+am_adam")
    for other in ("bf_emma+bm_nobody", "bf_emma(", "am_adam", "nobody", None):
        assert voice_choices(known, other) == voice_choices(known)
