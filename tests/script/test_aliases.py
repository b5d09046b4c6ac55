"""Names that an operator gives to voices (aliases)."""

import json

import pytest

from kokoro_demo.errors import RequestError
from kokoro_demo.script.aliases import VARIABLE, alias_of, parse_aliases, problems, require_aliases
from kokoro_demo.speech import SpeechRequest
from tests.ui.fakes import FakeBackend

LIST = "narrator=bf_emma:0.9, Dr. Who = af_bella(2)+bf_emma; alloy=am_adam"


@pytest.fixture
def given(monkeypatch):
    def give(value):
        monkeypatch.setenv(VARIABLE, str(value))

    return give


def plain(cast):
    return {role.name: (role.voice, role.speed) for role in cast.values()}


@pytest.mark.parametrize(
    "written",
    [
        "a = bf_emma:1.1, b=af_bella(2)+bf_emma",
        "a=bf_emma, 1.1\nb = af_bella(2)+bf_emma\n",
        "# ours\na=bf_emma:1.1;b=af_bella(2)+bf_emma",
        json.dumps({"a": {"voice": "bf_emma", "speed": 1.1}, "b": "af_bella(2)+bf_emma"}),
    ],
)
def test_a_list_and_an_object_are_equivalent(written):
    assert plain(parse_aliases(written)) == {"a": ("bf_emma", 1.1), "b": ("af_bella(2)+bf_emma", 1.0)}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("a", "neither name=voice"),
        ("a=", "belongs a voice"),
        ("a=af_bella(2)+bf_emma)", r"'a'.*not part of a blend"),
        ("a=bf_emma:fast", r"'a'.*number from"),
        ("a=bf_emma:99", r"'a'.*number from"),
        ("=bf_emma", "name has 1 to 60"),
        ("a+b=bf_emma", "name has 1 to 60"),
        ("AF_heart=bf_emma", "voice of Kokoro has this name"),
        ("a=bf_emma, A=af_sky", "twice"),
        ("a=bf_emma, b=a", "another alias"),
        ('{"a": 3}', "belongs a voice"),
        ('{"a": ', "not a JSON object"),
        (",".join(f"n{number}=bf_emma" for number in range(600)), "at most"),
    ],
)
def test_invalid_aliases_are_reported(written, why):
    with pytest.raises(RequestError, match=why) as refused:
        parse_aliases(written)
    assert VARIABLE in str(refused.value)


def test_a_file_and_a_missing_file(given, tmp_path):
    path = tmp_path / "aliases.json"
    path.write_text(json.dumps({"narrator": "bf_emma"}), "utf-8")
    given(path)
    require_aliases()
    assert alias_of("NARRATOR").voice == "bf_emma"
    given(tmp_path / "other.txt")
    with pytest.raises(SystemExit, match="cannot be read"):
        require_aliases()


def test_an_alias_can_replace_a_voice_everywhere(given):
    given(LIST)
    request = SpeechRequest("Hi.", "Narrator", speed=1.5)
    assert (request.voice, request.speed) == ("bf_emma", 1.35)
    assert SpeechRequest("Hi.", "narrator", speed=0.5).speed == 0.5

    def parts_of(text, **fields):
        return [
            (segment.voice, segment.speed, segment.speaker) for segment in SpeechRequest(text, **fields).script.segments
        ]

    assert parts_of("Tom: Hi.", cast="Tom = narrator, 2") == [("bf_emma", 1.8, "Tom")]
    assert parts_of("a [voice:dr. who]b [speed:2]c[/voice] d") == [
        ("", 1.0, ""), ("af_bella(2)+bf_emma", 1.0, ""), ("af_bella(2)+bf_emma", 2.0, ""), ("", 2.0, "")
    ]  # fmt: skip
    assert parts_of("a [voice:narrator][speed:2]b[voice:af_sky]c") == [
        ("", 1.0, ""), ("bf_emma", 1.8, ""), ("af_sky", 2.0, "")
    ]  # fmt: skip
    assert parts_of('<speak><voice name="narrator">a</voice></speak>') == [("bf_emma", 0.9, "")]


def test_without_the_variable_nothing_is_an_alias(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert alias_of("narrator") is None
    assert SpeechRequest("Hi.", "narrator").voice == "narrator"


def test_the_operator_is_warned_of_a_hidden_or_missing_voice(given):
    voices = FakeBackend().synthesizer().checkpoint.voices
    given("narrator=bf_emma")
    assert problems(voices) == []
    given("narrator=af_nobody")
    assert "no voice 'af_nobody'" in problems(voices)[0]
