"""The request's fields by name, on the page and in the API."""

import inspect
import json
import math
from dataclasses import fields as dataclass_fields

import gradio as gr
import pytest

from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.fields import (
    ARGUMENTS,
    RequestFields,
    fields_js,
    request_from,
    split_fields,
    takes_arguments,
    updates,
)
from tests.ui.fakes import FakeBackend

EVERYTHING = SpeechRequest(
    "Hi.", "bf_emma", 1.25, 7, "en-gb", "bye = /bˈI/", "hˈI", 0.5, True, True, "Emma = bf_emma, 1.2"
)


@pytest.fixture
def synthesizer():
    return FakeBackend().synthesizer()


def test_the_page_and_the_api_can_set_every_field_of_a_request(synthesizer):
    names = {field.name for field in dataclass_fields(SpeechRequest)}
    assert set(ARGUMENTS) == names
    # A piece of SSML gets its <speak> on the page.
    assert {*RequestFields._fields, "phonemes", "ssml"} - {"edited", "edited_for"} == names
    piece = RequestFields.of(SpeechRequest("One <break/> two.", ssml=True)).request(synthesizer)
    assert piece == SpeechRequest("<speak>One <break/> two.</speak>")
    assert RequestFields.of(EVERYTHING).request(synthesizer) == EVERYTHING
    assert (
        RequestFields.from_json(json.dumps(RequestFields.of(EVERYTHING)._asdict())).request(synthesizer) == EVERYTHING
    )


def test_missing_fields_have_their_defaults(synthesizer):
    hidden = RequestFields("Hi.", None, 1.0, None, None, None, None, None, None, None, None)
    assert hidden.request(synthesizer) == SpeechRequest("Hi.", "af_heart")


@pytest.mark.parametrize(
    ("fields", "active"),
    [
        (RequestFields("a", edited="b", edited_for="a"), True),
        (RequestFields("", edited="b", edited_for=""), True),
        (RequestFields("a", edited="b", edited_for="c"), False),
        (RequestFields("a", edited="b", edited_for=None), False),
        (RequestFields("a", edited=" ", edited_for="a"), False),
    ],
)
def test_edited_phonemes_are_used_only_for_their_own_text(fields, active):
    assert fields.phonemes_active is active


@pytest.mark.parametrize(
    "kept", ["", "[]", "1", "null", '{"untouched": 1}', '{"pause_scale": "2"}', "[" * 100_000, '{"a":' * 100_000]
)
def test_stored_fields_of_another_form_are_refused(kept):
    with pytest.raises(ValueError):  # noqa: PT011  of json or of our own
        RequestFields.from_json(kept)


def test_updates_change_only_the_named_fields():
    values = RequestFields(*updates(seed=3, text=""))
    assert (values.seed, values.text) == (3, "")
    assert values.voice == gr.skip()
    with pytest.raises(AssertionError, match="pitch"):
        updates(pitch=1)
    assert split_fields([*RequestFields("Hi."), 1, 2]) == (RequestFields("Hi."), [1, 2])


def test_a_browser_function_names_every_field():
    script = fields_js("return fields;", "phonemes")
    assert script.startswith("(phonemes, ...values) =>")
    for name in RequestFields._fields:
        assert f'"{name}"' in script


def test_empty_and_unknown_arguments_are_ignored():
    given = {"text": "Hi.", "voice": "", "speed": None, "seed": 7.0, "language": "", "phonemes": "", "colour": "red"}
    assert request_from(given, "bf_emma") == SpeechRequest("Hi.", "bf_emma", seed=7)


@pytest.mark.parametrize(
    "wrong",
    [{"seed": 7.5}, {"seed": True}, {"seed": "7"}, {"seed": math.nan}, {"speed": "fast"}, {"speed": 9}, {"voice": []},
     {"pause_scale": 4}, {"pause_scale": "2"}, {"even_loudness": "yes"}, {"untouched": 1},
     {"lexicon": 1}, {"phonemes": {}}, {"language": "tlh"}, {"language": []}, {"text": 1}, {"text": ""}],
)  # fmt: skip
def test_an_invalid_argument_is_a_request_error(wrong):
    with pytest.raises(RequestError):
        request_from({"text": "Hi.", **wrong}, "af_heart")


def test_an_endpoint_has_named_arguments_with_their_defaults():
    endpoint = takes_arguments(lambda page, values: (page, values), ["text", "speed"], "page")
    parameters = inspect.signature(endpoint).parameters
    assert list(parameters) == ["page", "text", "speed"]
    assert parameters["text"].default is inspect.Parameter.empty
    assert parameters["speed"].default == 1.0
    assert endpoint("here", "Hi.", 2) == ("here", {"text": "Hi.", "speed": 2})
