"""Options that the page's Gradio events share."""

from typing import Any

# The concurrency group of all events that run the model, so that they take turns.
SPEECH_SLOT = "speech"
# That of events that pronounce a text. They run no model, so they need not wait for other visitors\' speech.
PRONUNCIATION_SLOT: dict[str, Any] = {"concurrency_id": "pronunciation", "concurrency_limit": 2}
# For events that only the page uses: no spinner over their outputs, and not listed in the API.
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# For such events that run in the browser, without the server.
IN_BROWSER: dict[str, Any] = {"fn": None, "queue": False, **PRIVATE}
