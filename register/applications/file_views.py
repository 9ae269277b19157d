"""A file in words: what it is, the facts stated, and what the rules come to."""

import re
from datetime import date
from typing import Any

from core.decisions import Decision
from core.store.work import Work
from core.texts import day, number
from core.web.pages import _, label
from register.applications.renewal import service as renewal
from register.entries.models import Application
from register.entries.views import missing_in_words
from register.portfolio.models import PortfolioEntry, hours_of
from register.portfolio.page_views import category_in_words
from register.rules.assessment.answer import Assessment, Line
from register.rules.assessment.facts import Activity, Facts, Kind
from register.rules.assessment.period import following_period

ARTICLE = re.compile(r"art\.|Awb|Atw|FAQ")


def file_title(kind: str, name: str) -> str:
    """What it is and of whom."""
    return f"{kind}: {name}" if name else kind


def facts_shown(facts: Facts) -> list[tuple[str, str]]:
    """The post, and what was stated beside the proofs."""
    found = [
        (_("Functie"), label(facts.role, "role") if facts.role else ""),
        (_("In functie sinds"), day(facts.appointed_on)),
        (_("Sector"), label(facts.sector, "sector") if facts.sector else ""),
        (_("Niveau nu"), label(facts.level, "level-is") if facts.level else ""),
        (_("Periode begon op"), day(facts.registered_on)),
        (_("Einddatum"), day(facts.due_on)),
        (_("Gevraagd uitstel"), _("{n} maanden", n=facts.requested_months) if facts.requested_months else ""),
        (_("Reden"), label(facts.ground, "postponement-ground") if facts.ground else ""),
    ]
    for one in facts.qualifications or ():
        worked = _("{n} uur gewerkt", n=one.work_hours) if one.work_hours is not None else _("uren niet opgegeven")
        found.append((_("Bevoegdheid"), f"{one.name} ({worked})"))
    return [(said, value) for said, value in found if value]


def assessment_shown(
    answer: Assessment, facts: Facts, decision: Decision | None = None, expected: str = ""
) -> dict[str, Any]:
    """What the rules come to: outcome, level, each rule that was applied; the day of the decision, once it is taken.

    `expected` is the last day as the agenda says it, where the file stands on one.
    """
    begins = None
    if facts.kind is Kind.REREGISTRATION and facts.due_on:
        decided_on = decision.decided_on if decision else facts.decided_on
        begins = following_period(facts.due_on, decided_on or facts.due_on)
    granted = answer.outcome.value != "refused"
    told = [label(answer.level, "level")] if granted and answer.level else []
    if decision is not None and decision.due_on:
        told.append(_("tot en met {day}", day=decision.due_on))
    elif granted and answer.due_on and decision is None:
        told.append(expected or _("verwacht tot en met {day}, als het vandaag wordt besloten", day=answer.due_on))
    return {
        "outcome": answer.outcome.value,
        "summary": ", ".join(told),
        "grounds": [label(code, "ground") for code in answer.grounds],
        "missing": missing_in_words(answer.missing),
        "lines": [
            {
                "rule": _source(step.rule),
                "found": label(step.code, "step"),
                "why": _stretch(step, begins if step.code == "period" else None),
            }
            for step in answer.explanation
        ],
    }


def _source(rule: str) -> str:
    """The article; the keys of our own list of sources say nothing to a member."""
    return rule if ARTICLE.search(rule) else ""


def _stretch(step: Any, begins: date | None) -> str:
    if step.from_on and step.to_on:
        # A period runs from the day after the one before: its base is the last day of that.
        renewed = begins and step.from_on <= begins
        return _("van {start} tot en met {end}", start=begins if renewed else step.from_on, end=step.to_on)
    return ""


async def activities_shown(
    work: Work, application: Application, facts: Facts, answer: Assessment
) -> list[dict[str, Any]]:
    """For a renewal, what each activity is called, what its owner asked for it, and what it counts for."""
    if not facts.activities:
        return []
    lines = {line.activity: line for line in answer.lines}
    rows = await renewal.entries_behind(work, application)
    return [
        _activity(one, row, lines.get(at)) for at, (one, row) in enumerate(zip(facts.activities, rows, strict=True))
    ]


def _activity(one: Activity, row: PortfolioEntry, line: Line | None) -> dict[str, Any]:
    in_points = one.points is not None
    asked = row.claimed_points if in_points else hours_of(row.claimed_hundredths)
    stated = asked if asked is not None else one.points if in_points else one.hours
    counted = (line.points if in_points else line.hours) if line else 0
    return {
        "what": row.title,
        "done_on": one.done_on,
        "about": " · ".join(filter(None, [label(one.kind, "entry-kind"), category_in_words(one.category)])),
        "stated": number(stated or 0),
        "counted": number(counted),
        "why": label(line.code, "why") if line and line.code else "",
    }
