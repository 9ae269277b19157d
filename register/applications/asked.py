"""What an application asks for and what was answered: rows turned into the facts and the words of its screens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from accreditation.offer import service as offer
from accreditation.offer.finding import names_of
from core.law.rulesets import RuleSet
from core.records import filled
from core.store.files import StoredFile
from core.store.work import Work
from core.texts import day, number
from core.typed import written
from core.web.pages import _, label
from register.applications.questions import Asked, Document, Question, Step
from register.entries import queries
from register.entries.models import Application, ApplicationProof
from register.entries.policy import ApplicationKind, Register, Route
from register.rules.assessment.facts import ProofKind, Sector

Documents = Sequence[tuple[ApplicationProof, StoredFile | None]]


@dataclass(frozen=True)
class Offered:
    """What the accredited offer says of one programme; `sized`: also how many study points (EC) it has."""

    name: str
    sized: bool


Offers = Mapping[str, Offered]


def counting_kinds(rules: RuleSet, sector: Sector | None = None) -> frozenset[ProofKind]:
    """The documents that can lead to an entry in a register, for who teaches in this sector."""
    known = [rule.kind for rule in rules.proofs if not rule.sectors or (sector and sector.value in rule.sectors)]
    names = known + list(rules.in_training.proofs if rules.in_training else ())
    return frozenset(ProofKind(name) for name in names if name in set(ProofKind))


async def offers_of(work: Work, row: Application, documents: Documents) -> Offers:
    """What the accredited offer has of the programmes of these documents, by code."""
    codes = {proof.programme_code for proof, _file in documents if proof.programme_code}
    found = await offer.offered_among(work, codes, row.register_code.value)
    own = {one.code: Offered(one.name, one.ects is not None) for one in found}
    names = await names_of(work, codes - set(own))
    return {code: Offered(name, False) for code, name in names.items()} | own


def asked_of(rules: RuleSet, row: Application, documents: Documents, offers: Offers) -> Asked:
    """The facts from which the screens follow."""
    return filled(
        Asked,
        row,
        teacher=row.register_code is Register.TEACHERS,
        kinds=counting_kinds(rules, row.sector),
        qualifications=[one["name"] for one in row.qualifications],
        hours=[one.get("work_hours") for one in row.qualifications],
        months=row.requested_months,
        documents=[_document(proof, offers.get(proof.programme_code or "")) for proof, _file in documents],
    )


def _document(proof: ApplicationProof, offered: Offered | None) -> Document:
    return Document(
        proof.id,
        proof.kind,
        sized=offered is not None and offered.sized,
        named=proof.programme_code is not None,
        counted=proof.ects is not None,
        level=proof.level,
        has_file=proof.file_id is not None,
    )


def typed_of(row: Application, proof: ApplicationProof | None, held: Sequence[str]) -> dict[str, str]:
    """What every screen begins with: what was answered, and else what the register knows (`held`)."""
    names = [one["name"] for one in row.qualifications]
    said = {
        "route": row.route.value,
        "sector": row.sector.value if row.sector else "",
        "qualifications": "\n".join(names or held),
        "ground": row.ground or "",
        "requested_months": str(row.requested_months or ""),
        "statement": row.statement,
    }
    for at, one in enumerate(row.qualifications, start=1):
        hours = one.get("work_hours")
        said[f"work_hours_{at}"] = "" if hours is None else str(hours)
        said[f"pedagogic_note_{at}"] = "true" if one.get("pedagogic_note") else ""
    if proof is not None:
        said |= {
            "kind": proof.kind.value,
            "issued_on": written(proof.issued_on),
            "programme_code": proof.programme_code or "",
            "ects": "" if proof.ects is None else _in_digits(proof.ects),
            "level": proof.level.value if proof.level else "",
        }
    return said


def _in_digits(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


async def held_qualifications(work: Work, row: Application) -> list[str]:
    """What the register holds already of what this teacher may teach."""
    if row.kind is not ApplicationKind.REREGISTRATION:
        return []
    return [one.name for one in await queries.qualifications(work, [row.registration_id])]


def summary_of(
    row: Application, found: Sequence[Step], documents: Documents, offers: Offers, here: str
) -> list[dict[str, str]]:
    """Each answer with the way to change it: the last look before an application is handed in."""
    proofs = {proof.id: (proof, file) for proof, file in documents}
    told: list[dict[str, str]] = []
    for step in found:
        if step.question is Question.DOCUMENTS:
            if not documents:
                told.append(_line(_("Bewijsstukken"), _("Geen"), address(here, step)))
            continue
        what, said = _of_document(step, *proofs[step.document], offers) if step.document else _of_application(step, row)
        told.append(_line(what, said, address(here, step)))
    return told


def _line(what: str, said: str, href: str) -> dict[str, str]:
    return {"what": what, "said": said, "href": f"{href}?naar=controle"}


def _of_application(step: Step, row: Application) -> tuple[str, str]:
    stated = [(one["name"], one.get("work_hours"), one.get("pedagogic_note")) for one in row.qualifications]
    notes = [name for name, _hours, noted in stated if noted]
    hours = [f"{name}: {number(worked)}" for name, worked, _noted in stated if worked is not None]
    letter = _("Uw brief") if row.route is Route.FREE_FORM else _("Toelichting")
    return {
        Question.ROUTE: (_("Waarop u de aanvraag baseert"), label(row.route, "route")),
        Question.SECTOR: (_("Waar u les geeft"), label(row.sector, "sector") if row.sector else ""),
        Question.QUALIFICATIONS: (_("Bevoegdheid"), "\n".join(name for name, _hours, _noted in stated)),
        Question.NOTES: (_("Pedagogische aantekening"), "\n".join(notes) or _("Geen")),
        Question.HOURS: (_("Gewerkte uren"), "\n".join(hours)),
        Question.GROUND: (_("Reden"), label(row.ground, "postponement-ground") if row.ground else ""),
        Question.MONTHS: (_("Gevraagd uitstel"), _("{n} maanden", n=row.requested_months or 0)),
        Question.STATEMENT: (letter, row.statement or _("Geen")),
    }[step.question]


def _of_document(step: Step, proof: ApplicationProof, file: StoredFile | None, offers: Offers) -> tuple[str, str]:
    known = offers.get(proof.programme_code or "")
    programme = f"{known.name} ({proof.programme_code})" if known else proof.programme_code
    size = "" if proof.ects is None else _("{n} EC", n=proof.ects)
    return {
        Question.DOCUMENT: (_("Document"), f"{label(proof.kind, 'proof')}, {day(proof.issued_on)}"),
        Question.PROGRAMME: (_("Opleiding"), programme or _("Niet ingevuld")),
        Question.SIZE: (_("Studiepunten"), size or _("Niet ingevuld")),
        Question.LEVEL: (_("Niveau"), label(proof.level, "level-is") if proof.level else ""),
        Question.FILE: (_("Bestand"), file.name if file else ""),
    }[step.question]


def address(here: str, step: Step) -> str:
    """Where a screen stands; `here` is the address of the application."""
    if step.document is not None:
        return f"{here}/bewijsstukken/{step.document}/vragen/{step.question.value}"
    if step.question is Question.DOCUMENT:
        return f"{here}/bewijsstukken/nieuw"
    return f"{here}/vragen/{step.question.value}"


def place_of(found: Sequence[Step], question: Question, document: UUID | None) -> int | None:
    """Which screen this is, or None when the application has no such question."""
    places = [at for at, one in enumerate(found) if (one.question, one.document) == (question, document)]
    return places[0] if places else None
