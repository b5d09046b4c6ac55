"""The page is compressed for clients that accept gzip; nothing else changes."""

import httpx
import pytest

from kokoro_demo.ui import build_page, launch
from tests.ui.fakes import FakeBackend


@pytest.fixture(scope="module")
def url():
    page = build_page(FakeBackend())
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close()


def test_the_compressed_page_has_the_same_content(url):
    compressed = httpx.get(url, headers={"Accept-Encoding": "gzip"})
    plain = httpx.get(url, headers={"Accept-Encoding": "identity"})
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.num_bytes_downloaded < plain.num_bytes_downloaded / 3
    assert all("window.gradio_config" in answer.text for answer in (compressed, plain))
    assert abs(len(compressed.text) - len(plain.text)) < 100  # but for what is drawn for each visit


@pytest.mark.parametrize("path", ["config", "link-preview.png", "health"])
def test_other_responses_are_not_changed(url, path):
    answer = httpx.get(f"{url}{path}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_link_is_compressed_with_its_preview(url, method):
    answer = httpx.request(method, f"{url}?text=Hello+there.", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert ("“Hello there.”" in answer.text) == (method == "GET")


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip;q=0", False),
        ("br, GZIP ; q=0.000, identity", False),
        ("gzip;q=0, *;q=0.5", False),
        ("gzip;q=0.5", True),
        ("br;q=0, gzip", True),
    ],
)
def test_a_client_that_refuses_gzip_gets_the_page_uncompressed(url, accepted, compressed):
    answer = httpx.get(url, headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("content-encoding") == "gzip") == compressed
    assert "window.gradio_config" in answer.text
