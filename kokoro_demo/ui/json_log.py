"""The log as JSON, one object a line, for those who collect logs: ``KOKORO_LOG=json``."""

from __future__ import annotations

import json
import logging
import os
from datetime import datetime, timezone

VARIABLE = "KOKORO_LOG"


class JsonFormatter(logging.Formatter):
    """A record as an object on one line. Of an exception, only the type is logged: its message may hold a text."""

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


def log_as_json_if_asked() -> None:
    """Have the whole process log as JSON if the environment says so. For the app alone."""
    if os.environ.get(VARIABLE, "").strip().lower() == "json":
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
