import subprocess
import sys
import threading

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.languages import LANGUAGES
from kokoro_demo.speech import DEFAULT_VOICE
from kokoro_demo.voices.blends import is_blend
from kokoro_demo.voices.catalogue import GRADES, Voice, Voices, best_first, catalogue, describe, near_names

NAMES = tuple(catalogue())


def test_the_catalogue_has_54_complete_entries():
    voices = catalogue().values()
    assert len(voices) == 54
    assert {voice.language for voice in voices} == {*LANGUAGES, "ja", "zh"}
    assert {voice.gender for voice in voices} == {"F", "M"}
    assert {voice.grade for voice in voices} <= {*GRADES, ""}
    assert all(len(bytes.fromhex(voice.sha256)) == 32 for voice in voices)
    assert len({voice.sha256 for voice in voices}) == 54


def test_a_voice_has_its_properties():
    assert describe("af_nicole") == catalogue()["af_nicole"]
    assert describe("af_nicole").trait == "🎧 (whispery)"
    assert describe("bf_emma").language == "en-gb"
    assert describe("bf_emma").training_duration == "HH"
    assert describe("am_adam").target_quality == "D"


@pytest.mark.parametrize("name", NAMES)
def test_names_in_the_catalogue_follow_the_naming_scheme(name):
    known, guess = catalogue()[name], describe(name[:3] + "somebody")
    assert (guess.language, guess.gender) == (known.language, known.gender)


@pytest.mark.parametrize("name", ["", "anna", "xx_anna", "ax_anna", "af", "a_f", "_af", "aff_x"])
def test_a_name_without_a_language_is_assumed_to_be_american(name):
    assert describe(name) == Voice(name, "en-us", "")


@given(st.text(max_size=20).filter(lambda name: not is_blend(name)))
def test_any_name_can_be_described(name):
    assert describe(name).name == name


def test_best_first(monkeypatch):
    monkeypatch.setattr(
        "kokoro_demo.voices.catalogue.LANGUAGES", [code for code in LANGUAGES if code not in ("ja", "zh")]
    )
    order = best_first(NAMES)
    assert order[:4] == ("af_heart", "af_bella", "af_nicole", "bf_emma")
    assert order[0] == DEFAULT_VOICE
    assert [describe(name).language for name in order[-13:]] == ["ja"] * 5 + ["zh"] * 8
    assert order.index("am_adam") == 54 - 14, "the lowest grade of those that can be read"
    assert sorted(order) == sorted(NAMES)


@given(st.permutations(NAMES))
def test_the_order_does_not_depend_on_the_input(names):
    assert best_first(names) == best_first(NAMES)


@pytest.mark.parametrize(
    ("name", "meant"), [("heart", "af_heart"), ("AF-Heart", "af_heart"), ("af_hart", "af_heart"), ("Emma ", "bf_emma")]
)
def test_similar_names(name, meant):
    assert near_names(name, NAMES)[0] == meant


def test_an_unrelated_name_has_no_similar_names():
    assert near_names("qqqqqqq", NAMES) == []
    assert near_names("  ", NAMES) == []


def test_each_pack_is_read_when_first_used_and_kept():
    read = []
    voices = Voices(["af_heart", "bf_emma"], lambda name: read.append(name) or f"pack of {name}")
    assert read == []
    assert voices["bf_emma"] == voices["bf_emma"] == "pack of bf_emma"
    assert read == ["bf_emma"]
    assert voices.default == "af_heart"


def test_the_packs_in_memory_are_bounded_and_the_last_used_stay():
    read = []
    voices = Voices(NAMES, lambda name: read.append(name) or name, keep=3)
    for name in ("af_heart", "af_bella", "af_sky", "af_heart", "af_nova", "af_heart", "af_bella"):
        assert voices[name] == name
    assert read == ["af_heart", "af_bella", "af_sky", "af_nova", "af_bella"]


def test_a_pack_that_could_not_be_read_is_tried_again():
    answers = iter([CheckpointError("no network"), "pack"])

    def read(name):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    voices = Voices(["af_heart"], read)
    with pytest.raises(CheckpointError):
        voices["af_heart"]
    assert voices["af_heart"] == "pack"


