"""JSON text in, JSON text out: one request or an array of them, each answered in its place."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from register.rules.reading import Wrong

ALL_READ, SOME_UNREAD, NOTHING_READ = 0, 1, 2
"""Exit codes of a calculator."""

Answer = dict[str, object]


def run(text: str, answer: Callable[[object], Answer], most: int | None = None) -> tuple[str, int]:
    """The answers as JSON (ASCII) with the exit code; an array of more than `most` is not taken ("too-many")."""
    try:
        read = json.loads(
            text.removeprefix("\ufeff"), parse_float=_decimal, parse_int=_integer, parse_constant=_no_constant
        )
    except RecursionError:
        return _unread("too-deep", "nest less deeply")
    except ValueError:
        return _unread("not-json", "send one JSON object, or an array of them")
    if not isinstance(read, list):
        only = answer(read)
        return json.dumps(only, indent=2), NOTHING_READ if "errors" in only else ALL_READ
    if most is not None and len(read) > most:
        return _unread("too-many", f"send {most} at most")
    answers = [answer(item) for item in read]
    unread = sum("errors" in each for each in answers)
    code = ALL_READ if not unread else NOTHING_READ if unread == len(answers) else SOME_UNREAD
    return json.dumps(answers, indent=2), code


def errors(wrong: Iterable[Wrong]) -> Answer:
    """What an item answers that cannot be read."""
    return {"errors": [each.as_dict() for each in wrong]}


def _unread(code: str, detail: str) -> tuple[str, int]:
    return json.dumps(errors([Wrong("", code, detail)]), indent=2), NOTHING_READ


def _integer(digits: str) -> int:
    """Digits beyond 64 bits are cut: still too many to be taken, and no work to count."""
    return int(digits[:25])


def _decimal(written: str) -> Decimal:
    """A number whose exponent no decimal holds is no number: out of every range."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal("NaN")


def _no_constant(name: str) -> object:
    raise ValueError(name)
