"""The page. It knows Gradio, and nothing below it does."""

from kokoro_demo.ui.page import build_page, launch

__all__ = ["build_page", "launch"]
