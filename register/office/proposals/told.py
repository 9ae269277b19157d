"""What was proposed, fact by fact and in words: before the signature, after it, and when nobody signed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from auth import queries as people
from core import texts
from core.proposals import Proposal
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID, _, label

WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": ("decision-kind",),
    "grounds": texts.FACTS["grounds"],
    "repaired": ("form-item",),
    "filed_channel": ("channel",),
    "shown": ("identity-proof",),
}
"""By which groups of labels a code is said; what is no code in them is said as it was written."""
PEOPLE = frozenset({"double"})
WITHIN = frozenset({"piece_id", "act"})
"""What the line of what goes over tells."""


async def facts(work: Work, row: Proposal) -> list[tuple[str, str]]:
    """Each fact of a proposal with what it is called; whom it is about comes first, by name and number."""
    found = [(_("Over wie"), await _person(work, row.person_id))] if row.person_id else []
    for name, value in row.says.items():
        if name not in WITHIN and value not in (None, "", []):
            found.append((label(name.replace("_", "-"), "proposed"), await _said(work, name, value)))
    return found


async def _said(work: Work, name: str, value: Any) -> str:
    if name in PEOPLE:
        return await _person(work, UUID(value))
    if isinstance(value, list):
        return ", ".join([await _said(work, name, one) for one in value])
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    for group in WORDS.get(name, ()):
        if SAID.has(f"{group}.{value}", "nl"):
            return label(value, group)
    if name.endswith(("_on", "_until")):
        return day(date.fromisoformat(value))
    return str(value)


async def _person(work: Work, id: UUID) -> str:
    """Name and number, also of who became one with another since."""
    person = await people.itself(work.session, id)
    return f"{person.full_name()} ({person.register_number})"
