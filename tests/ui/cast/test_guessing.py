"""The guesses of voices for speakers."""

import pytest

from kokoro_demo.ui.cast.guessing import guess_voices
from kokoro_demo.ui.cast.speakers import speakers_of
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import Voices, catalogue, describe
from tests.ui.fakes import voices

ALL = voices(tuple(catalogue()))


def guess(text: str, page_voice: str = "af_heart", cast: dict[str, str] | None = None, among: Voices = ALL):
    return guess_voices(speakers_of(text), among, page_voice, cast or {})


def script(count: int, name: str = "Zorg") -> str:
    return "\n".join(f"{name} {number}: Hello." for number in range(1, count + 1))


def test_the_gender_follows_the_name_and_the_accent_follows_the_page():
    american = guess("Emma: Hi.\nTom: Hello.\nAnna: Hey.")
    assert [describe(voice).gender for voice in american.values()] == ["F", "M", "F"]
    assert {describe(voice).language for voice in american.values()} == {"en-us"}
    british = guess("Emma: Hi.\nTom: Hello.", "bf_emma")
    assert {describe(voice).language for voice in british.values()} == {"en-gb"}


def test_names_without_a_gender_alternate():
    assert [describe(voice).gender for voice in guess("Zorg: Hi.\nBlip: Hello.\nBlop: Hey.").values()] == [
        "F",
        "M",
        "F",
    ]


@pytest.mark.parametrize("page_voice", ["af_heart", "bm_george", "ff_siwis", "ef_dora", "if_sara", "zf_xiaobei"])
def test_all_voices_differ_from_each_other_and_from_the_pages(page_voice):
    guessed = [*guess(script(15), page_voice).values()]
    assert len({*guessed, page_voice}) == 16
    languages = {describe(parse_blend(voice)[0][0]).language for voice in guessed}
    assert languages <= ({"en-us", "en-gb"} if page_voice[0] in "ab" else {describe(page_voice).language})


def test_a_chosen_voice_is_not_guessed_for_others():
    free = guess("Emma: Hi.\nAnna: Hello.")
    assert guess("Emma: Hi.\nAnna: Hello.", cast={"Anna": free["Emma"]})["Emma"] != free["Emma"]


def test_guesses_are_stable_when_lines_are_added():
    before = guess("Emma: Hi.\nTom: Hello.")
    assert guess("Emma: Hi.\nTom: Hello.") == before
    assert guess("Emma: Hi.\nTom: Hello.\nAnna: Hey.").items() >= before.items()


def test_one_voice_alone_speaks_everything():
    assert guess("Emma: Hi.\nTom: Hello.", "af_heart_small", among=voices(("af_heart_small",))) == {
        "Emma": "af_heart_small",
        "Tom": "af_heart_small",
    }


def test_the_first_voice_is_never_guessed_with_kokoro():
    names = ("af_heart", "af_heart_small", "am_adam")
    both = Voices(names, lambda name: pytest.fail("no pack is needed"), unblended=("af_heart_small",))
    assert guess("Emma: Hi.\nTom: Hello.", among=both) == {"Emma": "am_adam", "Tom": "af_heart"}
