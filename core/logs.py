"""JSON logs without personal data: time, level, event, request id; never a body, a query, an address or a name."""

import logging
import sys
import traceback

import msgspec

from core.clock import machine_now

LOG = logging.getLogger("bekwaam")
EXTRA = ("request_id", "sqlstate")
"""What a line may say beside its event; anything else that is given along is left out."""


class Answer(msgspec.Struct, kw_only=True):
    """What the log says of one request; its route is the template, never the path itself."""

    at: str
    level: str = "info"
    logger: str = "bekwaam"
    event: str = "request"
    request_id: str
    method: str
    route: str
    status: int
    ms: float


def answered(*, request_id: str, method: str, route: str, status: int, seconds: float) -> None:
    """One line for one answer, written at once: the machinery of logging costs several times what the line does."""
    for handler in LOG.handlers if LOG.isEnabledFor(logging.INFO) else ():
        if isinstance(handler.formatter, JsonLines) and isinstance(handler, logging.StreamHandler):
            ms = round(seconds * 1000, 1)
            line = Answer(at=_now(), request_id=request_id, method=method, route=route, status=status, ms=ms)
            handler.stream.write(msgspec.json.encode(line).decode() + "\n")
            handler.stream.flush()


def _now() -> str:
    return machine_now().isoformat(timespec="milliseconds")


class JsonLines(logging.Formatter):
    """One JSON object a line; of an exception the kind and the places, not its text, which may quote a row."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _now(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: told for name in EXTRA if (told := getattr(record, name, None))}
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
    LOG.handlers[:] = [handler]
    LOG.setLevel(level)
    LOG.propagate = False
