"""The ways in which the house says no; each carries a stable code, never a sentence.

Sentences stand in the gettext catalogues. A fact is an id, a code, a number or a day: never a name.
"""

from collections.abc import Mapping, Sequence


class Code(str):
    """A code of one field with the facts of its sentence: it goes wherever a code goes."""

    __slots__ = ("facts",)

    def __new__(cls, code: str, facts: Mapping[str, object]) -> "Code":
        made = super().__new__(cls, code)
        made.facts = facts
        return made

    facts: Mapping[str, object]


class Problem(Exception):
    """Something that the caller must be told; `status` is the HTTP answer."""

    status = 500

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(Problem):
    """It does not exist, or this actor may not know that it does."""

    status = 404


class Forbidden(Problem):
    """The actor may see it and may not do this with it."""

    status = 403


class Refused(Problem):
    """A rule says no. 409 where the state forbids it, with the moves that are open."""

    status = 409

    def __init__(self, code: str, *, open_moves: Sequence[str] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.open_moves = tuple(open_moves)


class Invalid(Problem):
    """The input cannot be taken; `errors` maps a field to a code."""

    status = 400

    def __init__(self, code: str = "invalid-input", errors: Sequence[tuple[str, str]] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.errors = tuple(errors)


class Unauthenticated(Problem):
    """Nobody is signed in, or the proof of it does not hold."""

    status = 401


class Stale(Problem):
    """`If-Match` names another version than the one that stands."""

    status = 412


class PreconditionRequired(Problem):
    """A change without `If-Match`."""

    status = 428


class TooLarge(Problem):
    """More than we take in one message."""

    status = 413


class Unsupported(Problem):
    """A media type that this resource does not read."""

    status = 415


class TooMany(Problem):
    """Too often; `retry_after` in seconds."""

    status = 429

    def __init__(self, code: str, retry_after: int) -> None:
        super().__init__(code, retry_after=retry_after)
        self.retry_after = retry_after


class Busy(Problem):
    """Not now; the same request may succeed after `retry_after` seconds."""

    status = 503

    def __init__(self, code: str = "busy", retry_after: int = 1) -> None:
        super().__init__(code, retry_after=retry_after)
        self.retry_after = retry_after


class Full(Busy):
    """There is no room to keep it."""

    status = 507


class Mismatch(Problem):
    """The same `Idempotency-Key` with another request."""

    status = 422


class NotAcceptable(Problem):
    """The caller accepts no form that this resource has."""

    status = 406


class Unusable(Exception):
    """What the operator wrote cannot be worked with: one line for each mistake, with what would repair it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class Moved(Exception):
    """What was asked for under one number stands under another now (301)."""

    def __init__(self, before: str, now: str) -> None:
        super().__init__("moved")
        self.before = before
        self.now = now
