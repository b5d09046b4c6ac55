"""Compiles an SSML document into the segments of a script, with our own marks in place of tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import canonical_language, readable_language
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.script.cast import MAX_FACTOR, MIN_FACTOR, Cast, key_of
from kokoro_demo.script.segments import Script, tidy
from kokoro_demo.script.ssml.builder import Delivery, SegmentBuilder
from kokoro_demo.script.ssml.document import Tag, events_of, place_in_words
from kokoro_demo.script.ssml.say_as import KINDS
from kokoro_demo.script.ssml.table import NOTES, SERVED_ELEMENTS, serves_attribute
from kokoro_demo.script.ssml.values import (
    MAX_PHONEMES,
    STRENGTHS,
    STRESSES,
    kokoro_voice,
    language_of_voice,
    phonemes_in,
    primary_language,
    rate_of,
    seconds_of,
    voice_like,
)
from kokoro_demo.text.clean.markup import LONGEST_PAUSE
from kokoro_demo.text.traced import Traced

_SILENT = ("desc", "metadata", "meta")
_ALWAYS = ("xmlns", "version", "xml:base", "xml:space", "xml:id", "id", "xsi:schemaLocation")


class RequestSettings(NamedTuple):
    """The voice, speed and language of the request; None means the voice's own language."""

    voice: str
    speed: float
    language: str | None


@dataclass(slots=True)
class _Replaced:
    """An element whose text is replaced. replacement: returns the replacement for the text, with our own marks."""

    depth: int
    start: int
    replacement: Callable[[str], str]
    texts: list[Traced] = field(default_factory=list)


def compile_ssml(text: str, cast: Cast, settings: RequestSettings) -> Script:
    """Return the segments of an SSML document, traced to the written text.

    Raises:
        RequestError: if it is not well-formed (with line and column), has nothing to speak, or has too many segments or
            voices.
    """
    compiler = _Compiler(text, cast, settings)
    compiler.run(events_of(text))
    segments = tidy(compiler.builder.segments())
    if not any(sign.isalnum() for segment in segments for sign in segment.traced.text):
        raise RequestError("There is nothing in this SSML that can be spoken. Write some text between its tags.")
    return Script(segments, tuple(compiler.warnings), own_layout=True)


