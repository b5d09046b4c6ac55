"""The unit of work of a batch, and its result. Both can be sent to another process or machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from kokoro_demo.audio import encode
from kokoro_demo.commands.book import key_of, speak_part
from kokoro_demo.commands.kept_parts import Part
from kokoro_demo.errors import KokoroError
from kokoro_demo.formats import format_of
from kokoro_demo.speech import SpeechRequest

if TYPE_CHECKING:
    from kokoro_demo.synthesis.synthesizer import Synthesizer

# Part of a text's key. Increase it when the format of the files changes.
FORM = 1


@dataclass(frozen=True, slots=True)
class Speaker:
    """The model that speaks a batch. name, fingerprint: of its checkpoint."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Job:
    """A text, or a part of a chapter, to be spoken.

    key: identifies everything that determines the result.
    suffix: of the file to write; "" for a part, which is kept as FLAC.
    captions: the suffix of the captions; "" for none.
    """

    key: str
    request: SpeechRequest
    suffix: str = ""
    captions: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a job.

    sound, captions: the content of the files; empty if the text has no words, or there are no captions.
    part: for a part of a chapter.
    duration: in seconds.
    setting: the precision and threads (`Synthesizer.setting_of`).
    error: why it could not be spoken; "" if it was.
    """

    key: str
    speaker: Speaker
    sound: bytes = b""
    captions: bytes = b""
    part: Part | None = None
    duration: float = 0.0
    fingerprint: str = ""
    setting: str = ""
    warnings: tuple[str, ...] = ()
    error: str = ""


def text_job(request: SpeechRequest, suffix: str, captions: str, checkpoint: str) -> Job:
    """Make the job for a text that is spoken as one request. checkpoint: the fingerprint of the one that speaks."""
    return Job(key_of([FORM, checkpoint, asdict(request), suffix, captions]), request, suffix, captions)


def speaker_of(synthesizer: Synthesizer) -> Speaker:
    """Return the `Speaker` of a synthesizer."""
    return Speaker(synthesizer.checkpoint.name, synthesizer.checkpoint.fingerprint)


def run_job(synthesizer: Synthesizer, job: Job) -> Result:
    """Run a job. If its text cannot be spoken, the result says why."""
    nothing = Result(job.key, speaker_of(synthesizer))
    try:
        setting = synthesizer.setting_of(job.request)
        if not job.suffix:
            part, audio = speak_part(synthesizer, job.request)
            sound = b"" if audio is None else encode(audio, part.sample_rate, "flac")
            return replace(nothing, sound=sound, part=part, setting=setting)
        speech = synthesizer.speak(job.request)
    except KokoroError as error:
        return replace(nothing, error=str(error))
    return replace(
        nothing,
        sound=format_of(f"x.{job.suffix}").write(speech),
        captions=format_of(f"x.{job.captions}").write(speech) if job.captions else b"",
        duration=speech.duration,
        fingerprint=speech.fingerprint,
        setting=setting,
        warnings=speech.warnings,
    )
