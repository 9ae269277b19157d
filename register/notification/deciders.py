"""Who decided on an objection, by name and function, and in whose name: a part of its letter (Awb 10:10)."""

from typing import Any
from uuid import UUID

from auth import queries as people
from core.decisions import Decision
from core.law import articles
from core.law.articles import in_register
from core.letters import Part
from core.store.work import Work
from core.web.pages import SAID

LANGUAGE = "nl"
HEADING = "Wie dit besluit nam"
TOGETHER = "De {committee} nam dit besluit. Deze leden stemden:"
ALONE = "{name} nam dit besluit alleen, namens de {committee}. Het reglement laat dat toe ({article})."
INVOLVED = (
    "Ook betrokken bij het besluit waartegen u bezwaar maakte: {names}. De commissie heeft te weinig andere leden, en "
    "mag zelf opnieuw beslissen."
)


async def told_of(work: Work, decision: Decision) -> Part:
    """The members who voted, the chair first, also who had a hand in what was contested (7:5); empty for a decision of
    before this was kept."""
    by: dict[str, Any] = decision.facts.get("decided_by") or {}
    if not by:
        return Part(())
    committee = SAID.label(by["body"], "committee", LANGUAGE)
    members = sorted(by["members"], key=lambda one: (one != by["chair"], one))
    names = await people.names_of(work.session, [UUID(one) for one in members])
    spoken = tuple(f"{names.get(UUID(one), '')}, {'voorzitter' if one == by['chair'] else 'lid'}" for one in members)
    if by["alone"]:
        article = in_register(work, decision.register_code, articles.ALONE)
        return Part((ALONE.format(name=spoken[0], committee=committee, article=article),), HEADING)
    lines = [TOGETHER.format(committee=committee)]
    if by["involved"]:  # nobody hides that the body decided again with members who had a hand in it
        lines.append(INVOLVED.format(names=", ".join(names.get(UUID(one), "") for one in by["involved"])))
    return Part(tuple(lines), HEADING, spoken)
