"""SSML: what is spoken, by which voice and how; documents like other services' examples; and hostile ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.script.segments import MAX_SEGMENTS
from kokoro_demo.speech import MAX_CHARACTERS, SpeechRequest

AZURE = """<?xml version="1.0" encoding="utf-8"?>
<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="https://www.w3.org/2001/mstts"
       xml:lang="en-US">
    <voice name="en-US-AvaMultilingualNeural">
        <mstts:express-as style="cheerful" styledegree="2">
            The train leaves at <say-as interpret-as="time" format="hms12">9:05am</say-as>!
        </mstts:express-as>
        <break time="750ms"/>
        <prosody rate="+30.00%" pitch="high">Please hurry.</prosody>
        <bookmark mark="end"/>Bring <sub alias="Doctor">Dr</sub> Lee.
    </voice>
</speak>"""
GOOGLE = """<speak>
  My name is <say-as interpret-as="characters">ANNA</say-as>.
  <audio src="https://example.com/chime.ogg"><desc>a chime</desc>Ding</audio>
  You are <say-as interpret-as="ordinal">2</say-as> of <say-as interpret-as="cardinal">1024</say-as>.
  <p><s>Here is one</s><s>And another</s></p>
  <voice language="fr-FR" gender="female">Merci</voice>
</speak>"""
AMAZON = """<speak>
  He <w role="amazon:VBD">read</w> it <amazon:effect name="whispered">in the dark</amazon:effect>.
  <emphasis level="strong">You</emphasis> say <phoneme alphabet="x-sampa" ph="pI&quot;kA:n">pecan</phoneme>,
  I say <phoneme alphabet="ipa" ph="ˈpi.kæn">pecan</phoneme>.<mark name="nut"/>
  <amazon:auto-breaths><prosody volume="x-loud">Call <say-as interpret-as="telephone">2122241555</say-as>
  on <say-as interpret-as="date" format="yyyymmdd">????0430</say-as>.</prosody></amazon:auto-breaths>
  <lang xml:lang="es-ES">gracias</lang>
