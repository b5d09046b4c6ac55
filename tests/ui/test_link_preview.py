"""The link preview that chats show."""

import html
import io
import re

import httpx
import pytest
from PIL import Image

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


def test_a_link_preview_has_the_text_and_the_voice_and_nothing_of_gradio(url):
    page = httpx.get(f"{url}?text=Hello+there.&voice=bf_emma").text
    assert tag(page, "og:title") == ["“Hello there.” spoken by Emma, British woman"]
    assert tag(page, "og:description") == ["Hello there."]
    assert tag(page, "og:url") == [f"{url}?text=Hello+there.&amp;voice=bf_emma"]
    head = page.partition("window.gradio_config")[0]
    assert "Click to try out" not in head
    assert "gradio.app" not in head
    assert "githubusercontent" not in head
    assert tag(page, "og:image") == [f"{url}link-preview.png?text=Hello+there.&amp;voice=bf_emma"]


def picture_of(address: str) -> Image.Image:
    answer = httpx.get(html.unescape(address))
    assert answer.headers["content-type"] == "image/png"
    return Image.open(io.BytesIO(answer.content))


def test_the_picture_is_made_for_the_link(url):
    pictures = [
        picture_of(tag(httpx.get(f"{url}{query}").text, "og:image")[0])
        for query in (
            "",
            "?text=Hello+there.",
            "?text=Hello+there.&voice=bf_emma",
            "?text=" + "W" * 300,
            "?text=心と花",
        )
    ]
    assert {picture.size for picture in pictures} == {(1200, 630)}
    assert len({picture.tobytes() for picture in pictures}) == 5


@pytest.mark.parametrize(
    "query", ["text=" + "a" * 100_000, "text=%00%ff%ed%a0%80", "voice=%2B%2B&text=x", "text=" + "💥" * 50]
)
def test_hostile_queries_still_get_a_picture(url, query):
    assert picture_of(f"{url}link-preview.png?{query[:60_000]}").size == (1200, 630)


def test_the_page_without_a_link_has_a_generic_preview(url):
    page = httpx.get(url).text
    assert tag(page, "og:title") == ["Kokoro text to speech"]
    assert tag(page, "og:url") == [url]
    assert len(httpx.get(url).content) == int(
        httpx.get(url, headers={"Accept-Encoding": "identity"}).headers["content-length"]
    )


@pytest.mark.parametrize(
    "query", ['text="><script>alert(1)</script>', "text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", 'x="><script>']
)
def test_a_hostile_link_is_escaped(query):
    tags = preview_tags(query, "https://example.org/")
    assert "<script" not in tags
    assert all(line.startswith("<meta ") and line.endswith(" />") for line in tags.splitlines())


def test_a_long_text_is_shortened():
    tags = preview_tags("text=" + "word+" * 300, "https://example.org/")
    assert len(tag(tags, "og:title")[0]) < 80
    assert len(tag(tags, "og:description")[0]) <= 200
