"""Serves one of the pages of `benchmarks.page`: ``python -m benchmarks.page_server ours|plain``.

Both have already spoken the text before a visitor arrives, so that the model takes no time.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr

from kokoro_demo.audio import to_int16
from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.speech import SAMPLE_RATE, SpeechRequest
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.backend import LoadedBackend
from kokoro_demo.ui.examples import FIRST_TEXT


def backend_of(checkpoint: str) -> LoadedBackend:
    """Return a backend with the checkpoint loaded."""
    loader = BackgroundLoader(checkpoint)
    loader.load_now()
    return LoadedBackend(loader)


def serve_ours(checkpoint: str) -> str:
    """Serve this package's page, with the page's text in the cache of phrases; returns its address."""
    backend = backend_of(checkpoint)
    synthesizer = backend.synthesizer()
    synthesizer.speak(SpeechRequest(FIRST_TEXT, synthesizer.checkpoint.voices.default))
    return str(launch(build_page(backend), prevent_thread_lock=True, quiet=True)[1])


def serve_plain(checkpoint: str) -> str:
    """Serve a page like the first one in Gradio's guide, with the same speech; returns its address."""
    synthesizer = backend_of(checkpoint).synthesizer()
    voices = synthesizer.checkpoint.voices
    sound = to_int16(synthesizer.speak(SpeechRequest(FIRST_TEXT, voices.default)).audio)

    def speak(text: str, voice: str, speed: float) -> tuple[int, object]:
        return SAMPLE_RATE, sound

    with gr.Blocks(title="Plain") as page:
        text = gr.Textbox(FIRST_TEXT, label="Text", lines=5)
        voice = gr.Dropdown(list(voices.names()), value=voices.default, label="Voice")
        speed = gr.Slider(0.5, 2, value=1, label="Speed")
        button = gr.Button("Speak", variant="primary")
        heard = gr.Audio(label="Speech", autoplay=True)
        button.click(speak, [text, voice, speed], heard)
    return str(page.launch(prevent_thread_lock=True, quiet=True)[1])


PAGES: dict[str, Callable[[str], str]] = {"ours": serve_ours, "plain": serve_plain}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.page_server", description=__doc__)
    options.add_argument("page", choices=PAGES)
    options.add_argument("--checkpoint", default="builtin", help="see KOKORO_CHECKPOINT")
    chosen = options.parse_args()
    tune_process()
    print(PAGES[chosen.page](chosen.checkpoint), flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
