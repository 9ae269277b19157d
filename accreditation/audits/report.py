"""The report of an audit as a document, byte for byte the same for the same words."""

from collections.abc import Sequence

from accreditation.audits.models import AuditFinding, ProviderAudit
from core.letters import Letter, Part
from core.texts import day
from core.web.pages import SAID

LANGUAGE = "nl"


def letter_of(row: ProviderAudit, provider: str, findings: Sequence[AuditFinding]) -> Letter:
    """What was looked at, what was found, what the provider says of it, and with what it ended."""
    facts = [
        (SAID.gettext("Jaar", LANGUAGE), str(row.year)),
        (SAID.gettext("Aanbieder", LANGUAGE), provider),
        (SAID.gettext("Rapport van", LANGUAGE), day(row.reported_on, LANGUAGE)),
        (SAID.gettext("Afgerond op", LANGUAGE), day(row.closed_on, LANGUAGE) if row.closed_on else ""),
    ]
    listed = tuple(f"{number}. {_said(one)}" for number, one in enumerate(findings, 1))
    none = () if findings else (SAID.gettext("Er is niets gevonden dat anders moet.", LANGUAGE),)
    parts = (
        Part(_lines(row.report), SAID.gettext("Wat is bekeken", LANGUAGE)),
        Part(none, SAID.gettext("Bevindingen", LANGUAGE), listed),
        Part(_lines(row.answer), SAID.gettext("Reactie van de aanbieder", LANGUAGE)),
        Part(_lines(row.conclusion), SAID.gettext("Conclusie", LANGUAGE)),
    )
    return Letter(
        language=LANGUAGE,
        written_on=row.closed_on or row.reported_on,  # type: ignore[arg-type]
        sender=SAID.label(row.register_code, "register", LANGUAGE),
        addressee=(provider,),
        reference=str(row.id),
        subject=SAID.gettext("Rapport van de verificatieaudit {year}", LANGUAGE, year=row.year),
        facts=tuple((name, value) for name, value in facts if value),
        parts=tuple(part for part in parts if part.paragraphs or part.items),
    )


def _said(one: AuditFinding) -> str:
    about = f" ({one.course_code})" if one.course_code else ""
    ground = SAID.label(one.ground, "audit-ground", LANGUAGE)
    return f"{ground}{about}, {SAID.label(one.weight.value, 'audit-weight', LANGUAGE)}: {' '.join(_lines(one.said))}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (one.strip() for one in text.splitlines()) if line)
