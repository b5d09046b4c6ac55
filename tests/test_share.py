"""Links: what is shared can be opened exactly, and hostile links do no harm."""

import string
import subprocess
import sys
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import LANGUAGES
from kokoro_demo.share import MAX_LINK, MAX_QUERY, fingerprint, open_link, request_from_link, share_link
from kokoro_demo.speech import MAX_CHARACTERS, MAX_SEED, SpeechRequest

PAGE = "https://huggingface.co/spaces/someone/kokoro"
GRADIOS_OWN = {"page", "deep_link", "view", "__theme", "__lang", "__sign"}

any_text = st.text(st.characters(exclude_categories=[]))
names = st.text(string.ascii_letters + "_.0123456789é声", min_size=1, max_size=20)
blends = st.lists(st.builds("{}({})".format, names, st.integers(1, 999)), min_size=1, max_size=8).map(" + ".join)
requests = st.builds(
    SpeechRequest,
    text=any_text.filter(str.strip),
    voice=names | blends,
    speed=st.floats(0.5, 2.0),
    seed=st.integers(0, MAX_SEED),
    language=st.sampled_from([None, *LANGUAGES]),
    lexicon=any_text,
    phonemes=st.none() | any_text,
)


@settings(deadline=None)
@given(requests)
@example(SpeechRequest("", phonemes="həlˈO"))
@example(SpeechRequest("a&b=c#d?e+f%20g;\r\n\0\ud800", phonemes=""))
@example(SpeechRequest("心" * MAX_CHARACTERS, lexicon="é" * MAX_CHARACTERS))
def test_a_shared_request_survives(request):
    assert request_from_link(share_link(request, PAGE)) == request


@settings(deadline=None)
@given(requests)
def test_only_values_other_than_the_defaults_are_in_the_link(request):
    link = urlsplit(share_link(request, PAGE))
    held = parse_qs(link.query or link.fragment, keep_blank_values=True, errors="replace")
    assert not GRADIOS_OWN & set(held)
    usual = SpeechRequest("x")
    others = ("voice", "speed", "seed", "language", "lexicon", "phonemes")
    assert set(held) - {"text"} == {name for name in others if getattr(request, name) != getattr(usual, name)}


def test_a_short_link_is_a_query_and_a_long_one_a_hash():
    assert share_link(SpeechRequest("Hello there."), PAGE) == f"{PAGE}?text=Hello+there."
    short, long = SpeechRequest("a" * (MAX_QUERY - len("text="))), SpeechRequest("a" * MAX_QUERY)
    assert "#" not in share_link(short, PAGE)
    assert share_link(long, PAGE).startswith(f"{PAGE}#text=aaa")


def test_nothing_of_the_pages_address_leaks():
    link = share_link(SpeechRequest("Hi"), f"{PAGE}?__sign=secret&text=other#hash")
    assert link == f"{PAGE}?text=Hi"


@pytest.mark.parametrize("place", ["", "kokoro", "javascript:alert(1)", "file:///etc/passwd"])
def test_a_link_needs_a_web_address(place):
    with pytest.raises(RequestError, match="address"):
        share_link(SpeechRequest("Hi"), place)


@pytest.mark.parametrize(
    ("written", "name", "note"),
    [
        ("speed=9", "speed", "from 0.5 to 2"),
        ("speed=nan", "speed", "from 0.5 to 2"),
        ("speed=fast", "speed", "'fast'"),
        ("speed=1e0", "speed", "from 0.5 to 2"),
        ("seed=-1", "seed", "whole number"),
        ("seed=1.5", "seed", "whole number"),
        ("seed=" + "9" * 5000, "seed", "whole number"),
        ("seed=4294967296", "seed", "seed"),
        ("language=tlh", "language", "tlh"),
        ("voice=", "voice", "Choose a voice"),
        ("voice=a%00b", "voice", "not the name of a voice"),
        ("voice=" + "a" * 501, "voice", "not the name of a voice"),
        ("lexicon=" + "x" * 20_001, "lexicon", "20,001"),
        ("phonemes=" + "x" * 20_001, "phonemes", "20,001"),
    ],
)
def test_a_bad_value_is_replaced_and_named(written, name, note):
    link = f"{PAGE}?{written}&text=Hello"
    opened = open_link(link)
    assert opened.request == SpeechRequest("Hello")
    assert len(opened.notes) == 1
    assert name in opened.notes[0]
    assert note in opened.notes[0]
    assert len(opened.notes[0]) < 250
    with pytest.raises(RequestError, match=name):
        request_from_link(link)


def test_a_long_text_is_cut_with_a_note():
    opened = open_link("#text=" + "a" * (MAX_CHARACTERS + 5))
    assert opened.request.text == "a" * MAX_CHARACTERS
    assert "cut" in opened.notes[0]


def test_phonemes_may_come_without_text_and_text_with_empty_phonemes():
    assert open_link("?text=&phonemes=a").notes == ()
    assert open_link("?phonemes=&text=a").request == SpeechRequest("a", phonemes="")


