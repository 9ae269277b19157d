"""What a decision was about, as its letter and its page both tell it: asked, counted, from when, and what follows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.decisions import Decision, Verdict
from core.errors import NotFound
from core.law.articles import PUBLIC, REASONED, worded
from core.law.days import add_months
from core.law.rulesets import RuleSet
from core.texts import day, number
from core.web.pages import SAID
from register.rules.assessment.period import following_period
from register.rules.rulesets import shipped

GIVEN = frozenset({Verdict.GRANTED, Verdict.GRANTED_SHORTER, Verdict.PARTLY_GRANTED})
ON_APPLICATIONS = frozenset({"registration", "reregistration", "postponement", "level-change"})
REGULATED = {"schoolleiders-po": "registerreglement art. 6(2)"}
"""The article by which a register refuses with reasons, where its own regulation is known (nho-1087); else the Awb."""
Told = Sequence[tuple[str, str]]


def begins_on(decision: Decision) -> date | None:
    """The first day of what was granted; a renewed period follows the one before, postponement begins nothing."""
    if decision.outcome not in GIVEN or decision.due_on is None or decision.kind == "postponement":
        return None
    if decision.facts.get("kind") == "reregistration" and (due_on := _day(decision.facts.get("due_on"))):
        return following_period(due_on, _day(decision.facts.get("decided_on")) or decision.decided_on)
    if decision.replaces and (as_of := _day(decision.facts.get("decided_on"))):
        return as_of  # as its entry: it works from the day of what it replaces (Awb 7:11)
    return decision.decided_on


def about(decision: Decision, language: str | None = None) -> Told:
    """What was asked and what it came to, a line each: name and value."""
    lines = {"valuation": _valued, "postponement": _postponed, "reregistration": _renewed}.get(decision.kind)
    found = list(lines(decision, language)) if lines else []
    if decision.outcome is Verdict.REFUSED and decision.kind in ON_APPLICATIONS:
        found.append((SAID.gettext("Artikel", language), _article(decision)))
    return [(name, value) for name, value in found if value]


def grounds(decision: Decision, language: str | None = None) -> tuple[str, ...]:
    """Each ground in a sentence; where something was short, with how much there was and how much it takes."""
    short = {f"{name}-short": said for name, said in _norms(decision, language)}
    return tuple(short.get(code) or SAID.label(code, "ground", language) for code in decision.ground_codes())


def activity(decision: Decision, language: str | None = None) -> str:
    """Of a valuation, what was done and when."""
    done_on = _day(decision.facts.get("done_on"))
    title = str(decision.facts.get("title") or SAID.label(decision.facts.get("kind", ""), "entry-kind", language))
    return SAID.gettext("{title}, gedaan op {day}", language, title=title, day=done_on) if done_on else title


def amount(decision: Decision, language: str | None = None) -> str:
    """Of a valuation, what it gives; "" for nothing."""
    return _points(decision.result.get("points"), language) or _hours(decision.result.get("hours"), language)


def leads_to(decision: Decision, language: str | None = None) -> str:
    """Of a refusal, what becomes of the registration that runs; "" where none runs or nothing was refused."""
    due_on, rules = _day(decision.facts.get("due_on")), _rules(decision)
    if decision.outcome is not Verdict.REFUSED or due_on is None or rules is None:
        return ""
    if decision.kind not in {"reregistration", "postponement"}:
        return ""
    limit = add_months(due_on, rules.conditional_months)
    if decision.decided_on > due_on:
        return SAID.gettext(
            "Uw registratie is voorwaardelijk, hoogstens tot en met {limit}. Is uw herregistratie dan niet toegekend, "
            "dan kan de commissie haar laten vervallen.",
            language,
            limit=limit,
        )
    return SAID.gettext(
        "Uw registratie loopt door tot en met {day}. Is uw herregistratie dan niet toegekend, dan wordt zij "
        "voorwaardelijk, hoogstens tot en met {limit}; daarna kan de commissie haar laten vervallen.",
        language,
        day=due_on,
        limit=limit,
    )


def _valued(decision: Decision, language: str | None) -> Told:
    facts = decision.facts
    hours = facts.get("claimed_hundredths")
    asked = _points(facts.get("claimed_points"), language) or _hours(None if hours is None else hours / 100, language)
    given = amount(decision, language) or SAID.gettext("niets", language)
    return [
        (SAID.gettext("Activiteit", language), activity(decision, language)),
        (SAID.gettext("Gevraagd", language), asked),
        (SAID.gettext("Toegekend", language), given),
    ]


def _postponed(decision: Decision, language: str | None) -> Told:
    facts, due_on = decision.facts, _day(decision.facts.get("due_on"))
    months, ground = facts.get("requested_months"), facts.get("ground")
    return [
        (SAID.gettext("Gevraagd uitstel", language), SAID.gettext("{n} maanden", language, n=months) if months else ""),
        (SAID.gettext("Reden", language), SAID.label(ground, "postponement-ground", language) if ground else ""),
        (SAID.gettext("Einddatum zonder uitstel", language), day(due_on, language) if due_on else ""),
    ]


def _renewed(decision: Decision, language: str | None) -> Told:
    return [(SAID.gettext("Getoetst", language), said) for _name, said in _norms(decision, language)]


def _norms(decision: Decision, language: str | None) -> Told:
    """By the name of each norm, what the activities came to against it, as the committee saw them."""
    rules, lines = _rules(decision), decision.result.get("lines")
    if rules is None or lines is None or decision.facts.get("kind") != "reregistration":
        return []
    done = decision.facts.get("activities") or []
    counted = [(done[line["activity"]], line) for line in lines if line["activity"] < len(done)]
    norms: dict[str, tuple[Decimal, int]] = {}
    if rules.renewal.ladder:
        norms["points"] = (_sum(line["points"] for _one, line in counted), min(r.points for r in rules.renewal.ladder))
    if rules.renewal.hours:
        norms["hours"] = (_sum(line["hours"] for _one, line in counted), rules.renewal.hours.least)
        for part in rules.renewal.hours.parts:
            if not part.sectors or decision.facts.get("sector") in part.sectors:
                within = [line["hours"] for one, line in counted if one.get("category") in part.categories]
                norms[part.name] = (_sum(within), part.least)
    return [(name, _against(name, have, need, language)) for name, (have, need) in norms.items()]


def _against(name: str, have: Decimal, need: int, language: str | None) -> str:
    what = SAID.label(name, "norm", language)
    return SAID.gettext(
        "{what}: {have} van de {need} die nodig zijn",
        language,
        what=what,
        have=number(have, language),
        need=number(need, language),
    )


def _sum(amounts: Any) -> Decimal:
    return sum((Decimal(str(each)) for each in amounts), Decimal(0))


def _points(points: object, language: str | None) -> str:
    if not isinstance(points, int) or not points:
        return ""
    return SAID.ngettext("{n} punt", "{n} punten", points, language)


def _hours(hours: object, language: str | None) -> str:
    amount = Decimal(str(hours)) if hours else Decimal(0)
    return SAID.gettext("{n} uur", language, n=number(amount, language)) if amount else ""


def _article(decision: Decision) -> str:
    rules = _rules(decision)
    public = rules is not None and rules.switches[PUBLIC]
    return REGULATED.get(decision.register_code) or worded(REASONED, public=public)


def _rules(decision: Decision) -> RuleSet | None:
    try:
        return shipped().named(decision.rule_set)
    except NotFound:
        return None


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
