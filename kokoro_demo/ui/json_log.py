"""Logs as JSON, one object per line, for log collectors: ``KOKORO_LOG=json``."""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime, timezone

VARIABLE = "KOKORO_LOG"


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON. Exceptions are logged by type only: their message may quote a text."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        fields = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = record.exc_info[0].__name__
        return json.dumps(fields, ensure_ascii=False)


def configure_json_log() -> None:
    """Switch the whole process to JSON logs if the environment variable is set. Call it from the app only."""
    if os.environ.get(VARIABLE, "").strip().lower() == "json":
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
