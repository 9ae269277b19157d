"""What is told of an interim measure: that it was asked, what was decided and why, which court there is, its end."""

from collections.abc import Sequence

from sqlmodel import select

from appeals.disputes import telling, written
from appeals.disputes.body import body_of
from appeals.disputes.models import Dispute, Exclusion, InterimRequest
from appeals.disputes.policy import InterimState, Kind
from auth import queries as people
from auth.permissions import Role
from core.decisions import Decision
from core.law.articles import PUBLIC
from core.operator import Operator
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID

OFFICE = {Kind.OBJECTION: Role.SECRETARY, Kind.APPEAL: Role.APPEALS_SECRETARY}
"""Who gives somebody the chair, so that a request can be decided on."""


def court(house: Operator, *, public: bool) -> str:
    """Where one asks for interim relief besides: the court of the register's track, by name (compare Awb 8:81)."""
    if public:
        return f"de voorzieningenrechter van de {house.courts.administrative}"
    return f"de burgerlijke rechter, in kort geding: de {house.courts.civil}"


def court_of(work: Work, row: Dispute) -> str:
    """The court that a party of this register can ask."""
    public = work.rules.chosen(row.register_code, work.today).switches[PUBLIC]
    return court(work.means.settings.house, public=public)


async def tell_asked(work: Work, row: Dispute, asked: InterimRequest) -> None:
    """Confirm a request with its day, and tell who decides on it, or who must give somebody the chair."""
    name = telling.NAME[row.kind]
    await telling.tell(
        work,
        row,
        f"{row.kind.value}-interim",
        f"Uw verzoek om schorsing in {row.number} is ontvangen",
        f"U vroeg op {day(asked.asked_on, 'nl')} om te wachten tot over uw {name} is beslist.\n"
        "Wij beslissen daar snel over. Tot dan blijft het besluit gelden.\n"
        f"U kunt het ook vragen aan {court_of(work, row)}.\n",
    )
    subject = f"Beslis op het verzoek om schorsing in {row.number}"
    body = (
        f"In {row.number} is gevraagd om het besluit te schorsen zolang de zaak loopt.\n"
        "De voorzitter beslist daarover. Is er nog geen voorzitter? Wijs die eerst aan.\n"
    )
    await telling.tell_panel(work, row, "interim-asked", subject, body)
    barred = (await work.session.exec(select(Exclusion.member_id).where(Exclusion.dispute_id == row.id))).all()
    office = {person for person, _ in await people.holders(work.session, OFFICE[row.kind], work.today)}
    told = office - {*barred, row.person_id, row.representative_id}
    await telling.tell_each(work, row, "body", told, "interim-asked", subject, body)


async def tell_decided(work: Work, row: Dispute, asked: InterimRequest, halted: Sequence[Decision]) -> None:
    """Tell both sides what was decided on a request, why, by whom, and until when it lasts."""
    assert asked.decided_by is not None
    granted = asked.state is InterimState.GRANTED
    numbers = " en ".join(one.number for one in halted)
    name = telling.NAME[row.kind]
    until = f" en uiterlijk tot en met {day(asked.until_on, 'nl')}" if asked.until_on else ""
    said = (
        f"Besluit {numbers} geldt niet zolang over het {name} niet is beslist{until}. "
        "De schorsing eindigt daarna vanzelf."
        if granted
        else f"Het verzoek is afgewezen: besluit {numbers} blijft gelden zolang over het {name} niet is beslist."
    )
    chair = (await people.names_of(work.session, [asked.decided_by]))[asked.decided_by]
    whose = SAID.label(body_of(row).value, "committee", "nl") if row.kind is Kind.OBJECTION else "Commissie van Beroep"
    text = f"{said}\nWaarom: {asked.answer}\nDit besliste {chair}, voorzitter, namens de {whose}.\n"
    other = "" if granted else f"U kunt hetzelfde vragen aan {court_of(work, row)}.\n"
    subject = f"Beslissing op het verzoek om schorsing in {row.number}"
    await telling.tell(work, row, f"{row.kind.value}-interim-decided", subject, f"{text}{other}")
    await telling.tell_body(work, row, "interim-decided-body", subject, text)


async def tell_ended(work: Work, row: Dispute, resumed: Sequence[Decision]) -> None:
    """Tell both sides that a suspension ended, and what works again since then."""
    numbers = " en ".join(one.number for one in resumed)
    again = f"Besluit {numbers} geldt weer." if resumed else "Er is niets meer dat weer gaat gelden."
    text = f"De schorsing in {row.number} is geëindigd op {day(work.today, 'nl')}.\n{again}\n"
    subject = f"De schorsing in {row.number} is geëindigd"
    await telling.tell(work, row, f"{row.kind.value}-interim-ended", subject, text)
    await written.told(work, row, "interim-ended-body", subject, text)
    await telling.tell_body(work, row, "interim-ended-body", subject, text)
