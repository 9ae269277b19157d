"""PURE: what a filing must hold, and whether it was in time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Invalid
from core.law.days import add_days, days_between
from core.law.terms import Filing, post_receipt_limit, timeliness
from core.law.workdays import Calendar


class FiledBy(StrEnum):
    """Who filed: the addressee, a provider, or somebody on their behalf (Awb 2:1)."""

    PERSON = "person"
    PROVIDER = "provider"
    REPRESENTATIVE = "representative"


class FilingChannel(StrEnum):
    """How it came in."""

    WEB = "web"
    POST = "post"
    COUNTER = "counter"
    EMAIL = "email"


class FormItem(StrEnum):
    """What a filing must hold (Awb 6:5(1)), and a mandate where somebody else files (2:1(2))."""

    SIGNATURE = "signature"
    NAME_AND_ADDRESS = "name-and-address"
    DATE = "date"
    DECISION = "decision"
    GROUNDS = "grounds"
    MANDATE = "mandate"


@dataclass(frozen=True)
class Judged:
    """Whether a filing was in time against one decision; `days_late` is 0 when it was."""

    last_day: date
    days_late: int


def judge(notified_on: date | None, told: date | None, filing: Filing, calendar: Calendar) -> Judged | None:
    """Whether a filing was in time; None when the decision is not made known yet: too early is not fatal (Awb 6:10).

    The last day that was told with the decision may only turn out later, whatever became of the holiday table.
    Refused("posted-on-required") for a letter that needs the day of posting.
    """
    if notified_on is None:
        return None
    found = timeliness(notified_on, filing, calendar)
    last = max(found.last_day, told or found.last_day)
    if found.timely or last == found.last_day:
        return Judged(last, found.days_late)
    came = min(filing.received_on, filing.received_elsewhere_on or filing.received_on)
    posted = filing.by_post and filing.posted_on is not None and filing.posted_on <= last
    in_time = came <= last or (posted and came <= post_receipt_limit(last, calendar).last_day)
    return Judged(last, 0 if in_time else days_between(last, came))


def require_filing(filing: Filing, today: date) -> None:
    """Invalid for days that cannot be: `received-in-future`, `posted-after-receipt`, `elsewhere-after-receipt`."""
    if filing.received_on > today:
        raise Invalid("invalid-input", [("received_on", "received-in-future")])
    if filing.posted_on and filing.posted_on > filing.received_on:
        raise Invalid("invalid-input", [("posted_on", "posted-after-receipt")])
    if filing.received_elsewhere_on and filing.received_elsewhere_on > filing.received_on:
        raise Invalid("invalid-input", [("received_elsewhere_on", "elsewhere-after-receipt")])


def require_excuse(late: bool, excused: bool | None, reasons: str) -> None:
    """A late filing takes a reasoned yes or no of a human being (Awb 6:11): Invalid("excuse-needed")."""
    if late and (excused is None or not reasons.strip()):
        raise Invalid("excuse-needed", [("excused", "excuse-needed")])


def still_missing(
    missing: Iterable[str], given: Collection[FormItem], grounds: str, sent_in: Iterable[date], asked_on: date | None
) -> list[str]:
    """What was asked and is not there yet. Grounds are there in words, or on paper that came in since they were asked:
    a tick alone tells nobody why."""
    told = bool(grounds.strip()) or any(asked_on is None or on >= asked_on for on in sent_in)
    there = {item for item in given if item is not FormItem.GROUNDS or told}
    return [item for item in missing if FormItem(item) not in there]


def repair_until(today: date, days: int) -> date:
    """The day until which an omission may be repaired: a date that the office sets, not moved (Awb 6:6)."""
    return add_days(today, days)


def joined(items: Iterable[FormItem]) -> str:
    """Form items as they are kept: their codes, in the order of the law."""
    wanted = set(items)
    return " ".join(item.value for item in FormItem if item in wanted)
