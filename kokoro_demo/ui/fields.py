"""The fields of a request, by name: as a visitor fills them in on the page, and as a program sends them.

A new field of `SpeechRequest` is added to `RequestFields` and to the table of `request_fields`; links, events, scripts,
and endpoints follow.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from kokoro_demo.errors import RequestError
from kokoro_demo.request_fields import DEFAULTS, FIELDS, Field, names_of
from kokoro_demo.speech import SpeechRequest

if TYPE_CHECKING:
    from kokoro_demo.synthesis.synthesizer import Synthesizer


NUMBERS, SWITCHES = names_of(int, float), names_of(bool)


class RequestFields(NamedTuple):
    """The values of the page's fields, in the order in which events receive them.

    voice: None selects the checkpoint's best voice.
    language: "" selects the voice's own.
    edited: phonemes that a visitor edited, spoken instead of the text as long as `phonemes_active`.
    edited_for: the text they belong to; None if they are set aside.
    """

    text: str = ""
    voice: str | None = None
    speed: float = 1.0
    language: str | None = ""
    seed: int | None = 0
    lexicon: str | None = ""
    edited: str | None = ""
    edited_for: str | None = None
    pause_scale: float | None = 1.0
    even_loudness: bool | None = False
    untouched: bool | None = False
    cast: str | None = ""

    @property
    def phonemes_active(self) -> bool:
        """Whether the edited phonemes are spoken: there are some, and the text is still the one they belong to."""
        return bool(self.edited and self.edited.strip()) and self.text == self.edited_for

    def request(self, synthesizer: Synthesizer) -> SpeechRequest:
        """Build the request.

        Raises:
            RequestError: if it cannot be spoken.
        """
        return SpeechRequest(
            text=self.text or "",
            voice=self.voice or synthesizer.checkpoint.voices.default,
            speed=self.speed,
            language=self.language or None,
            seed=self.seed or 0,
            lexicon=self.lexicon or "",
            phonemes=self.edited if self.phonemes_active else None,
            pause_scale=1.0 if self.pause_scale is None else self.pause_scale,
            even_loudness=bool(self.even_loudness),
            untouched=bool(self.untouched),
            cast=self.cast or "",
        )

    @classmethod
    def of(cls, request: SpeechRequest) -> RequestFields:
        """The fields that make `request`."""
        edited = request.phonemes or ""
        text = f"<speak>{request.text}</speak>" if request.ssml else request.text
        return cls(
            text=text,
            voice=request.voice,
            speed=request.speed,
            language=request.language or "",
            seed=request.seed,
            lexicon=request.lexicon,
            edited=edited,
            edited_for=text if edited else None,
            pause_scale=request.pause_scale,
            even_loudness=request.even_loudness,
            untouched=request.untouched,
            cast=request.cast,
        )

    @classmethod
    def from_json(cls, kept: str) -> RequestFields:
        """Fields that the browser kept as a JSON object; names it does not know are ignored.

        Raises:
            ValueError: if it is something else.
        """
        try:
            values = json.loads(kept)
        except RecursionError:
            values = None
        if not isinstance(values, dict):
            raise ValueError("not an object")
        known = {name: value for name, value in values.items() if name in cls._fields}
        for name, value in known.items():
            kind = int | float if name in NUMBERS else bool if name in SWITCHES else str
            if value is not None and not isinstance(value, kind):
                raise ValueError(f"{name} is of another kind")
        return cls(**known)


def split_fields(values: Sequence[Any]) -> tuple[RequestFields, Sequence[Any]]:
    """The fields at the head of an event's values, and the values after them."""
    count = len(RequestFields._fields)
    return RequestFields(*values[:count]), values[count:]


def updates(**changes: Any) -> list[Any]:
    """What an event returns for the page's fields: new values for those named, the others unchanged."""
    unknown = set(changes) - set(RequestFields._fields)
    assert not unknown, f"no such fields: {unknown}"
    return [changes.get(name, gr.skip()) for name in RequestFields._fields]


def fields_js(script: str, *others: str) -> str:
    """A browser function over the values of `others` and then of the fields, which `script` sees as one object,
    `fields`; what it returns is the event's value."""
    names = json.dumps(RequestFields._fields)
    arguments = ", ".join([*others, "...values"])
    build = f"Object.fromEntries({names}.map((name, at) => [name, values[at]]))"
    return f"({arguments}) => {{ const fields = {build}; {script} }}"


class Argument(NamedTuple):
    """An argument of the endpoints for programs: its default, and what the API page says of it."""

    default: Any
    label: str


def _argument(name: str, field: Field) -> Argument:
    # The voice's own language, and the checkpoint's best voice, are chosen by an empty text.
    blank = f'; "" for {field.blank}' if field.blank else ""
    return Argument("" if field.kind is str else DEFAULTS[name], f"{field.title}: {field.help}{blank}")


# By the names of `SpeechRequest`, in the order in which endpoints take them.
ARGUMENTS = {name: _argument(name, field) for name, field in FIELDS.items()}


def argument_components(*names: str) -> list[Any]:
    """The components of arguments, all of them by default; a text has no default value."""
    return [_component(name, ARGUMENTS[name]) for name in names or ARGUMENTS]


def request_from(values: Mapping[str, Any], default_voice: str) -> SpeechRequest:
    """Build a request from a program's untrusted values by name; "" and None select the default.

    Raises:
        RequestError: if it cannot be spoken.
    """
    given = {name: values[name] for name in ARGUMENTS if name in values and not _is_default(values[name])}
    given |= {name: whole_number(name, given[name]) for name in names_of(int) if name in given}
    return SpeechRequest(**{"text": "", "voice": default_voice, **given})


def takes_arguments(handler: Callable[..., Any], names: Sequence[str], *before: str) -> Callable[..., Any]:
    """`handler`, which takes the values of `before` and then one mapping, as a function of named arguments: what the
    API page documents and `gradio_client` calls."""

    @wraps(handler)
    def endpoint(*values: Any) -> Any:
        count = len(before)
        return handler(*values[:count], dict(zip(names, values[count:], strict=True)))

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter(name, kind) for name in before]
    for name in names:
        default = ARGUMENTS[name].default if name != "text" else inspect.Parameter.empty
        parameters.append(inspect.Parameter(name, kind, default=default))
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return endpoint


def with_defaults(endpoint: Callable[..., Any], values: Sequence[Any]) -> list[Any]:
    """The values of an endpoint's arguments in order, and the declared defaults of those after them. An endpoint that
    gained an argument thus goes on serving the programs that were written before.

    Raises:
        RequestError: naming the arguments that have no default.
    """
    parameters = list(inspect.signature(endpoint).parameters.values())[len(values) :]
    needed = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    if needed:
        raise RequestError(f"This endpoint also needs: {', '.join(needed)}.")
    return [*values, *(parameter.default for parameter in parameters)]


def whole_number(name: str, value: Any) -> int:
    """JSON has one kind of number: 7.0 is 7; 7.5 and texts are refused.

    Raises:
        RequestError: if it is not a whole number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value % 1:
        raise RequestError(f"The {name} must be a whole number.")
    return int(value)


def _component(name: str, argument: Argument) -> Any:
    if isinstance(argument.default, bool):
        return gr.Checkbox(argument.default, label=argument.label)
    if isinstance(argument.default, int | float):
        return gr.Number(argument.default, label=argument.label)
    return gr.Textbox(label=argument.label) if name == "text" else gr.Textbox(argument.default, label=argument.label)


def _is_default(value: Any) -> bool:
    return value is None or value == ""
