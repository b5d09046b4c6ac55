"""What is hidden costs a visitor nothing."""

import gradio as gr

from kokoro_demo.ui import build_page
from kokoro_demo.ui.hidden import hidden
from tests.ui.fakes import FakeBackend


def test_each_component_is_hidden_by_itself():
    with gr.Blocks() as page, hidden():
        gr.Textbox()
        with gr.Row():
            gr.Audio()
    components = page.get_config_file()["components"]
    shown = {one["type"] for one in components if one["props"].get("visible", True) is not False}
    assert shown <= {"form"}  # Gradio's own, around fields


def test_the_page_shows_no_component_whose_script_it_does_not_need():
    components = build_page(FakeBackend()).get_config_file()["components"]
    shown = {one["type"] for one in components if one["props"].get("visible", True) is not False}
    assert not shown & {"audio", "json", "api", "file", "video", "image"}