def test_unknown_keys_are_ignored_and_the_first_of_two_counts():
    opened = open_link(f"{PAGE}?__theme=dark&page=x&<script>=1&text=One&text=Two&seed=3")
    assert opened.request == SpeechRequest("One", seed=3)
    assert opened.notes == ("The link has two values for text; the first was used.",)


def test_the_hash_precedes_the_query_unless_it_is_empty():
    assert request_from_link(f"{PAGE}?text=query#text=hash").text == "hash"
    assert request_from_link(f"{PAGE}?text=query#top").text == "query"


def test_what_is_not_utf8_is_noted():
    opened = open_link("?text=caf%e9")
    assert opened.request.text == "caf\ufffd"
    assert "UTF-8" in opened.notes[0]


@pytest.mark.parametrize(
    "link", ["", PAGE, "?", "#", "?text=", "?text=%20%0a", "?seed=1&voice=x", "?text", "http://[::"]
)
def test_a_link_without_words_is_a_message(link):
    with pytest.raises(RequestError, match="nothing to speak"):
        open_link(link)


def test_a_link_longer_than_any_request_is_a_message():
    with pytest.raises(RequestError, match="too long"):
        open_link("?text=" + "a" * MAX_LINK)


pieces = st.sampled_from("? # & = % + ; %00 %ED%A0%80 %F0%9F text voice speed seed language lexicon phonemes".split())


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces | any_text, max_size=30).map("".join))
@example("?" + "&" * 500_000)
@example("?text=" + "%" * 16_384)
@example("?text=a&seed=" + "%30" * 16_384)
def test_any_string_is_opened_or_refused_with_a_message(link):
    try:
        opened = open_link(link)
    except RequestError:
        return
    assert request_from_link(share_link(opened.request, PAGE)) == opened.request


def test_the_fingerprint_shows_every_difference():
    request = SpeechRequest("Hello.", voice="af_heart")
    same = fingerprint(request, "0123", "həlˈO.", (1, 5, 7))
    assert same == fingerprint(SpeechRequest("Hello.", speed=1), "0123", "həlˈO.", [1, 5, 7])
    others = {
        fingerprint(replace(request, seed=1), "0123", "həlˈO.", (1, 5, 7)),
        fingerprint(request, "0124", "həlˈO.", (1, 5, 7)),
        fingerprint(request, "0123", "həlˈA.", (1, 5, 7)),
        fingerprint(request, "0123", "həlˈO.", (1, 6, 7)),
    }
    assert len(others | {same}) == 5


def test_the_fingerprint_of_given_phonemes_does_not_depend_on_the_text():
    alone = SpeechRequest("", phonemes="həlˈO.")
    beside = replace(alone, text="Phonemes from a link")
    heard = ("0123", "həlˈO.", (1, 5, 7))
    assert fingerprint(alone, *heard) == fingerprint(beside, *heard)
    assert fingerprint(beside, *heard) != fingerprint(replace(beside, phonemes=None), *heard)


@pytest.mark.slow
def test_reading_a_link_needs_neither_torch_nor_gradio():
    code = "import sys, kokoro_demo.share; assert not {'torch', 'gradio'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


OWN = "yours_0123456789abcdef_my-voice"


def test_a_link_carries_one_pack_and_in_the_hash():
    request = SpeechRequest("Hello.", f"{OWN}(2)+af_heart")
    link = share_link(request, PAGE, {OWN: "QUJD", "yours_ffffffffffffffff": "not used"})
    assert link.startswith(f"{PAGE}#")
    opened = open_link(link)
    assert (opened.request, opened.pack, opened.pack_name, opened.notes) == (request, "QUJD", OWN, ())
    with pytest.raises(RequestError, match="Open it on the page"):
        request_from_link(link)
    with pytest.raises(RequestError, match="cannot be shared"):
        share_link(request, PAGE)
    with pytest.raises(RequestError, match="one voice pack"):
        share_link(
            replace(request, voice=f"{OWN}+yours_aaaaaaaaaaaaaaaa"), PAGE, {OWN: "A", "yours_aaaaaaaaaaaaaaaa": "B"}
        )


@pytest.mark.parametrize(
    "fields",
    [
        "pack=QUJD",
        "pack=QUJD&voice=af_heart",
        f"pack=QUJD&voice={OWN}%2Byours_aaaaaaaaaaaaaaaa",
        f"pack=QUJD&voice={OWN}%3Cscript%3E",
        f"pack=&voice={OWN}",
        f"voice={OWN}",
        "pack=QUJD&voice=yours_",
    ],
)
def test_an_unused_pack_or_a_voice_without_its_pack_is_reported(fields):
    opened = open_link(f"#text=Hi&{fields}")
    assert opened.pack == ""
    assert opened.notes
    assert "yours" not in opened.request.voice
