"""The tab "Programs": calls that can be copied, with this page's own address in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import gradio as gr
from gradio.context import Context

from kokoro_demo.ui.tab_purposes import show_purpose

if TYPE_CHECKING:
    from kokoro_demo.ui.desk import Desk

# Stands for the address of the page, which the browser puts in.
ADDRESS = "http://127.0.0.1:7860"
CURL = f"""\
curl {ADDRESS}/v1/audio/speech \\
  -H "Content-Type: application/json" \\
  -d '{{"model": "kokoro", "voice": "alloy", "input": "Hello there.", "response_format": "wav"}}' \\
  -o hello.wav"""
OPENAI = f"""\
from openai import OpenAI

client = OpenAI(base_url="{ADDRESS}/v1", api_key="none")
with client.audio.speech.with_streaming_response.create(
    model="kokoro", voice="nova", input="Hello there.", response_format="mp3"
) as response:
    response.stream_to_file("hello.mp3")"""
GRADIO = f"""\
from gradio_client import Client

client = Client("{ADDRESS}")
wav, details = client.predict(text="Hello there.", api_name="/generate")
print(wav, details["phonemes"])"""
PYTHON = """\
from kokoro_demo import generate_audio

speech = generate_audio("Hello there.")
speech.save("hello.wav")
print(speech.phonemes, speech.words)"""
EXAMPLES = {
    "curl": CURL,
    "OpenAI's Python client": OPENAI,
    "gradio_client": GRADIO,
    "Python, on your own machine": PYTHON,
}
OWN_ADDRESS_JS = f"""() => {{
  const own = location.href.split(/[?#]/)[0].replace(/\\/$/, "");
  return {json.dumps(list(EXAMPLES.values()))}.map((example) => example.replaceAll({json.dumps(ADDRESS)}, own));
}}"""


def build_programs_tab(desk: Desk) -> None:
    """Lay out the tab in the Blocks that is being built."""
    with gr.Tab("Programs", elem_id="programs"):
        show_purpose("Programs")
        gr.HTML(
            "<p>A program written for OpenAI's speech service needs only this base URL. "
            "Nothing that is sent here goes any further.</p>",
            apply_default_css=False,
        )
        shown = [
            gr.Code(example, label=name, language="shell" if name == "curl" else "python", interactive=False)
            for name, example in EXAMPLES.items()
        ]
    page = Context.root_block
    assert page is not None, "a tab is built into a page"
    page.load(fn=None, js=OWN_ADDRESS_JS, outputs=shown, queue=False, show_progress="hidden", api_visibility="private")
