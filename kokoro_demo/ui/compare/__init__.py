"""The tab "Compare": the same text in up to four columns, heard against each other."""

from kokoro_demo.ui.compare.tab import build_compare_tab

__all__ = ["build_compare_tab"]
