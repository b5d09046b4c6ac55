"""What is hidden costs a visitor nothing."""

import gradio as gr

from kokoro_demo.ui import build_page
from kokoro_demo.ui.hidden import hidden
from tests.ui.fakes import FakeBackend


def shown(components: list[dict]) -> set[str]:
    return {one["type"] for one in components if one["props"].get("visible", True) is not False}


def test_each_component_is_hidden_by_itself_and_without_a_form_around_it():
    with gr.Blocks() as page, hidden():
        gr.Textbox()
        gr.Audio()
    config = page.get_config_file()
    assert shown(config["components"]) == set()
    (row,) = config["layout"]["children"]
    assert len(row["children"]) == 2


def test_what_only_programs_use_is_in_no_layout_and_can_still_be_called():
    with gr.Blocks() as page, hidden(for_programs=True):
        text = gr.Textbox()
        gr.Button().click(lambda text: text, text, text, api_name="echo")
    assert page.get_config_file()["layout"]["children"] == []
    assert "/echo" in page.get_api_info()["named_endpoints"]


def test_the_page_shows_no_component_whose_script_it_does_not_need():
    components = build_page(FakeBackend()).get_config_file()["components"]
    assert not shown(components) & {"audio", "json", "api", "file", "video", "image"}
