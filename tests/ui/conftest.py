"""A page with a fake backend, served once per module."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

from collections.abc import Iterator

import pytest
from gradio_client import Client

from kokoro_demo.ui import build_page, launch
from tests.ui.fakes import FakeBackend


@pytest.fixture(scope="module")
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture(scope="module")
def url(backend: FakeBackend) -> Iterator[str]:
    page = build_page(backend)
    _, local_url, _ = launch(page, prevent_thread_lock=True, quiet=True)
    yield local_url
    page.close()


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    return Client(url, verbose=False)
