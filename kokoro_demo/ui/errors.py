"""The message that a visitor sees when something fails, and the part of it that may be logged."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.errors import KokoroError
from kokoro_demo.text.clean.surrogates import whole_characters

CLOSING = "The server is shutting down. Try again in a minute."
UNEXPECTED = "Something went wrong in the program, not in your text. Try again, or reload the page."

log = logging.getLogger(__name__)


def explain(error: Exception) -> str:
    """Return a message for the visitor.

    Of unexpected errors only the type and location are logged: their own message may contain a visitor's text.
    """
    if isinstance(error, KokoroError):
        return str(error)
    if isinstance(error, gr.Error):
        return str(error.message)
    frames = traceback.extract_tb(error.__traceback__)[-5:]
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    log.error("%s at %s", type(error).__name__, places)
    return UNEXPECTED


def in_whole_characters(values: Any) -> Any:
    """Remove halves of characters (see `whole_characters`) from all strings in a JSON value that a visitor sent."""
    if isinstance(values, str):
        return whole_characters(values)
    if isinstance(values, list):
        return [in_whole_characters(value) for value in values]
    if isinstance(values, dict):
        return {in_whole_characters(key): in_whole_characters(value) for key, value in values.items()}
    return values


def shown(error: Exception) -> gr.Error:
    """Return the same message as an error that Gradio shows to the caller of an endpoint and does not log."""
    return gr.Error(explain(error), print_exception=False)