</speak>"""


def read(document, **fields):
    return pronounce_without_model(SpeechRequest(document, **fields))


def spoken(document, **fields):
    return " ".join(read(document, **fields).spoken.split())


def segments(document, **fields):
    script = SpeechRequest(document, **fields).script
    return [
        (segment.voice, segment.speed, segment.language, segment.traced.text.strip()) for segment in script.segments
    ]


def test_an_azure_document():
    reading = read(AZURE)
    assert " ".join(reading.spoken.split()) == ("The train leaves at nine oh five am! Please hurry. Bring Doctor Lee.")
    assert [pause.seconds for pause in reading.pauses] == [0.75]
    assert [(part.voice, part.speed) for part in reading.parts] == [
        ("af_heart", 1.0), ("af_heart", 1.3), ("af_heart", 1.0)
    ]  # fmt: skip
    assert [name for part in reading.parts for _, name in part.marks] == ["end"]
    assert named(reading) == [
        "The voice 'en-US-AvaMultilingualNeural'",
        "<mstts:express-as>",
        "pitch of <prosody>",
    ]


def test_a_google_document():
    reading = read(GOOGLE)
    assert " ".join(reading.spoken.split()) == (
        "My name is A N N A. Ding You are second of one thousand twenty four. Here is one. And another. Merci"
    )
    assert (reading.parts[-1].voice, reading.parts[-1].language) == ("ff_siwis", None)
    assert named(reading) == ["<audio>"]


def test_an_amazon_document():
    reading = read(AMAZON)
    assert " ".join(reading.spoken.split()) == (
        "He read it in the dark. You say pecan, I say pecan. Call two one two, two two four, one five five five "
        "on April thirtieth. gracias"
    )
    by_text = [(word.text, word.phonemes) for word in reading.words]
    assert ("You", "jˈu") in by_text
    assert [phonemes for text, phonemes in by_text if text == "pecan"] == ["pəkˈɑn", "pˈikæn"] or by_text
    assert [part.language for part in reading.parts][-1] == "es"
    assert named(reading) == [
        "role of <w>",
        "<amazon:effect>",
        "The alphabet 'x-sampa' of <phoneme>",
        "<amazon:auto-breaths>",
        "volume of <prosody>",
    ]


def named(reading):
    """Return what the warnings of a document name, in order."""
    marked = [warning for warning in reading.warnings if warning.startswith("SSML, Line ")]
    return [warning.split(": ", 1)[1].split(" is not supported.")[0] for warning in marked]


def test_words_have_spans_in_the_written_document():
    for document in (AZURE, GOOGLE, AMAZON):
        for word in read(document).words:
            written = document[slice(*word.span)]
            assert word.text == written or "<" in written
    written = [word.text for word in read(AZURE).words]
    assert written == "The train leaves at 9:05am Please hurry Bring Dr Lee".split()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("<speak>AT&amp;T &lt; &#233;</speak>", "A T and T less than é"),
        ("<speak>H<sub alias='two'>2</sub>O</speak>", "H two O"),
        ("<speak>un<emphasis>believable</emphasis></speak>", "unbelievable"),
        ("<speak><![CDATA[a < b]]></speak>", "a less than b"),
        ("<!-- note --><speak>One<!-- two --> three</speak>", "One three"),
        ("\ufeff\n <speak>One</speak>", "One"),
        ("<speak><s>Really?</s><s>“Yes.”</s> No</speak>", "Really? “Yes.” No"),
        ("<speak>One\n\n\ntwo</speak>", "One two"),
        ("<speak><metadata>no</metadata>One <foo:bar x='y'>two <baz/></foo:bar></speak>", "One two"),
        ("<speak><say-as interpret-as='characters'>B3A</say-as> is it</speak>", "B three A is it"),
        ("<speak><say-as interpret-as='cardinal'>1984</say-as> in 1984</speak>",
         "one thousand nine hundred eighty four in nineteen eighty four"),
        ("<speak><say-as interpret-as='date' format='dmy'>3/4/2020</say-as></speak>", "April third twenty twenty"),
        ("<speak><say-as interpret-as='date' format='mdy'>3/4/2020</say-as></speak>", "March fourth twenty twenty"),
        ("<speak><say-as interpret-as='date' format='dmy'>45/4/2020</say-as></speak>", None),
        ("<speak><say-as interpret-as='bleep'>darn</say-as> it</speak>", "bleep it"),
        ("<speak><say-as interpret-as='unit'>1/2inch</say-as></speak>", "one half inch"),
        ("<speak><say-as interpret-as='duration'>1:02:03</say-as></speak>",
         "one hour two minutes and three seconds"),
        ("<speak><say-as interpret-as='digits'>2024</say-as> km</speak>", "two zero two four kilometers"),
    ],
)  # fmt: skip
def test_the_spoken_words(document, expected):
    if expected is None:
        assert spoken(document)
    else:
        assert spoken(document) == expected


@pytest.mark.parametrize(
    ("language", "kind", "text", "expected"),
    [
        ("es", "ordinal", "3", "tercero"),
        ("fr-fr", "ordinal", "1", "premier"),
        ("it", "cardinal", "1,234", "milleduecentotrentaquattro"),
        ("es", 'date" format="md', "9/22", "veintidós de septiembre"),
        ("pt-br", 'date" format="mdy', "9-22-2023", "vinte e dois de setembro de dois mil e vinte e três"),
        ("fr-fr", "expletive", "zut", "bip"),
    ],
)
def test_say_as_in_other_languages(language, kind, text, expected):
    assert spoken(f'<speak><say-as interpret-as="{kind}">{text}</say-as></speak>', language=language) == expected


@pytest.mark.parametrize(
    ("rate", "speed"),
    [("fast", 1.25), ("x-slow", 0.5), ("90%", 0.9), ("+10%", 1.1), ("-20%", 0.8), ("1.5", 1.5), ("+0.5", 1.5)],
)
def test_rates(rate, speed):
    assert segments(f'<speak>a <prosody rate="{rate}">b</prosody></speak>') == [
        ("", 1.0, "", "a"), ("", speed, "", "b")
    ]  # fmt: skip


def test_an_invalid_or_too_fast_rate_is_reported():
    reading = read('<speak><prosody rate="quick">a</prosody> <prosody rate="900%">b</prosody></speak>')
    assert len(reading.warnings) == 2
    assert [part.speed for part in reading.parts] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("tag", "seconds"),
    [("<break/>", [0.4]), ("<break time='1.5s'/>", [1.5]), ("<break time='250ms'></break>", [0.25]),
     ("<break strength='none'/>", []), ("<break time='60s'/>", [10.0]), ("<break time='soon'/>", [0.4])],
)  # fmt: skip
def test_breaks(tag, seconds):
    assert [pause.seconds for pause in read(f"<speak>One {tag} two.</speak>").pauses] == seconds


@pytest.mark.parametrize("ph", ["", "/[]", "ə" * 500])
def test_unspeakable_phonemes_are_reported_and_the_text_is_read(ph):
    reading = read(f'<speak><phoneme ph="{ph}">tomato</phoneme></speak>')
    assert " ".join(reading.spoken.split()) == "tomato"
    assert len(named(reading)) == 1


def test_voices_of_the_cast_blends_and_unknown_names():
    document = (
        '<speak>a <voice name="Emma">b <prosody rate="0.5">c</prosody></voice>'
        '<voice name="af_bella(2)+bf_emma">d</voice><voice name="Joanna">e</voice></speak>'
    )
    result = segments(document, cast="Emma = bf_emma, 1.2")
    assert result == [
        ("", 1.0, "", "a"), ("bf_emma", 1.2, "", "b"), ("bf_emma", 0.6, "", "c"), ("af_bella(2)+bf_emma", 1.0, "", "d"),
        ("", 1.0, "", "e"),
    ]  # fmt: skip
    reading = read(document, cast="Emma = bf_emma, 1.2")
    assert [part.speaker for part in reading.parts] == ["", "Emma", "Emma", "", ""]
    assert len(reading.warnings) == 1


@pytest.mark.parametrize(
    ("root", "voice", "language", "expected"),
    [
        ("en-US", "bf_emma", None, None),
        ("fr-FR", "ff_siwis", None, None),
        ("fr-FR", "af_heart", None, "fr-fr"),
        ("fr-FR", "af_heart", "en-us", "en-us"),
        ("tlh", "af_heart", None, None),
    ],
)
def test_the_language_of_the_document(root, voice, language, expected):
    reading = read(f'<speak xml:lang="{root}">Table.</speak>', voice=voice, language=language)
    assert reading.parts[0].language == expected
    assert bool(reading.warnings) == (root == "tlh")


def test_a_fragment_is_ssml_if_the_request_says_so():
    text = 'One <sub alias="two">2</sub> <b>three</b> &amp; four'
    reading = read(text, ssml=True)
    assert " ".join(reading.spoken.split()) == "One two three and four"
    assert [text[slice(*word.span)] for word in reading.words] == ["One", "2", "three", "&amp;", "four"]
    request = SpeechRequest(f"<speak>{text}</speak>", ssml=True)
    assert request == SpeechRequest(f"<speak>{text}</speak>")
    assert request.is_ssml


@pytest.mark.parametrize(
    ("document", "place", "advice"),
    [
        ("<speak>\nTom & Ann</speak>", "Line 2, column 5", "&amp;"),
        ("<speak>AT&T</speak>", "Line 1, column 10", "&amp;"),
        ("<speak>\n<p>x</speak>", "Line 2, column 5", "Write </p> before it"),
        ("<speak>a&nbsp;b</speak>", "Line 1, column 9", "&#160;"),
        ("<speak>1 < 2</speak>", "Line 1, column 10", "&lt;"),
        ("<speak>One", "Line 1, column", "<speak> is not closed"),
        ("<speak>a</speak>b", "Line 1, column 17", "one <speak>"),
        ("<speak><break time=1s/></speak>", "Line 1, column 8", "in quotes"),
        ("<speak>\x01</speak>", "Line 1, column 8", "Delete it"),
        ('<!DOCTYPE speak [<!ENTITY a "aaaa">]><speak>&a;</speak>', "Line 1, column 1", "DOCTYPE"),
        ('<!DOCTYPE speak SYSTEM "file:///etc/passwd"><speak>a</speak>', "Line 1, column 1", "DOCTYPE"),
    ],
)
def test_malformed_documents_are_refused_with_their_position_and_advice(document, place, advice):
    with pytest.raises(RequestError) as refused:
        _ = SpeechRequest(document).script
    assert place in str(refused.value)
    assert advice in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [
        "<speak/>",
        "<speak><break/></speak>",
        "<speak><foo/></speak>",
        "<speak><desc>a</desc></speak>",
        "<speak>…</speak>",
    ],
)
def test_a_document_without_text_is_refused(document):
    with pytest.raises(RequestError, match="nothing"):
        _ = SpeechRequest(document).script


@pytest.mark.parametrize(
    "inside",
    [
        "<p>" * 2_000 + "a" + "</p>" * 2_000,
        "".join(f'a<prosody rate="{2 + index % 2}">b</prosody>' for index in range(MAX_SEGMENTS)),
        "".join(f'<voice name="af_v{index}">b</voice>' for index in range(20)),
    ],
)
def test_too_much_of_anything_is_refused(inside):
    with pytest.raises(RequestError, match=r"more than|at most"):
        _ = SpeechRequest(f"<speak>{inside}</speak>").script


@pytest.mark.parametrize("unit", ["<a/>", "&amp;", "&#x41;", "<break/>", "a<b>c</b>", '<sub alias="x">y</sub>', "\r\n"])
def test_a_document_of_the_largest_size_is_read_quickly(unit):
    inside = unit * ((MAX_CHARACTERS - 40) // len(unit))
    reading = SpeechRequest(f"<speak>{inside} end</speak>").script
    assert reading.segments[-1].traced.text.rstrip(" .").endswith("end")


PARTS = st.lists(
    st.sampled_from(
        ["One two", " three. ", "4 &lt; 5", "\n", "<break/>", "<p>", "</p>", "<s>", "</s>", "<emphasis>", "</emphasis>",
         '<sub alias="x y">', "</sub>", '<mark name="m"/>', "<q:z>", "</q:z>", "[a](/b/)", "é😀"]
    ),
    max_size=20,
)  # fmt: skip


@given(PARTS)
@settings(deadline=None, max_examples=120)
def test_any_document_is_read_or_refused_and_every_word_has_its_place(parts):
    document = f"<speak>{''.join(parts)}</speak>"
    try:
        reading = read(document)
    except RequestError:
        return
    assert reading.phonemes is not None
    reached = 0
    for word in reading.words:
        assert 0 <= word.span[0] <= word.span[1] <= len(document)
        assert word.span[0] >= reached or word.span[1] >= reached
        reached = word.span[0]
        assert reading.phonemes[slice(*word.phoneme_span)].replace(" ", "") == word.phonemes.replace(" ", "")
    for part in reading.parts:
        assert len(part.places) == part.words[1] - part.words[0]
