"""The fields of a request by name: as a visitor fills them in on the page, and as an API client sends them.

To add a field to `SpeechRequest`, add it to `RequestFields` and to the table in `request_fields`: links, events,
scripts, and endpoints derive theirs from these two.
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

    voice: None selects the checkpoint's default voice.
    language: "" selects the voice's own.
    edited: phonemes that a visitor edited; spoken instead of the text while `phonemes_active` is true.
    edited_for: the text that the edited phonemes belong to; None if they are not in use.
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
        """Whether the edited phonemes are spoken: there are some, and the text has not changed since."""
        return bool(self.edited and self.edited.strip()) and self.text == self.edited_for

    def request(self, synthesizer: Synthesizer) -> SpeechRequest:
        """Build the request.

        Raises:
            RequestError: if a value is invalid.
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
        """Return the fields from which `request` can be built."""
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
        """Parse the JSON object that the browser stored. Unknown names are ignored.

        Raises:
            ValueError: if it is not such an object, or a value has the wrong type.
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
                raise ValueError(f"{name} has the wrong type")
        return cls(**known)


def split_fields(values: Sequence[Any]) -> tuple[RequestFields, Sequence[Any]]:
    """Split an event's values into the request fields, which come first, and the values after them."""
    count = len(RequestFields._fields)
    return RequestFields(*values[:count]), values[count:]


def updates(**changes: Any) -> list[Any]:
    """Return an event's outputs for the page's fields: new values for those named, the others unchanged."""
    unknown = set(changes) - set(RequestFields._fields)
    assert not unknown, f"no such fields: {unknown}"
    return [changes.get(name, gr.skip()) for name in RequestFields._fields]


def fields_js(script: str, *others: str) -> str:
    """Return a browser function whose arguments are `others`, then the values of the request fields. `script` sees the
    fields as one object, `fields`; what it returns becomes the event's value."""
    names = json.dumps(RequestFields._fields)
    arguments = ", ".join([*others, "...values"])
    build = f"Object.fromEntries({names}.map((name, at) => [name, values[at]]))"
    return f"({arguments}) => {{ const fields = {build}; {script} }}"


class Argument(NamedTuple):
    """An argument of the API endpoints: its default, and its description on the API page."""

    default: Any
    label: str


def _argument(name: str, field: Field) -> Argument:
    # An empty string selects the voice's own language, and the checkpoint's default voice.
    blank = f'; "" for {field.blank}' if field.blank else ""
    return Argument("" if field.kind is str else DEFAULTS[name], f"{field.title}: {field.help}{blank}")


# By the names of `SpeechRequest`, in the order of the endpoints' parameters.
ARGUMENTS = {name: _argument(name, field) for name, field in FIELDS.items()}


def argument_components(*names: str) -> list[Any]:
    """Build the components of these arguments, or of all; the text alone has no default value."""
    return [_component(name, ARGUMENTS[name]) for name in names or ARGUMENTS]


def request_from(values: Mapping[str, Any], default_voice: str) -> SpeechRequest:
    """Build a request from an API client's untrusted values by name; "" and None select the default.

    Raises:
        RequestError: if a value is invalid.
    """
    given = {name: values[name] for name in ARGUMENTS if name in values and not _is_default(values[name])}
    given |= {name: whole_number(name, given[name]) for name in names_of(int) if name in given}
    return SpeechRequest(**{"text": "", "voice": default_voice, **given})


def takes_arguments(handler: Callable[..., Any], names: Sequence[str], *before: str) -> Callable[..., Any]:
    """Wrap `handler`, which takes the values of `before` and then one mapping, in a function with named parameters: the
    API page documents those, and `gradio_client` calls them by name."""

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
    """Append the declared defaults of the arguments that a caller left out at the end. Thus clients written before an
    endpoint gained an argument keep working.

    Raises:
        RequestError: if arguments without a default are missing; it names them.
    """
    parameters = list(inspect.signature(endpoint).parameters.values())[len(values) :]
    needed = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    if needed:
        raise RequestError(f"This endpoint also needs: {', '.join(needed)}.")
    return [*values, *(parameter.default for parameter in parameters)]


def whole_number(name: str, value: Any) -> int:
    """Convert a JSON number to an int: JSON has only one type of number, so 7.0 is 7; 7.5 and strings are refused.

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
