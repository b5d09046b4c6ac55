"""Cleaning that comes before the rules: markup, HTML, Unicode, Markdown and quotation marks."""