class _Compiler:
    def __init__(self, written: str, cast: Cast, settings: RequestSettings) -> None:
        self.builder = SegmentBuilder()
        self.warnings: dict[str, None] = {}
        self._noted: set[str] = set()
        self._written, self._cast, self._settings = written, cast, settings
        self._deliveries = [Delivery()]
        self._replaced: _Replaced | None = None
        self._turns = 0

    def run(self, events: Iterable[Tag | Traced]) -> None:
        for event in events:
            if isinstance(event, Traced):
                self._text(event)
            elif event.opens:
                self._open(event)
            else:
                self._close(event)
        self.builder.finish()

    def _open(self, tag: Tag) -> None:
        delivery = self._deliveries[-1]
        name = tag.name
        if name not in SERVED_ELEMENTS:
            row = NOTES.get((name, "", ""))
            self._note(tag, f"<{name[:60]}>", row.note if row else "The text within it is spoken.")
        elif name not in _SILENT:
            self._check_attributes(tag)
        if name in _SILENT:
            delivery = replace(delivery, silent=True)
        elif delivery.silent:
            pass
        elif name in ("p", "paragraph"):
            self.builder.end_sentence("\n\n")
        elif name in ("s", "sentence"):
            self.builder.end_sentence(" ")
        elif name == "break":
            self._break(tag)
        elif name in ("mark", "bookmark"):
            self.builder.mark(tag.attributes.get("name" if name == "mark" else "mark", "").strip()[:100])
        elif name == "prosody":
            delivery = self._prosody(tag, delivery)
        elif name == "emphasis":
            delivery = self._emphasis(tag, delivery)
        elif name == "voice":
            delivery = self._voice(tag, delivery)
        elif name in ("sub", "phoneme", "say-as") and self._replaced is None:
            self._replace(tag, delivery)
        if written := tag.attributes.get("xml:lang", ""):
            delivery = self._language(tag, written, delivery)
        elif name == "lang":
            self._note(tag, "<lang> without xml:lang", "Its text is read like the text before it.")
        self._deliveries.append(delivery)

    def _close(self, tag: Tag) -> None:
        self._deliveries.pop()
        if self._replaced is not None and self._replaced.depth == len(self._deliveries):
            element, self._replaced = self._replaced, None
            self._add_replacement(element, tag.start)
        if self._deliveries[-1].silent:
            return
        if tag.name in ("p", "paragraph", "s", "sentence"):
            self.builder.end_sentence("\n\n" if tag.name[0] == "p" else " ")

    def _check_attributes(self, tag: Tag) -> None:
        for name in tag.attributes:
            if name.partition(":")[0] in _ALWAYS or name in _ALWAYS or serves_attribute(tag.name, name):
                continue
            row = NOTES.get((tag.name, name, ""))
            self._note(tag, f"{name[:60]} of <{tag.name}>", row.note if row else "It changes nothing.")

    def _break(self, tag: Tag) -> None:
        time, strength = tag.attributes.get("time", ""), tag.attributes.get("strength", "medium").strip().lower()
        seconds = seconds_of(time) if time else STRENGTHS.get(strength)
        if seconds is None:
            self._note(
                tag, f"<break> with {(time or strength)[:40]!r}", "A time is like 500ms or 1.5s; 0.4 s are spoken."
            )
            seconds = STRENGTHS["medium"]
        elif seconds > LONGEST_PAUSE:
            self._note(tag, f"<break> of {seconds:g} s", f"A pause lasts {LONGEST_PAUSE:g} s at most.")
        self.builder.pause(seconds, tag.start, tag.end)

    def _prosody(self, tag: Tag, delivery: Delivery) -> Delivery:
        written = tag.attributes.get("rate")
        if written is None:
            return delivery
        rate = rate_of(written)
        if rate is None:
            self._note(tag, f"The rate {written[:40]!r}", "A rate is like 0.9, 90%, +10% or slow.")
            return delivery
        speed = delivery.speed * rate
        spoken = min(max(self._settings.speed * speed, 0.5), 2.0)
        if abs(spoken - self._settings.speed * speed) > 1e-6:
            self._note(
                tag, f"The rate {written[:40]!r}", f"It is spoken at the speed {spoken:g}, the nearest possible."
            )
        return replace(delivery, speed=float(f"{min(max(speed, MIN_FACTOR), MAX_FACTOR):.4g}"))

    def _emphasis(self, tag: Tag, delivery: Delivery) -> Delivery:
        level = tag.attributes.get("level", "moderate").strip().lower()
        if level not in STRESSES:
            self._note(tag, f"The level {level[:40]!r} of <emphasis>", "It is strong, moderate, none or reduced.")
        return replace(delivery, stress=STRESSES.get(level, ""))

    def _voice(self, tag: Tag, delivery: Delivery) -> Delivery:
        name = tag.attributes.get("name", "").strip()
        language = tag.attributes.get("language", tag.attributes.get("languages", "")).split(" ")[0]
        gender = tag.attributes.get("gender", "")
        role = self._cast.get(key_of(name)) if name else None
        if role is not None:
            voice, speed, speaker = role.voice, delivery.speed * role.speed, role.name
        elif alias := alias_of(name):
            voice, speed, speaker = alias.voice, delivery.speed * alias.speed, ""
        else:
            voice, speed, speaker = (kokoro_voice(name) or "") if name else "", delivery.speed, ""
            if not name and language:
                voice = self._voice_of_language(tag, language, gender)
            elif not voice:
                shown = f"The voice {name[:60]!r}" if name else "<voice> without a name"
                self._note(
                    tag, shown, "The voice stays as it was. Name one of Kokoro's, like af_heart, or one of the cast."
                )
        if not voice:
            return delivery
        if (voice, speaker) != (delivery.voice, delivery.speaker):
            self._turns += 1
        return replace(delivery, voice=voice, speed=speed, speaker=speaker, turn=self._turns, language="")

    def _voice_of_language(self, tag: Tag, language: str, gender: str) -> str:
        try:
            voice = voice_like(canonical_language(language), gender)
        except RequestError as error:
            self._note(tag, f"The language {language[:40]!r} of <voice>", str(error))
            return ""
        if voice is None:
            self._note(tag, f"A {gender[:20]} voice of {language[:40]!r}", "There is none; the voice stays as it was.")
        return voice or ""

    def _language(self, tag: Tag, written: str, delivery: Delivery) -> Delivery:
        try:
            language = canonical_language(written)
        except RequestError as error:
            self._note(tag, f"xml:lang {written[:40]!r}", f"{error} The text is read like the text before it.")
            return delivery
        voice_language = readable_language(language_of_voice(delivery.voice or self._settings.voice))
        if tag.name in ("speak", "voice"):
            # The language of the document. The request's own language takes precedence, and a voice of this language
            # keeps its accent.
            if self._settings.language:
                return delivery
            language = "" if primary_language(voice_language) == primary_language(language) else language
        elif "-" not in written.strip().replace("_", "-") and primary_language(voice_language) == primary_language(
            language
        ):
            language = ""
        return replace(delivery, language=language)

    def _replace(self, tag: Tag, delivery: Delivery) -> None:
        attributes = tag.attributes
        replacement: Callable[[str], str] | None = None
        if tag.name == "sub" and attributes.get("alias", "").strip():
            replacement = _always(" ".join(attributes["alias"].split()))
        elif tag.name == "phoneme":
            replacement = self._phoneme(tag, attributes)
        elif tag.name == "say-as":
            kind = attributes.get("interpret-as", "").strip().lower()
            if kind in KINDS:
                language = (
                    delivery.language
                    or self._settings.language
                    or language_of_voice(delivery.voice or self._settings.voice)
                )
                replacement = _say_as(KINDS[kind], readable_language(language), attributes.get("format", ""))
            else:
                self._note(tag, f"interpret-as {kind[:40]!r}", "The text is read as usual. docs/ssml.md has the kinds.")
        if replacement is not None:
            self._replaced = _Replaced(len(self._deliveries), tag.end, replacement)

    def _phoneme(self, tag: Tag, attributes: Mapping[str, str]) -> Callable[[str], str] | None:
        alphabet = attributes.get("alphabet", "ipa").strip().lower() or "ipa"
        phonemes = phonemes_in(attributes.get("ph", ""))
        if alphabet not in ("ipa", "x-kokoro", "kokoro"):
            self._note(
                tag, f"The alphabet {alphabet[:40]!r} of <phoneme>", "ipa and x-kokoro are served; the text is read."
            )
            return None
        if not phonemes or len(phonemes) > MAX_PHONEMES:
            what = "<phoneme> without ph" if not phonemes else f"<phoneme> with more than {MAX_PHONEMES} phonemes"
            self._note(tag, what, "Its text is read.")
            return None
        return lambda text: f"[{text[:190] or phonemes[:190]}](/{phonemes}/)"

    def _text(self, traced: Traced) -> None:
        delivery = self._deliveries[-1]
        if delivery.silent:
            return
        if self._replaced is not None:
            self._replaced.texts.append(traced)
        else:
            self.builder.text(traced, delivery)

    def _add_replacement(self, element: _Replaced, end: int) -> None:
        """Add the replacement for the text of an element, traced to that text."""
        texts = element.texts
        start = texts[0].starts[0] if texts else element.start
        stop = texts[-1].ends[-1] if texts else end
        text = " ".join("".join(traced.text for traced in texts).replace("[", " ").replace("]", " ").split())
        self.builder.replacement(element.replacement(text), start, stop, self._deliveries[-1])

    def _note(self, tag: Tag, what: str, note: str) -> None:
        """Warn of something once, with its first position."""
        if what not in self._noted:
            self._noted.add(what)
            self.warnings[f"SSML, {place_in_words(self._written, tag.start)}: {what} is not supported. {note}"] = None


def _always(words: str) -> Callable[[str], str]:
    return lambda text: words


def _say_as(kind: Callable[[str, str, str], str], language: str, form: str) -> Callable[[str], str]:
    return lambda text: kind(text, language, form)
