"""What sign-in allows: how often one may guess, and how long a session lives.

PURE: moments come in as arguments, and they are the machine's (core.clock), never the legal moment.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

# After so many wrong guesses within a window, nobody may guess for so long. The second row holds guesses per account
# below ten an hour for as long as it takes (security.md R15; OWASP ASVS 5.0 v5.0.0-6.3.1).
LOCKS = (
    (5, timedelta(minutes=15), timedelta(minutes=15)),
    (10, timedelta(hours=1), timedelta(hours=1)),
)

# Older failures than these lock nobody any more.
FAILURE_WINDOW = max(window + pause for _, window, pause in LOCKS)

# NIST SP 800-63B-3 4.2.3 (AAL2), asked for by ASVS v5.0.0-7.3.1 and 7.3.2
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# How far two machines' clocks may differ before a session from the future is a forgery.
SKEW = timedelta(minutes=1)


def lock_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """The moment until which nobody may guess, or None.

    `failures`: the wrong guesses of at least the last FAILURE_WINDOW. Only guesses that were looked at: if an attempt
    during a lock were one, a stranger could prolong it for ever.
    """
    past = sorted(moment for moment in failures if moment <= now)
    ends = [
        last + pause
        for number, window, pause in LOCKS
        for first, last in zip(past, past[number - 1 :], strict=False)
        if last - first <= window
    ]
    until = max(ends, default=now)
    return until if until > now else None


def session_alive(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session still stands: used within half an hour, begun within twelve hours."""
    return -SKEW <= now - last_seen_at < IDLE and -SKEW <= now - created_at < ABSOLUTE
