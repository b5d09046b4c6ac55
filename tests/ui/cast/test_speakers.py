"""Finding the speakers of a text, and their gender."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.ui.cast.speakers import gender_of, speakers_of


def names(text: str, known: tuple[str, ...] = ()) -> list[str]:
    return [speaker.name for speaker in speakers_of(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Emma: Good morning.\nTom: Hello!", ["Emma", "Tom"]),
        ("Emma: Good morning.", ["Emma"]),
        ("emma: good morning\ntom: hello", ["emma", "tom"]),
        ("EMMA:\nGood morning.\n\nTOM (yawning):\nHello.", ["EMMA", "TOM"]),
        ("**Emma:** Good morning.\n- **Tom:** Hello.", ["Emma", "Tom"]),
        ("Zorg: Surrender!\nBlip: Never.", ["Zorg", "Blip"]),
        ("Q: Where were you\nA: At home\nQ: Alone", ["Q", "A"]),
        ("Q: Where were you?\nA: At home.", ["Q", "A"]),
        ("Speaker 1: Hello.\nSpeaker 2: Hi.", ["Speaker 1", "Speaker 2"]),
        ("Ludwig van Beethoven: Louder!\nOld Woman: What?", ["Ludwig van Beethoven", "Old Woman"]),
        ("Dr. Smith: Say ah.\nMrs. Jones: Ah.", ["Dr. Smith", "Mrs. Jones"]),
        ("李雷：你好。\n韩梅梅：你好！", ["李雷", "韩梅梅"]),
        ("Inés: Hola.\nJosé: ¿Qué tal?", ["Inés", "José"]),
        ("Emma: Hi.\nNote: this is not said by anybody.", ["Emma"]),
    ],
)
def test_the_speakers_of_a_dialogue_are_found(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hello! I'm Kokoro. Type something, and I'll say it for you.",
        "Note: this is important.",
        "Ingredients: flour and eggs.\nMethod: mix them well.\nServes: four.",
        "Dear Emma:\nI hope that you are well.",
        "To: Tom\nFrom: Emma\nSubject: The meeting.\nDate: Monday.",
        "The train leaves at 10:30.\nThe next one goes at 11:45.",
        "https://example.org is a page.\nC:\\temp is a folder.",
        "She had one wish: to sail.\nHe had another: to stay.",
        "Monday: we rest.\nTuesday: we work.",
        "Paris: the city of light.",
        "Step 1: Mix.\nStep 2: Bake.\nStep 2: Eat.",
        "Note: one.\nNote: two.\nWarning: three.",
        "",
        ":",
    ],
)
def test_colons_in_prose_are_not_speakers(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[voice:Emma]Hello.[/voice] It rained. [voice = old  Tom]Hi.", ["Emma", "old Tom"]),
        ("[voice:Emma]Hello. [voice:EMMA]Again.", ["Emma"]),
        ("Emma: Hi.\nTom: Hello.\n[voice:Emma]Again. [voice:Zoë]And I.", ["Emma", "Tom", "Zoë"]),
        ("[voice:bf_emma]A voice. [voice:af_bella(2)+bf_emma]A blend. [voice:af_hart]A slip of the pen.", []),
        ("[speed:1.2]Quick.[/speed] [voice](a word)", []),
    ],
)
def test_marks_name_speakers_unless_they_name_voices(text, expected):
    assert names(text) == expected
    marked = {speaker.name for speaker in speakers_of(text) if speaker.is_marked}
    assert marked == {*expected} - {"Tom"}


def test_an_alias_in_a_mark_is_no_speaker(monkeypatch):
    monkeypatch.setenv("KOKORO_ALIASES", "Emma = bf_emma")
    assert names("[voice:Emma]Hello. [voice:Tom]Hi.") == ["Tom"]


def test_a_name_with_a_voice_is_a_speaker_whatever_its_form():
    assert names("the cat: Meow", ("the cat",)) == ["the cat"]


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Emma", "F"),
        ("TOM", "M"),
        ("Mr. Darcy", "M"),
        ("Mrs. Tom Jones", "F"),
        ("Inés", "F"),
        ("Old Woman", "F"),
        ("Anna-Lena", "F"),
        ("Dr. Smith", ""),
        ("Zorg", ""),
        ("Note", ""),
    ],
)
def test_a_title_or_a_first_name_tells_the_gender(name, gender):
    assert gender_of(name) == gender


@given(st.text(st.sampled_from("Emma Tom:：\n*(- [1.)"), max_size=80))
def test_any_text_can_be_searched_for_speakers(text):
    for speaker in speakers_of(text):
        assert speaker.name
        assert speaker.lines >= 1
