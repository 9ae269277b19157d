"""Choosing the programme or the bureau of a document: found by words, kept by code."""

from typing import Any

from accreditation.offer import finding
from core.store.work import Work
from core.web.pages import _
from register.entries.models import Application, ApplicationProof
from register.entries.policy import Register
from register.rules.assessment.facts import ProofKind

MOST_TYPED = 80
BY_BUREAU = frozenset({ProofKind.ASSESSMENT, ProofKind.PRIOR_LEARNING})
"""Chosen from the register's own list of bureaus, by name; there is no other list and no code to type."""
# A proof of enrolment names the programme that it is for.
OFFERED = {ProofKind.ENROLMENT: ProofKind.PROGRAMME}


async def programmes(work: Work, row: Application, proof: ApplicationProof, asked: str | None) -> dict[str, Any]:
    """What can be chosen now, what was searched for, and whether there was more; the programme that stands comes along.

    Without words the register's own offer; with them the national list too, where its degrees count.
    """
    words = (asked or "").strip()[:MOST_TYPED]
    kind = OFFERED.get(proof.kind, proof.kind)
    found, more = await finding.find(work, row.register_code.value, [kind.value], _national(row, kind), words)
    options = [(one.code, one.name, _where(one, bureau=kind in BY_BUREAU)) for one in found]
    if proof.programme_code and proof.programme_code not in {one.code for one in found}:
        name = (await finding.names_of(work, [proof.programme_code])).get(proof.programme_code)
        options.insert(0, (proof.programme_code, name or _("Wat u eerder invulde"), proof.programme_code))
    return {
        "bureau": kind in BY_BUREAU,
        "options": options,
        "words": words,
        "searched": asked is not None,
        "more": more,
        "found": len(found),
    }


def _national(row: Application, kind: ProofKind) -> str | None:
    """The part of the national list that may count for this document."""
    if row.register_code is Register.TEACHERS:
        return {ProofKind.MASTER: finding.TEACHING_MASTER, ProofKind.PROGRAMME: finding.TEACHING}.get(kind)
    return finding.MASTER if kind is ProofKind.MASTER else None


def _where(one: finding.Programme, *, bureau: bool) -> str:
    """Academie (SLO-2018), 1 september 2018 tot en met 31 augustus 2024; of many a few; of a bureau no code."""
    said = ", ".join(one.providers)
    if one.more_providers:
        said = _("{some} en nog {n} andere", some=said, n=one.more_providers)
    if not bureau:
        said = f"{said} ({one.code})"
    if one.accredited_from is None or one.accredited_until is None:
        return said
    return _("{said}, {start} tot en met {end}", said=said, start=one.accredited_from, end=one.accredited_until)