def test_a_slow_pack_delays_no_other():
    gate, waiting = threading.Event(), threading.Event()

    def read(name):
        if name == "af_heart":
            waiting.set()
            assert gate.wait(10)
        return name

    voices = Voices(["af_heart", "bf_emma"], read)
    slow = threading.Thread(target=lambda: voices["af_heart"])
    slow.start()
    assert waiting.wait(10)
    assert voices["bf_emma"] == "bf_emma"
    gate.set()
    slow.join(10)


PACKS = {"af_heart": torch.full((3, 1, 4), 1.0), "bf_emma": torch.full((3, 1, 4), 4.0), "bm_short": torch.ones(2, 1, 4)}


def test_a_blend_is_the_mean_of_its_packs_by_weight():
    voices = Voices(PACKS, PACKS.__getitem__)
    torch.testing.assert_close(voices["af_heart(2)+bf_emma(1)"], torch.full((3, 1, 4), 2.0))
    torch.testing.assert_close(voices["bf_emma(0.5)"], PACKS["bf_emma"])
    assert voices["af_heart(2)+bf_emma(1)"].equal(voices[" af_heart (4) + bf_emma(2)"])
    assert voices["af_heart+bm_short"].shape == (2, 1, 4), "as many rows as all of them have"
    assert PACKS["af_heart"].eq(1).all(), "the packs themselves stay as they are"


def test_a_blend_has_its_properties():
    voices = Voices(PACKS, PACKS.__getitem__)
    assert voices.info("bf_emma(2)+af_heart(2)") == Voice("bf_emma+af_heart", "en-gb", "F")
    assert voices.info("af_heart+bm_short").gender == ""
    with pytest.raises(RequestError, match=r"no voice 'bf_ema'. Did you mean bf_emma"):
        voices.info("af_heart+bf_ema")
    with pytest.raises(RequestError, match=r"no voice 'bf_ema'. Did you mean bf_emma"):
        voices["af_heart+bf_ema(0.5)"]


@pytest.mark.parametrize(
    "name", ["af_hart", "", "../af_heart", "af_heart.pt", "voices/af_heart", "af_heart\0", "x" * 999]
)
def test_an_unknown_name_is_never_read(name):
    def read(name):
        raise AssertionError(name)

    voices = Voices(["af_heart", "bf_emma"], read)
    for ask in (voices.info, voices.__getitem__):
        with pytest.raises(RequestError, match=r"There is no voice .*af_heart"):
            ask(name)


def test_the_catalogue_needs_no_torch():
    code = "import sys, kokoro_demo.voices.catalogue as v; v.describe('af_heart'); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def some_voices(*names, fetch=lambda name: None):
    return Voices(names, lambda name: torch.full((3, 1, 2), float(len(name))), fetch=fetch)


def test_a_known_but_missing_voice_is_replaced_by_the_nearest():
    voices = some_voices("af_heart", "am_adam", "bf_emma")
    assert voices.speaker("bm_george") == "bf_emma", "accent comes before gender"
    assert voices.speaker("am_puck") == "am_adam"
    assert voices.speaker("af_nova") == "af_heart"
    assert voices.speaker("ef_dora") == "af_heart"
    assert voices.warnings("bm_george") == ("The voice bm_george is not available now; bf_emma speaks instead.",)
    assert voices.info("bm_george") == describe("bm_george")
    assert torch.equal(voices["bm_george"], voices["bf_emma"])


def test_a_blend_keeps_its_weights_if_a_voice_is_replaced():
    voices = some_voices("af_heart", "bf_emma")
    assert voices.speaker("bf_lily(2)+af_heart") == "bf_emma(2)+af_heart"
    assert len(voices.warnings("bf_lily(2)+bf_alice+af_heart")) == 2
    assert voices.warnings("bf_emma+af_heart") == ()


def test_an_unknown_voice_stays_an_error():
    for ask in (some_voices("af_heart").speaker, some_voices("af_heart").warnings, some_voices("af_heart").fetch):
        with pytest.raises(RequestError, match="no voice 'af_nobody'"):
            ask("af_nobody")


def test_only_packs_that_were_not_read_are_fetched():
    fetched = []
    voices = some_voices("af_heart", "bf_emma", fetch=fetched.append)
    voices.fetch("af_heart+bf_lily")
    assert sorted(fetched) == ["af_heart", "bf_emma"]
    voices["bf_emma"]
    voices.fetch("bf_emma")
    assert len(fetched) == 2
