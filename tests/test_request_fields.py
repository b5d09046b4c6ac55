"""The one table of a request's fields."""

import dataclasses
import inspect

import pytest

from kokoro_demo import RequestError, SpeechRequest, generate_audio, generate_audio_stream
from kokoro_demo.request_fields import DEFAULTS, FIELDS, names_of


def test_it_has_every_field_of_a_request_in_the_order_of_a_request():
    assert list(FIELDS) == [field.name for field in dataclasses.fields(SpeechRequest)]
    for function in (generate_audio, generate_audio_stream):
        parameters = inspect.signature(function).parameters
        assert list(parameters) == [*FIELDS, "checkpoint"]
        for name in list(FIELDS)[1:]:
            assert parameters[name].default == DEFAULTS[name]


@pytest.mark.parametrize("name", FIELDS)
def test_kinds_and_bounds_are_those_that_a_request_checks(name):
    kind, (low, high) = FIELDS[name].kind, FIELDS[name].bounds
    if kind is bool:
        right, wrong = (True, False), (1, "yes", None)
    elif kind is str:
        right, wrong = (), (1, [])
    else:
        right, wrong = (kind(low), kind(high)), (kind(low - 1), kind(high + 1), "1", True)
        assert FIELDS[name].form
    usual = SpeechRequest("any")
    for value in right:
        assert getattr(dataclasses.replace(usual, **{name: value}), name) == value
    for value in wrong:
        with pytest.raises(RequestError):
            dataclasses.replace(usual, **{name: value})


def test_every_field_has_one_kind():
    assert {*names_of(str), *names_of(int, float), *names_of(bool)} == set(FIELDS)
