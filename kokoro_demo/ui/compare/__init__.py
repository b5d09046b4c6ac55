"""The Compare tab, which plays the same text in up to four columns, and switches between them."""

from kokoro_demo.ui.compare.tab import build_compare_tab

__all__ = ["build_compare_tab"]
