import pytest

from kokoro_demo.ui.voice_choices import short_name, voice_choices, voice_label
from tests.ui.fakes import VOICES, FakeVoice, FakeVoices


@pytest.mark.parametrize(
    ("voice", "label"),
    [
        (FakeVoice("af_heart", "en-us", "F", grade="A"), "🇺🇸 Heart · American female · A"),
        (FakeVoice("bm_george", "en-gb", "M", grade="C"), "🇬🇧 George · British male · C"),
        (FakeVoice("pf_dora", "pt-br", "F"), "🇧🇷 Dora · Brazilian female"),
        (FakeVoice("jf_alpha", "ja", "F", grade="C+"), "🇯🇵 Alpha · Japanese female · speaks English here · C+"),
    ],
)
def test_a_voice_says_who_it_is(voice, label):
    assert voice_label(voice) == label


def test_voices_keep_the_checkpoints_order():
    assert [name for _, name in voice_choices(FakeVoices(VOICES))] == ["af_heart", "bf_emma", "am_adam"]


def test_voices_without_a_front_end_come_last():
    japanese, mandarin = FakeVoice("jf_alpha", "ja", "F", grade="A"), FakeVoice("zf_xiaoni", "zh", "F", grade="A")
    names = [name for _, name in voice_choices(FakeVoices([japanese, VOICES[0], mandarin, VOICES[1]]))]
    assert names == ["af_heart", "bf_emma", "jf_alpha", "zf_xiaoni"]


def test_a_voice_of_no_known_form_keeps_its_name():
    assert short_name("mine") == "mine"
