"""What the page's events have in common."""

from typing import Any

# Events that run the model share this one queue, so that they take turns.
SPEECH_SLOT = "speech"
# Events that are the page's own: no spinner over what they change, no entry in the list for programs.
OURS: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# Those of them that need no server.
IN_BROWSER: dict[str, Any] = {"fn": None, "queue": False, **OURS}
