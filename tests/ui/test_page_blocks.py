"""What browsers get of the page."""

import json
import re
from dataclasses import replace

import httpx
import pytest

from kokoro_demo.ui.model_status import STATUS_MARK, status_html
from kokoro_demo.ui.page import build_page, launch
from kokoro_demo.ui.style_sheet import PARENT
from tests.ui.fakes import FakeBackend


def config_in(page: str) -> dict:
    return json.loads(re.search(r"window\.gradio_config = (\{.*?\});</script>", page, re.DOTALL)[1])


def test_the_description_refers_to_no_code():
    assert json.dumps(build_page(FakeBackend()).get_config_file())


def test_browsers_get_no_component_that_only_programs_use(url):
    sent = config_in(httpx.get(url).text)
    shown, described = set(), {one["id"] for one in sent["components"]}

    def collect(node: dict) -> None:
        shown.add(node["id"])
        for child in node.get("children", []):
            collect(child)

    collect(sent["layout"])
    assert described <= shown
    assert "audio" not in {one["type"] for one in sent["components"]}
    assert any(one["type"] == "audio" for one in httpx.get(f"{url}config").json()["components"])


def test_the_current_status_is_in_the_html(url, backend):
    def shown() -> str:
        components = config_in(httpx.get(url).text)["components"]
        return next(one["props"]["value"] for one in components if one["props"].get("elem_id") == "status")

    assert shown() == status_html(backend.status())
    backend.state = replace(backend.state, name="</script>'\\\"&")
    assert shown() == status_html(backend.status())
    assert STATUS_MARK not in httpx.get(url).text


@pytest.mark.parametrize("path", ["", "kokoro/", "kokoro"])
def test_below_a_path_the_page_is_complete_whether_or_not_a_proxy_leaves_the_path(path):
    page = build_page(FakeBackend())
    _, url, _ = launch(page, prevent_thread_lock=True, quiet=True, root_path="/kokoro")
    html = httpx.get(f"{url}{path}", follow_redirects=True).text
    page.close()
    assert "window.gradio_config" in html
    assert "const CONFIG" in html
    assert PARENT in html
    assert "!--status--" not in html
