"""What a chat shows of a link."""

import re

import httpx
import pytest

from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.link_preview import preview_tags
from tests.ui.fakes import FakeBackend


def tag(page: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)"', page)


@pytest.fixture(scope="module")
def url():
    page = build_page(FakeBackend())
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close()


def test_a_link_unfolds_with_its_text_and_voice_and_nothing_of_gradio(url):
    page = httpx.get(f"{url}?text=Hello+there.&voice=bf_emma").text
    assert tag(page, "og:title") == ["“Hello there.” in the voice Emma"]
    assert tag(page, "og:description") == ["Hello there."]
    assert tag(page, "og:url") == [f"{url}?text=Hello+there.&amp;voice=bf_emma"]
    head = page.partition("window.gradio_config")[0]
    assert "Click to try out" not in head
    assert "gradio.app" not in head
    assert "githubusercontent" not in head
    picture = httpx.get(tag(page, "og:image")[0])
    assert picture.headers["content-type"] == "image/png"


def test_the_page_itself_unfolds_in_general_words(url):
    page = httpx.get(url).text
    assert tag(page, "og:title") == ["Kokoro text to speech"]
    assert tag(page, "og:url") == [url]
    assert len(httpx.get(url).content) == int(
        httpx.get(url, headers={"Accept-Encoding": "identity"}).headers["content-length"]
    )


@pytest.mark.parametrize(
    "query", ['text="><script>alert(1)</script>', "text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", 'x="><script>']
)
def test_a_hostile_link_is_text(query):
    tags = preview_tags(query, "https://example.org/")
    assert "<script" not in tags
    assert all(line.startswith("<meta ") and line.endswith(" />") for line in tags.splitlines())


def test_a_long_text_is_shortened():
    tags = preview_tags("text=" + "word+" * 300, "https://example.org/")
    assert len(tag(tags, "og:title")[0]) < 80
    assert len(tag(tags, "og:description")[0]) <= 200
