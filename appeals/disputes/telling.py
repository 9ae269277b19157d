"""Letters about a dispute: to the filer, and at least to the representative where there is one (Awb 6:17)."""

from datetime import date

from sqlmodel import select

from appeals.disputes.models import Dispute, Hearing, Representative
from appeals.disputes.policy import Kind
from auth import queries as people
from core.store.work import Work
from core.texts import day

NAME = {Kind.OBJECTION: "bezwaar", Kind.APPEAL: "beroep"}
HOME = {Kind.OBJECTION: "/bezwaren", Kind.APPEAL: "/beroepen"}


async def tell(work: Work, row: Dispute, topic: str, subject: str, body: str) -> None:
    """Send a letter to everybody on the filer's side."""
    person = await people.person(work.session, row.person_id)
    addresses = [person.email]
    spoken = (await work.session.exec(select(Representative).where(Representative.dispute_id == row.id))).one_or_none()
    if spoken is not None:
        addresses.insert(0, spoken.email)
    for address in addresses:
        work.send(topic, address=address, subject=subject, body=body, person_id=row.person_id)


async def confirm(work: Work, row: Dispute) -> None:
    """Confirm receipt (Awb 6:14)."""
    name = NAME[row.kind]
    await tell(
        work,
        row,
        f"{row.kind.value}-received",
        f"Uw {name} {row.number} is ontvangen",
        f"Wij hebben uw {name} {row.number} ontvangen op {day(row.received_on, 'nl')}.\n"
        f"U krijgt uiterlijk op {day(row.decision_due_on, 'nl')} een beslissing.\n"
        f"Zolang over uw {name} niet is beslist, blijft het besluit gelden.\n",
    )


async def ask(work: Work, row: Dispute) -> None:
    """Tell what is missing, until when it can be repaired, and what follows when it is not (Awb 6:6)."""
    assert row.repair_until is not None
    await tell(
        work,
        row,
        f"{row.kind.value}-omission",
        f"Uw {NAME[row.kind]} {row.number} is nog niet compleet",
        f"Uw {NAME[row.kind]} is nog niet compleet. Vul het aan tot en met {day(row.repair_until, 'nl')}.\n"
        "Doet u dat niet, dan kan het niet-ontvankelijk worden verklaard. Log in om te zien wat er ontbreekt.\n",
    )


async def invite(work: Work, row: Dispute, hearing: Hearing) -> None:
    """Invite to a hearing, with the last day for documents and the day from which the file can be seen (Awb 7:4)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-hearing",
        f"Uitnodiging voor de hoorzitting over {row.number}",
        f"U kunt uw {NAME[row.kind]} toelichten op {day(hearing.held_on, 'nl')}. Plaats: {hearing.place}.\n"
        f"Stukken kunt u insturen tot en met {day(hearing.documents_until, 'nl')}.\n"
        f"Het dossier ligt voor u klaar vanaf {day(hearing.inspection_from, 'nl')}.\n",
    )


async def tell_day(work: Work, row: Dispute) -> None:
    """Tell of a later day on which will be decided (Awb 7:10(3) and (4), 7:24)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-adjourned",
        f"De beslissing over {row.number} komt later",
        f"U krijgt uiterlijk op {day(row.decision_due_on, 'nl')} een beslissing over uw {NAME[row.kind]}.\n",
    )


async def tell_withdrawn(work: Work, row: Dispute) -> None:
    """Tell that it was taken back, so that a party who did not do so can say it at once (Awb 6:21)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-withdrawn",
        f"Uw {NAME[row.kind]} {row.number} is ingetrokken",
        f"Uw {NAME[row.kind]} {row.number} is ingetrokken; er komt geen beslissing meer.\n"
        "Was u dit niet? Neem dan meteen contact met ons op.\n",
    )


async def tell_filed(work: Work, row: Dispute, received_on: date) -> None:
    """Tell what was read in a letter of the party, so that a mistake in it comes out."""
    await tell(
        work,
        row,
        f"{row.kind.value}-filed",
        f"Wij hebben uw brief over {row.number} verwerkt",
        f"Op {day(received_on, 'nl')} ontvingen wij van u een stuk over uw {NAME[row.kind]}. Twee van ons lazen het\n"
        "en verwerkten het in de zaak. Kijk of dat klopt, of neem contact met ons op.\n",
    )


async def tell_unheard(work: Work, row: Dispute) -> None:
    """Tell that there is no hearing, so that who does want to be heard can say so (Awb 7:3, 7:17)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-unheard",
        f"Er komt geen hoorzitting over {row.number}",
        f"Over uw {NAME[row.kind]} komt geen hoorzitting. Wilt u wel gehoord worden? Laat het ons dan meteen weten.\n",
    )


async def tell_moved(work: Work, row: Dispute, where: str) -> None:
    """Tell that it was sent on to who must treat it; the first day of receipt stands (Awb 6:15)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-forwarded",
        f"Uw {NAME[row.kind]} {row.number} is doorgestuurd",
        f"Wij hebben uw {NAME[row.kind]} doorgestuurd naar {where}. De dag waarop wij het ontvingen, telt.\n",
    )


async def tell_decided(work: Work, row: Dispute, number: str) -> None:
    """Tell that the decision is there to be read."""
    await tell(
        work,
        row,
        f"{row.kind.value}-decided",
        f"Er is beslist over uw {NAME[row.kind]} {row.number}",
        f"Er is beslist over uw {NAME[row.kind]}: besluit {number}. Log in bij Bekwaam om het te lezen.\n",
    )


async def lay_open(work: Work, row: Dispute, hearing: Hearing) -> None:
    """Tell that the file lies open until the hearing (Awb 7:4(2))."""
    await tell(
        work,
        row,
        f"{row.kind.value}-file-open",
        f"Het dossier van {row.number} ligt voor u klaar",
        f"Het hele dossier ligt voor u klaar tot de hoorzitting op {day(hearing.held_on, 'nl')}.\n"
        "Nieuwe stukken kunt u niet meer insturen. Log in om het te bekijken.\n",
    )


async def tell_late(work: Work, row: Dispute) -> None:
    """Tell that it was not decided in time, and what that opens (Awb 4:17(3), 6:12)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-late",
        f"De beslissing over {row.number} is te laat",
        f"Wij hadden uiterlijk op {day(row.decision_due_on, 'nl')} moeten beslissen. Dat is niet gelukt.\n"
        "U kunt ons schriftelijk vragen om alsnog binnen twee weken te beslissen (een ingebrekestelling).\n",
    )


WARNED = {
    "near": "De beslistermijn van {number} loopt af op {day}.\nBeslis op tijd, of verdaag voor die dag.\n",
    "over": "De beslistermijn van {number} liep af op {day}.\nBeslis zo snel mogelijk.\n",
    "penalty": "Voor {number} loopt een dwangsom: er is niet beslist op {day} en daarna in gebreke gesteld.\n",
}


def warn(work: Work, row: Dispute, what: str, address: str) -> None:
    """Tell one who handles it that a term nears (`near`), ran out (`over`), or costs money by the day (`penalty`)."""
    words = WARNED[what].format(number=row.number, day=day(row.decision_due_on, "nl"))
    work.send(f"dispute-term-{what}", address=address, subject=f"Termijn van {row.number}", body=words)
