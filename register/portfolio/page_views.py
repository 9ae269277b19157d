"""An activity as pages show it, in words."""

from datetime import date
from typing import Any

from core.store.files import StoredFile
from core.web.pages import _, label
from register.portfolio.models import PortfolioEntry
from register.rules.assessment.facts import Category


def category_in_words(category: Category | str | None) -> str:
    """What an activity was about; "" where it was not said."""
    return label(str(category).lower().replace("_", "-"), "category") if category else ""


def category_choices() -> list[tuple[str, str]]:
    """The categories in words."""
    return [(each.value, category_in_words(each)) for each in Category]


def period_in_words(counts_from: date, due_on: date) -> str:
    """The days of a period: it begins after the one before stopped counting, not on the day that it was due."""
    return _("{start} tot en met {end}", start=counts_from, end=due_on)


def used_in_words(used_on: date) -> str:
    """For which renewal an activity was used."""
    return _("Gebruikt voor de herregistratie waarover op {day} is besloten. Zij telt geen tweede keer.", day=used_on)


def _elsewhere(found: PortfolioEntry) -> str:
    """What had become of an imported activity, in words."""
    return label(found.history["state"], "entry") if found.history else ""


def entry_shown(found: PortfolioEntry, file: StoredFile | None, used_on: date | None = None) -> dict[str, Any]:
    """One activity as its owner or an assessor reads it; `used_on` is the day of the renewal that it counted for."""
    in_points = found.claimed_points is not None or found.points is not None
    return {
        "id": str(found.id),
        "title": found.title,
        "description": found.description,
        "kind": label(found.kind, "entry-kind"),
        "done_on": found.done_on,
        "category": category_in_words(found.category),
        "valuation": label(found.valuation, "valuation"),
        "provider": found.provider,
        "themes": len(found.themes) or "",
        "theme_names": ", ".join(found.themes),
        "contact": "" if in_points or found.contact_hundredths is None else found.contact_hundredths / 100,
        "endorsed": found.endorsed_sha256 is not None,
        "asked": found.peers_asked > 0,
        "history": _elsewhere(found),
        "unit": "points" if in_points else "hours",
        "claimed": found.claimed_points if in_points else (found.claimed_hundredths or 0) / 100,
        "given": found.points if in_points else (found.hundredths / 100 if found.hundredths is not None else None),
        "state": found.state.value,
        "at_once": found.decision_id is None and not in_points,
        "used": used_in_words(used_on) if used_on else "",
        "version": found.version,
        "file": file.name if file else "",
        "register": found.register_code.value,
        "decision": f"/mijn/besluiten/{found.decision_id}" if found.decision_id else "",
    }
