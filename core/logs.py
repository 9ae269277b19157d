"""JSON logs without personal data: time, level, event, request id; never a body, a query, an address or a name."""

import logging
import sys
import traceback

import msgspec

from core.clock import machine_now


class JsonLines(logging.Formatter):
    """One JSON object a line; of an exception the kind and the places, not its text, which may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": machine_now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        for name in ("request_id", "method", "route", "status", "ms"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = [
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-12:]
            ]
        return msgspec.json.encode(line).decode()


def start_logging(level: int = logging.INFO) -> None:
    """Send the house's own log to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("bekwaam")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
