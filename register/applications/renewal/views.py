"""What the pages of a portfolio are given: sums, what is missing, what applying now would give, line by line."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.store.work import Work
from core.web.pages import _, label
from register.applications.renewal import service
from register.entries.models import Registration
from register.entries.policy import Register, Status
from register.portfolio import queries as portfolios
from register.portfolio.courses import is_course
from register.portfolio.page_views import period_in_words, used_in_words
from register.portfolio.policy import VALUED, EntryState, Measure, measure_of
from register.portfolio.schemas import NormView, PeriodView
from register.portfolio.views import portfolio_view
from register.rules.assessment.answer import Outcome

HANDED_IN = frozenset({EntryState.SUBMITTED, EntryState.UNDER_VALUATION})
WAITING = frozenset({EntryState.DRAFT, EntryState.SUBMITTED, EntryState.UNDER_VALUATION})
HERE = "/mijn/portfolio"
PAST = frozenset({"period-closed", "before-period", "outside-period", "consumed", "history"})
"""Why something does not count that was settled before this period, or elsewhere."""


async def portfolio_card(work: Work, register: Register) -> dict[str, Any]:
    """Sums and outlook of one portfolio. Refused("not-in-register") before there is a period."""
    found = await portfolios.own_portfolio(work, register)
    now = await service.what_if(work, register)
    rules = portfolios.rules_of(work, found)
    shown = portfolio_view(found, rules)
    running = next(period for period in shown.periods if period.running)
    main = shown.norms[0] if shown.norms else NormView("points", 0, 1, 1, (), 1)
    measure = measure_of(rules)
    norms = [norm for norm in shown.norms if not norm.sectors or now.sector is None or now.sector in norm.sectors]
    return {
        "register": register.value,
        "period": {"starts": running.counts_from, "ends": running.due_on, "rule_set": label(rules.name, "rule-set")},
        "unit": measure.value,
        "have": main.have,
        "need": main.towards,
        "least": main.need,
        "norms": [{"label": _norm(norm), "have": norm.have, "need": norm.towards} for norm in norms[1:]],
        "missing": _missing(norms, now.assessment.grounds),
        "outlook": _outlook(now),
        "ladder": _ladder(now),
        "rungs": _rungs(now, main.have),
        "next_due_if_now": None if now.assessment.outcome is Outcome.REFUSED else now.assessment.due_on,
        "lines": [_line(each, measure) for each in reversed(now.readings) if _kept(each) and not _past(each)],
        "earlier": [_line(each, measure) for each in reversed(now.readings) if _kept(each) and _past(each)],
        "pending": [each.entry.title for each in now.readings if each.entry.state in HANDED_IN and not each.past],
        "periods": _others(shown.periods),
        "href": f"{HERE}?register={register.value}",
        "starts": running.counts_from,
        "ends": running.due_on,
    }


def _norm(norm: NormView) -> str:
    sectors = ", ".join(label(sector, "sector") for sector in norm.sectors)
    said = label(norm.name, "norm")
    return _("{what} (alleen {sectors})", what=said, sectors=sectors) if sectors else said


def _missing(norms: Sequence[NormView], grounds: Sequence[str]) -> list[str]:
    """What is short by number, and what else the rules would refuse on."""
    short = [_("{what}: nog {n}", what=_norm(norm), n=Decimal(str(norm.short))) for norm in norms if norm.short > 0]
    told = {f"{norm.name}-short" for norm in norms} | {"facts-missing"}
    return short + [label(code, "ground") for code in grounds if code not in told]


def _outlook(now: service.WhatIf) -> str:
    if now.assessment.outcome is Outcome.REFUSED or now.assessment.due_on is None:
        return ""
    return _("Vraagt u nu aan, dan blijft u geregistreerd tot en met {day}.", day=now.assessment.due_on)


def _ladder(now: service.WhatIf) -> list[str]:
    """What more points would give."""
    return [
        _("Met nog {n} punten: {years} jaar, tot en met {day}.", n=rung.short, years=rung.years, day=rung.due_on)
        for rung in now.ladder
        if rung.short > 0
    ]


def _rungs(now: service.WhatIf, have: float) -> dict[str, Any]:
    """The ladder as a picture: per cent of the highest rung, for what there is and for each rung; empty without one."""
    if len(now.ladder) < 2:
        return {}
    top = now.ladder[-1].points
    marks = [
        {"at": 100 * rung.points / top, "points": rung.points, "years": rung.years, "reached": rung.short == 0}
        for rung in now.ladder
    ]
    return {"filled": min(100, 100 * have / top), "marks": marks}


def _past(reading: service.Reading) -> bool:
    return reading.past or reading.code in PAST


def _kept(reading: service.Reading) -> bool:
    return reading.entry.state is not EntryState.WITHDRAWN


def _line(reading: service.Reading, measure: Measure) -> dict[str, Any]:
    entry, line = reading.entry, reading.line
    counts = bool(line and line.counts)
    state = "counted" if counts else "not-yet" if entry.state in WAITING else "revoked"
    if state == "revoked" and entry.state is not EntryState.REVOKED:
        state = "used" if reading.used_on else "rejected"
    claimed = entry.claimed_points if measure is Measure.POINTS else (entry.claimed_hundredths or 0) / 100
    booked = entry.points if measure is Measure.POINTS else (entry.hundredths or 0) / 100
    given = (line.points if measure is Measure.POINTS else float(line.hours)) if line else booked
    return {
        "what": entry.title,
        "where": entry.provider,
        "done_on": entry.done_on,
        "amount": (given if entry.state in VALUED else claimed) or 0,
        "state": state,
        "why": _why(reading),
        "href": "/mijn/presentie" if is_course(entry) else f"{HERE}/{entry.id}",
    }


def _why(reading: service.Reading) -> str:
    """Why a line does not count now; of what was used, for which renewal."""
    if reading.used_on and reading.code in PAST:
        return used_in_words(reading.used_on)
    said = label(reading.code, "why") if reading.code else ""
    if reading.past and reading.entry.state in WAITING:
        return f"{said}. {_('De periode is afgesloten: hiervoor telt zij niet meer mee')}"
    return said


def _others(periods: Sequence[PeriodView]) -> list[dict[str, Any]]:
    """Earlier periods, for what they came to."""
    return [
        {
            "label": period_in_words(period.counts_from, period.due_on),
            "have": period.points or period.hours,
        }
        for period in periods
        if not period.running
    ]


def waits(found: Sequence[Registration]) -> bool:
    """Whether an application for a first registration runs."""
    return any(row.status is Status.APPLICATION_OPEN for row in found)


def training_until(found: Sequence[Registration]) -> date | None:
    """The last day of an entry in training, or None."""
    return next((row.due_on for row in found if row.status is Status.IN_TRAINING), None)


async def running_registers(work: Work, found: Sequence[Registration]) -> list[Register]:
    """The registers in which somebody has a period to fill: not before the first registration, and not in training."""
    running = await portfolios.running_among(work, {row.id for row in found})
    return [row.register_code for row in found if row.id in running]
