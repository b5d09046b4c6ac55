"""The page. Only this package uses Gradio."""

from kokoro_demo.ui.backend import open_backend
from kokoro_demo.ui.page import build_page, launch
from kokoro_demo.ui.serving import serve

__all__ = ["build_page", "launch", "open_backend", "serve"]
