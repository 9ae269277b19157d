"""An entitlement in words, in the language of the page that shows it."""

from decimal import Decimal
from typing import Any

from core.texts import day, euro, hours, spoken
from core.web.pages import _, label
from register.rules.entitlement.policy import Entitlement, Spending, Step


def shown(found: Entitlement, spent: tuple[Spending, ...]) -> dict[str, Any]:
    """The answer in words; a number of a table that is nothing is left empty."""
    return {
        "eur": found.available_eur,
        "hours": hours(found.available_hours),
        "moved": found.to_general_budget_eur,
        "budgets": [
            [str(one.year), euro(one.eur), *map(_some, (one.eur_spent, one.eur_lapsed, one.eur_moved)),
             euro(one.eur_left), day(one.expires_on)]
            for one in found.years
        ],
        "hour_years": [
            [str(one.year), hours(one.hours), _some_hours(one.hours_spent), _some_hours(one.hours_lapsed),
             hours(one.hours_left)]
            for one in found.years
        ],
        "refused": [
            _("{day}, {eur} en {hours}: {why}", day=spent[line].on, eur=euro(spent[line].eur),
              hours=hours(spent[line].hours), why=label(code, "entitlement-refusal"))
            for line, code in found.refused
        ],
        "steps": [{"rule": step.rule, "said": said(step)} for step in found.steps],
    }  # fmt: skip


def _some(amount: Decimal) -> str:
    return euro(amount) if amount else "–"


def _some_hours(amount: Decimal) -> str:
    return hours(amount) if amount else "–"


def said(step: Step) -> str:
    """A step in the language of this page."""
    facts = {name: _fact(step.code, name, value) for name, value in step.facts.items()}
    return label(step.code, "entitlement-step").format_map(facts)


def _fact(code: str, name: str, value: object) -> str:
    if name in {"amount", "granted", "left"} and isinstance(value, Decimal):
        return euro(value) if code.startswith("eur") else hours(value)
    if name == "cao":
        return label(value, "cao")
    if name == "expires_on":
        return day(str(value))
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(factor: Decimal) -> str:
    """A working-time factor, or a sum of them, with as many decimals as it has."""
    written = f"{factor.normalize():f}"
    return written.replace(".", ",") if spoken() == "nl" else written
