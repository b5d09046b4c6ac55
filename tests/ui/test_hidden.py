"""Hidden components add nothing to what a browser loads."""

import gradio as gr

from kokoro_demo.ui import build_page
from kokoro_demo.ui.hidden import hidden
from tests.ui.fakes import FakeBackend


def shown(components: list[dict]) -> set[str]:
    return {component["type"] for component in components if component["props"].get("visible", True) is not False}


def test_each_component_is_hidden_itself_and_not_wrapped_in_a_form():
    with gr.Blocks() as page, hidden():
        gr.Textbox()
        gr.Audio()
    config = page.get_config_file()
    assert shown(config["components"]) == set()
    (row,) = config["layout"]["children"]
    assert len(row["children"]) == 2


def test_components_for_programs_are_in_no_layout_but_can_be_called():
    with gr.Blocks() as page, hidden(for_programs=True):
        text = gr.Textbox()
        gr.Button().click(lambda text: text, text, text, api_name="echo")
    assert page.get_config_file()["layout"]["children"] == []
    assert "/echo" in page.get_api_info()["named_endpoints"]


def test_the_page_has_no_visible_component_with_a_large_script():
    components = build_page(FakeBackend()).get_config_file()["components"]
    assert not shown(components) & {"audio", "json", "api", "file", "video", "image"}
