"""The event handlers of Speak and Stop. While a speech is made, they update the player after every phrase."""

from __future__ import annotations

import base64
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr
import numpy as np

from kokoro_demo.audio import to_int16
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import MAX_CHARACTERS, SAMPLE_RATE, SpeechChunk, SpeechRequest
from kokoro_demo.ui.counts import count_html, warnings_html
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Run, Runs
from kokoro_demo.ui.spoken_text.word_items import spoken_text_of

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

NOT_LOADED_YET = (
    "No voice is available yet. Your text is kept: press Speak again once the top of the page says “ready”."
)
NOT_LOADED = "No voice is available now. Your text is kept: please tell whoever runs this page."
# Characters of a text that is read before anybody has seen a message about it.
READ_AT_ONCE = 2000
VOICE_FAILED = "This voice cannot speak now. Choose another one, or press Speak again in a moment."
# Replaces the audio of chunks that are kept for their other data; the run has the audio.
NO_AUDIO = np.zeros(0, np.float32)
log = logging.getLogger(__name__)

# The outputs of one step: the player's state, the words above their phonemes, the phonemes, their count, the spoken
# text, and the warnings.
Step = tuple[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class SpeechEvents:
    """The event handlers for all visitors of one page."""

    backend: Backend
    runs: Runs

    def check(self, *values: Any) -> list[dict[str, Any]]:
        """Refuse an empty or too long text before it enters the queue, with a message at its field.

        values: of `RequestFields`.
        """
        fields = RequestFields(*values)
        text, problem = fields.text or "", ""
        if not text.strip() and not fields.phonemes_active:
            problem = "Type some text first."
        elif len(text) > MAX_CHARACTERS:
            problem = (
                f"{len(text):,} characters: at most {MAX_CHARACTERS:,} can be spoken at once. Split it into "
                f"{-(-len(text) // MAX_CHARACTERS)} parts; whole books can be spoken by this program on your computer."
            )
        return [gr.validate(not problem, problem), *[gr.validate(True, "")] * (len(values) - 1)]

    def speak(self, request: gr.Request, *values: Any) -> Iterator[Step]:
        """Yield one step when the text has been read, one for each phrase, and one at the end. The player fetches the
        audio itself.

        values: of `RequestFields`.
        """
        run = self.runs.begin(request.session_hash or "")
        try:
            yield from self._steps(run, RequestFields(*values))
        except CheckpointError as error:
            log.warning("%s", error)  # names files, and says what to do about them: for the operator
            yield state_only(run, "failed", VOICE_FAILED)
        except Exception as error:
            yield state_only(run, "failed", explain(error))
        finally:
            run.finish()

    def stop(self, request: gr.Request) -> dict[str, Any]:
        """Stop making this visitor's speech. The phrases already made stay with the player."""
        run = self.runs.stop(request.session_hash or "")
        if run is None:
            return {"run": "", "state": "stopped", "message": "Stopped before it began. Press Speak to try again."}
        return player_state(run, "stopped", stopped_message(run))

    def leave(self, request: gr.Request) -> None:
        """Called when a visitor leaves: stops and forgets their speech."""
        self.runs.leave(request.session_hash or "")

    def phrase(self, wanted: dict[str, Any]) -> str | None:
        """Return a phrase to the player: 16-bit little-endian mono audio as base64, or None if it is no longer kept.

        wanted: ``{"run": id, "index": number}``.
        """
        run_id, index = (wanted.get("run"), wanted.get("index")) if isinstance(wanted, dict) else (None, None)
        if not isinstance(run_id, str) or not isinstance(index, int):
            return None
        sound = self.runs.phrase(run_id, index)
        return None if sound is None else base64.b64encode(sound).decode()

    def _steps(self, run: Run, fields: RequestFields) -> Iterator[Step]:
        try:
            synthesizer = self.backend.synthesizer()
        except CheckpointError:
            yield state_only(run, "failed", NOT_LOADED_YET if self.backend.status().fetching else NOT_LOADED)
            return
        if len(fields.text or "") > READ_AT_ONCE:
            yield state_only(run, "reading", "Reading the text.")
        request = fields.request(synthesizer)
        run.name = file_name(request)
        pronunciation = synthesizer.pronounce(request)
        yield (
            player_state(run, "reading", "Making the first sound."),
            spoken_text_of(pronunciation, synthesizer.language_of),
            pronunciation.phonemes if request.phonemes is None else gr.skip(),  # leaves edited phonemes unchanged
            count_html(pronunciation.phonemes),
            pronunciation.spoken,
            warnings_html(pronunciation.warnings),
        )
        began, samples, phonemes = time.perf_counter(), 0, 0
        chunks: list[SpeechChunk] = []
        run.set_source(synthesizer, request, pronunciation, chunks)
        for chunk in synthesizer.stream(request, run.stopped, pronunciation=pronunciation):
            samples += len(chunk.audio)
            chunks.append(replace(chunk, audio=NO_AUDIO))
            phonemes += len(chunk.phonemes)
            run.spoken += chunk.ends_phrase
            run.total = chunk.total
            run.share = min(1.0, phonemes / max(1, len(pronunciation.phonemes)))
            self.runs.add(run, to_int16(chunk.audio).astype("<i2").tobytes())
            message = "Speaking." if run.total == 1 else f"Speaking: phrase {chunk.index + 1} of {run.total}."
            count = count_html(pronunciation.phonemes, run.total) if chunk.index == 0 else gr.skip()
            yield player_state(run, "speaking", message), gr.skip(), gr.skip(), count, gr.skip(), gr.skip()
        if run.stopped():
            yield state_only(run, "stopped", stopped_message(run))
            return
        run.share = 1.0
        spent = time.perf_counter() - began
        made = f", made in {spent:.1f} s" if spent >= 0.05 else ""  # the sounds of an earlier request are reused
        message = f"{samples / SAMPLE_RATE:.1f} s of speech{made}."
        fingerprint = f"{synthesizer.fingerprint(request, pronunciation, chunks)} · {synthesizer.setting_of(request)}"
        count = count_html(pronunciation.phonemes, run.total, fingerprint)
        yield player_state(run, "done", message), gr.skip(), gr.skip(), count, gr.skip(), gr.skip()


def state_only(run: Run, state: str, message: str) -> Step:
    """A step that updates only the player."""
    return player_state(run, state, message), *[gr.skip()] * 5


def player_state(run: Run, state: str, message: str) -> dict[str, Any]:
    """What the player needs to know about a run. It is always complete, so that a busy browser may skip some.

    state: "reading", "speaking", "done", "stopped", or "failed".

    The result also has ``ready``, how many phrases can be fetched; and ``total``, ``share``, and ``name``, which `Run`
    describes.
    """
    return {
        "run": run.id,
        "state": state,
        "message": message,
        "ready": len(run.phrases),
        "total": run.total,
        "share": run.share,
        "name": run.name,
    }


def stopped_message(run: Run) -> str:
    """A message that says how far a stopped run got."""
    if not run.phrases:
        return "Stopped before anything was made. Press Speak to start again."
    reached = f"after {run.spoken}" if run.spoken else "in the first"
    return f"Stopped {reached} of {run.total} phrases; what was made can be played and downloaded."


def file_name(request: SpeechRequest) -> str:
    """A recognisable file name that is valid on every system: "kokoro-af_heart-the-quick-brown-fox.wav"."""
    words = [request.voice, *re.findall(r"\w+", request.text[:200].lower())[:6]]
    return "kokoro-" + "-".join(re.sub(r"\W+", "-", word).strip("-") for word in words)[:80] + ".wav"
