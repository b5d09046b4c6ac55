"""From the tags of an SSML document to the segments of a script, in our own notation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import canonical_language, readable_language
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.script.cast import MAX_FACTOR, MIN_FACTOR, Cast, key_of
from kokoro_demo.script.segments import Script, tidy
from kokoro_demo.script.ssml.document import Tag, events_of, place_in_words
from kokoro_demo.script.ssml.gathering import Gathering, Manner
from kokoro_demo.script.ssml.say_as import KINDS
from kokoro_demo.script.ssml.table import NOTES, SERVED_ELEMENTS, serves_attribute
from kokoro_demo.script.ssml.values import (
    MOST_PHONEMES,
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


class Asked(NamedTuple):
    """Of the request: its voice, speed and language (None is the voice's own)."""

    voice: str
    speed: float
    language: str | None


@dataclass(slots=True)
class _Held:
    """An element whose text is replaced by something else. say: the replacement, in our notation."""

    depth: int
    start: int
    say: Callable[[str], str]
    texts: list[Traced] = field(default_factory=list)


def compile_ssml(text: str, cast: Cast, asked: Asked) -> Script:
    """The segments of an SSML document, each character with its place in the text as it was written.

    Raises:
        RequestError: if it is not well-formed (with line and column), says nothing, or has too many segments or voices.
    """
    compiler = _Compiler(text, cast, asked)
    compiler.run(events_of(text))
    segments = tidy(compiler.said.segments())
    if not any(sign.isalnum() for segment in segments for sign in segment.traced.text):
        raise RequestError("There is nothing in this SSML that can be spoken. Write some text between its tags.")
    return Script(segments, tuple(compiler.warnings), own_layout=True)


class _Compiler:
    def __init__(self, written: str, cast: Cast, asked: Asked) -> None:
        self.said = Gathering()
        self.warnings: dict[str, None] = {}
        self._noted: set[str] = set()
        self._written, self._cast, self._asked = written, cast, asked
        self._manners = [Manner()]
        self._held: _Held | None = None
        self._turns = 0

    def run(self, events: Iterable[Tag | Traced]) -> None:
        for event in events:
            if isinstance(event, Traced):
                self._text(event)
            elif event.opens:
                self._open(event)
            else:
                self._close(event)
        self.said.finish()

    def _open(self, tag: Tag) -> None:
        manner = self._manners[-1]
        name = tag.name
        if name not in SERVED_ELEMENTS:
            row = NOTES.get((name, "", ""))
            self._note(tag, f"<{name[:60]}>", row.note if row else "The text within it is spoken.")
        elif name not in _SILENT:
            self._check_attributes(tag)
        if name in _SILENT:
            manner = replace(manner, silent=True)
        elif manner.silent:
            pass
        elif name in ("p", "paragraph"):
            self.said.end_sentence("\n\n")
        elif name in ("s", "sentence"):
            self.said.end_sentence(" ")
        elif name == "break":
            self._break(tag)
        elif name in ("mark", "bookmark"):
            self.said.mark(tag.attributes.get("name" if name == "mark" else "mark", "").strip()[:100])
        elif name == "prosody":
            manner = self._prosody(tag, manner)
        elif name == "emphasis":
            manner = self._emphasis(tag, manner)
        elif name == "voice":
            manner = self._voice(tag, manner)
        elif name in ("sub", "phoneme", "say-as") and self._held is None:
            self._hold(tag, manner)
        if written := tag.attributes.get("xml:lang", ""):
            manner = self._language(tag, written, manner)
        elif name == "lang":
            self._note(tag, "<lang>", "It needs xml:lang; its text is read like the text before it.")
        self._manners.append(manner)

    def _close(self, tag: Tag) -> None:
        self._manners.pop()
        if self._held is not None and self._held.depth == len(self._manners):
            held, self._held = self._held, None
            self._replaced(held, tag.start)
        if self._manners[-1].silent:
            return
        if tag.name in ("p", "paragraph", "s", "sentence"):
            self.said.end_sentence("\n\n" if tag.name[0] == "p" else " ")

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
        self.said.pause(seconds, tag.start, tag.end)

    def _prosody(self, tag: Tag, manner: Manner) -> Manner:
        written = tag.attributes.get("rate")
        if written is None:
            return manner
        rate = rate_of(written)
        if rate is None:
            self._note(tag, f"The rate {written[:40]!r}", "A rate is like 0.9, 90%, +10% or slow.")
            return manner
        speed = manner.speed * rate
        spoken = min(max(self._asked.speed * speed, 0.5), 2.0)
        if abs(spoken - self._asked.speed * speed) > 1e-6:
            self._note(
                tag, f"The rate {written[:40]!r}", f"It is spoken at the speed {spoken:g}, the nearest possible."
            )
        return replace(manner, speed=float(f"{min(max(speed, MIN_FACTOR), MAX_FACTOR):.4g}"))

    def _emphasis(self, tag: Tag, manner: Manner) -> Manner:
        level = tag.attributes.get("level", "moderate").strip().lower()
        if level not in STRESSES:
            self._note(tag, f"The level {level[:40]!r} of <emphasis>", "It is strong, moderate, none or reduced.")
        return replace(manner, stress=STRESSES.get(level, ""))

    def _voice(self, tag: Tag, manner: Manner) -> Manner:
        name = tag.attributes.get("name", "").strip()
        language = tag.attributes.get("language", tag.attributes.get("languages", "")).split(" ")[0]
        gender = tag.attributes.get("gender", "")
        role = self._cast.get(key_of(name)) if name else None
        if role is not None:
            voice, speed, speaker = role.voice, manner.speed * role.speed, role.name
        elif alias := alias_of(name):
            voice, speed, speaker = alias.voice, manner.speed * alias.speed, ""
        else:
            voice, speed, speaker = (kokoro_voice(name) or "") if name else "", manner.speed, ""
            if not name and language:
                voice = self._voice_of_language(tag, language, gender)
            elif not voice:
                shown = f"The voice {name[:60]!r}" if name else "<voice> without a name"
                self._note(
                    tag, shown, "The voice stays as it was. Name one of Kokoro's, like af_heart, or one of the cast."
                )
        if not voice:
            return manner
        if (voice, speaker) != (manner.voice, manner.speaker):
            self._turns += 1
        return replace(manner, voice=voice, speed=speed, speaker=speaker, turn=self._turns, language="")

    def _voice_of_language(self, tag: Tag, language: str, gender: str) -> str:
        try:
            voice = voice_like(canonical_language(language), gender)
        except RequestError as error:
            self._note(tag, f"The language {language[:40]!r} of <voice>", str(error))
            return ""
        if voice is None:
            self._note(tag, f"A {gender[:20]} voice of {language[:40]!r}", "There is none; the voice stays as it was.")
        return voice or ""

    def _language(self, tag: Tag, written: str, manner: Manner) -> Manner:
        try:
            language = canonical_language(written)
        except RequestError as error:
            self._note(tag, f"xml:lang {written[:40]!r}", f"{error} The text is read like the text before it.")
            return manner
        own = readable_language(language_of_voice(manner.voice or self._asked.voice))
        if tag.name in ("speak", "voice"):
            # The language of the document: a voice of it keeps its accent, and the request's own language counts first.
            if self._asked.language:
                return manner
            language = "" if primary_language(own) == primary_language(language) else language
        elif "-" not in written.strip().replace("_", "-") and primary_language(own) == primary_language(language):
            language = ""
        return replace(manner, language=language)

    def _hold(self, tag: Tag, manner: Manner) -> None:
        attributes = tag.attributes
        say: Callable[[str], str] | None = None
        if tag.name == "sub" and attributes.get("alias", "").strip():
            say = _always(" ".join(attributes["alias"].split()))
        elif tag.name == "phoneme":
            say = self._phoneme(tag, attributes)
        elif tag.name == "say-as":
            kind = attributes.get("interpret-as", "").strip().lower()
            if kind in KINDS:
                language = (
                    manner.language or self._asked.language or language_of_voice(manner.voice or self._asked.voice)
                )
                say = _said_as(KINDS[kind], readable_language(language), attributes.get("format", ""))
            else:
                self._note(tag, f"interpret-as {kind[:40]!r}", "The text is read as usual. docs/ssml.md has the kinds.")
        if say is not None:
            self._held = _Held(len(self._manners), tag.end, say)

    def _phoneme(self, tag: Tag, attributes: Mapping[str, str]) -> Callable[[str], str] | None:
        alphabet = attributes.get("alphabet", "ipa").strip().lower() or "ipa"
        phonemes = phonemes_in(attributes.get("ph", ""))
        if alphabet not in ("ipa", "x-kokoro", "kokoro"):
            self._note(
                tag, f"The alphabet {alphabet[:40]!r} of <phoneme>", "ipa and x-kokoro are served; the text is read."
            )
            return None
        if not phonemes or len(phonemes) > MOST_PHONEMES:
            what = "<phoneme> without ph" if not phonemes else f"<phoneme> with more than {MOST_PHONEMES} phonemes"
            self._note(tag, what, "Its text is read.")
            return None
        return lambda text: f"[{text[:190] or phonemes[:190]}](/{phonemes}/)"

    def _text(self, traced: Traced) -> None:
        manner = self._manners[-1]
        if manner.silent:
            return
        if self._held is not None:
            self._held.texts.append(traced)
        else:
            self.said.text(traced, manner)

    def _replaced(self, held: _Held, end: int) -> None:
        """Say what a held element asks for, all of it at the place of the element's text."""
        start = held.texts[0].starts[0] if held.texts else held.start
        stop = held.texts[-1].ends[-1] if held.texts else end
        text = " ".join("".join(traced.text for traced in held.texts).replace("[", " ").replace("]", " ").split())
        self.said.instead(held.say(text), start, stop, self._manners[-1])

    def _note(self, tag: Tag, what: str, note: str) -> None:
        """Warn of something once, with its first place."""
        if what not in self._noted:
            self._noted.add(what)
            self.warnings[f"SSML, {place_in_words(self._written, tag.start)}: {what} is not supported. {note}"] = None


def _always(words: str) -> Callable[[str], str]:
    return lambda text: words


def _said_as(kind: Callable[[str, str, str], str], language: str, form: str) -> Callable[[str], str]:
    return lambda text: kind(text, language, form)
