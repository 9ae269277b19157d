"""The one place that tells of a dispute: the filer, at least the representative (Awb 6:17), the body, and who sits."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from appeals.disputes import outgoing, written
from appeals.disputes.body import body_of
from appeals.disputes.models import Contested, Dispute, Hearing, Seat
from appeals.disputes.policy import Kind
from appeals.ports import UNTIL
from auth import queries as people
from auth.permissions import Role
from core.decisions import Decision
from core.law.terms import next_day
from core.store.work import Work
from core.texts import day, day_time
from core.web.pages import SAID

NAME = {Kind.OBJECTION: "bezwaar", Kind.APPEAL: "beroep"}
HOME = {Kind.OBJECTION: "/bezwaren", Kind.APPEAL: "/beroepen"}


async def tell(work: Work, row: Dispute, topic: str, subject: str, body: str) -> None:
    """Send a letter to the filer's side, as a decision goes (Awb 2:14, 6:17); it is a piece of the file."""
    await written.told(work, row, topic, subject, body, await _names(work, row))
    await outgoing.send(work, row, topic, subject, body)


async def _names(work: Work, row: Dispute) -> list[str]:
    """Whoever a letter to the filer's side goes to, by name (Awb 6:17)."""
    return [to.name for to in await outgoing.side(work, row)]


WHY = {
    "omission": "Wij vroegen u om aanvulling. Zolang staat de termijn stil.",
    "repaired": "Uw aanvulling is binnen. De termijn loopt weer.",
    "unrepaired": "De dag voor uw aanvulling is voorbij. De termijn loopt weer.",
    "committee": "Een onafhankelijke commissie adviseert over uw {name}. Dan is er meer tijd om te beslissen.",
    "adjourned": "Wij hebben meer tijd nodig en stellen de beslissing één keer uit.",
    "consented": "U bent ermee akkoord dat het langer duurt.",
    "known-again": "Het besluit is opnieuw bekendgemaakt. De termijn telt vanaf die dag.",
    "sent-back": "De Commissie van Beroep stuurde de zaak terug. Er wordt opnieuw beslist.",
}
"""Why the last day to decide is another one than was told."""


async def tell_due(work: Work, row: Dispute, why: str, by: UUID | None = None) -> None:
    """Tell of another last day to decide than was told last, and why; never of one that has passed (Awb 7:10, 7:24).

    `by`: the chair who put it off in the name of the body (Awb 10:10).
    """
    known = why != "sent-back" and row.told_due_on in {None, row.decision_due_on}
    if known or row.decision_due_on < work.today:
        return
    name = NAME[row.kind]
    # What was told before an objection was decided on says nothing of the day to decide on it anew.
    before = (
        "" if why == "sent-back" or row.told_due_on is None else f"Eerder noemden wij {day(row.told_due_on, 'nl')}.\n"
    )
    await tell(
        work,
        row,
        f"{row.kind.value}-due",
        f"Een andere dag voor de beslissing over {row.number}",
        f"{WHY[why].format(name=name)}\n"
        f"U krijgt uiterlijk op {day(row.decision_due_on, 'nl')} een beslissing over uw {name}.\n{before}"
        f"{await _in_whose_name(work, row, by)}",
    )
    _told(work, row)


async def _in_whose_name(work: Work, row: Dispute, by: UUID | None) -> str:
    if by is None:
        return ""
    committee = SAID.label(body_of(row).value, "committee", "nl")
    return f"Dit besliste {(await people.names_of(work.session, [by]))[by]}, voorzitter, namens de {committee}.\n"


def _told(work: Work, row: Dispute) -> None:
    row.told_due_on = row.decision_due_on
    work.log("dispute:tell-due", row, due_on=row.decision_due_on)


async def tell_body(work: Work, row: Dispute, topic: str, subject: str, body: str) -> None:
    """Tell the body whose decision is contested: its secretaries, save who is a party."""
    holders = {person for person, _ in await people.holders(work.session, Role.SECRETARY, work.today)}
    await tell_each(work, row, "body", holders - {row.person_id, row.representative_id}, topic, subject, body)


async def tell_panel(work: Work, row: Dispute, topic: str, subject: str, body: str) -> None:
    """Tell who sits."""
    members = {seat.member_id for seat in await _sitting(work, row)}
    await tell_each(work, row, "panel", members, topic, subject, body)


async def _sitting(work: Work, row: Dispute) -> Sequence[Seat]:
    """Who sits and did not step aside, the chair first."""
    wanted = select(Seat).where(Seat.dispute_id == row.id, Seat.recused == "")
    return (await work.session.exec(wanted.order_by(col(Seat.chair).desc(), col(Seat.id)))).all()


async def tell_each(
    work: Work, row: Dispute, to: str, persons: Collection[UUID], topic: str, subject: str, body: str
) -> None:
    """A message to each of these persons, on one side of the case."""
    addresses = await people.addresses_of(work.session, persons)
    for person, address in sorted(addresses.items()):
        work.send(topic, address=address, subject=subject, body=body, person_id=person, about=row, to=to)


async def confirm(work: Work, row: Dispute, lodged: Sequence[Contested] = ()) -> None:
    """Confirm receipt (Awb 6:14); of what came late, ask why (6:11)."""
    name = NAME[row.kind]
    stands = "" if row.about_id else f"Zolang over uw {name} niet is beslist, blijft het besluit gelden.\n"
    late = next((one for one in lodged if one.days_late and one.last_day), None)
    asked = (
        f"Uw {name} kwam na de laatste dag, {day(late.last_day, 'nl')}.\n"
        "Kon u er niets aan doen? Schrijf ons dan waarom.\n"
        if late
        else ""
    )
    await tell(
        work,
        row,
        f"{row.kind.value}-received",
        f"Uw {name} {row.number} is ontvangen",
        f"Wij hebben uw {name} {row.number} ontvangen op {day(row.received_on, 'nl')}.\n"
        f"{_promised(work, row)}\n"
        f"{stands}{asked}",
    )
    _told(work, row)


def _promised(work: Work, row: Dispute) -> str:
    """The last day to decide, unless it has passed: of what comes very late nothing is promised."""
    if row.decision_due_on < work.today:
        return "U krijgt zo snel mogelijk een beslissing."
    return f"U krijgt uiterlijk op {day(row.decision_due_on, 'nl')} een beslissing."


async def ask(work: Work, row: Dispute, days: int) -> bool:
    """Tell what is missing, until when it can be repaired, and what follows when it is not (Awb 6:6); whether it went.

    Its term runs from the day on which it goes: of a letter on paper, from the post.
    """
    return await outgoing.send(work, row, f"{row.kind.value}-omission", *_omission(row), term_days=days)


def _omission(row: Dispute) -> tuple[str, str]:
    return (
        f"Uw {NAME[row.kind]} {row.number} is nog niet compleet",
        f"Uw {NAME[row.kind]} is nog niet compleet. Vul het aan tot en met {UNTIL}.\n"
        f"Dit ontbreekt: {_listed(row.missing.split())}.\n"
        "Doet u dat niet, dan kan het niet-ontvankelijk worden verklaard.\n",
    )


async def keep_request(work: Work, row: Dispute) -> None:
    """The request went: it is a piece, with the day that it names."""
    assert row.repair_until is not None
    subject, body = _omission(row)
    body = body.replace(UNTIL, day(row.repair_until, "nl"))
    await written.told(work, row, f"{row.kind.value}-omission", subject, body, await _names(work, row))


def _listed(items: Sequence[str]) -> str:
    return ", ".join(SAID.label(item, "form-item", "nl").lower() for item in items)


async def invite(work: Work, row: Dispute, hearing: Hearing, before: Hearing | None = None) -> None:
    """Invite to a hearing: day, time, place, who hears, whom one may bring, papers and file (Awb 7:2, 7:4, 7:8).

    The body and who sits are invited too (7:13(5)). `before`: the hearing in the place of which it comes.
    """
    when = day_time(hearing.held_at, "nl")
    instead = f"De zitting van {day(before.held_on, 'nl')} gaat niet door.\n" if before else ""
    sitting = await _sitting(work, row)
    # Where a committee advises, it hears, and not who decides (Awb 7:13(3)); of before this was kept, all of its case.
    hearing_it = [seat for seat in sitting if seat.advises is None or seat.advises == row.advisory]
    names = await people.names_of(work.session, [seat.member_id for seat in hearing_it])
    hearers = ", ".join(names[seat.member_id] + (" (voorzitter)" if seat.chair else "") for seat in hearing_it)
    await tell(
        work,
        row,
        f"{row.kind.value}-hearing",
        f"Uitnodiging voor de hoorzitting over {row.number}",
        f"{instead}U kunt uw {NAME[row.kind]} toelichten op {when}. Plaats: {hearing.place}.\n"
        f"U wordt gehoord door: {hearers}.\n"
        "U mag iemand meenemen die u bijstaat. Ook getuigen en deskundigen kunt u meebrengen; u betaalt hen zelf.\n"
        f"Stukken kunt u insturen tot en met {day(hearing.documents_until, 'nl')}.\n"
        f"Het dossier ligt voor u klaar vanaf {day(hearing.inspection_from, 'nl')}.\n",
    )
    subject = f"Hoorzitting over {row.number}"
    body = f"{instead}De hoorzitting over {row.number} is op {when}. Plaats: {hearing.place}.\n"
    await written.told(work, row, f"{row.kind.value}-hearing-body", subject, body)
    await tell_panel(work, row, f"{row.kind.value}-hearing-panel", subject, body)
    await tell_body(work, row, f"{row.kind.value}-hearing-body", subject, body)


async def tell_advisory(work: Work, row: Dispute) -> None:
    """Tell that an advisory committee treats it (Awb 7:13(2))."""
    await tell(
        work,
        row,
        "objection-advisory",
        f"Een commissie adviseert over uw bezwaar {row.number}",
        "Een onafhankelijke commissie hoort u en adviseert over uw bezwaar. Daarna beslist het register.\n",
    )


async def tell_notice(work: Work, row: Dispute, last_day: date) -> None:
    """Confirm a notice of default, with the last of the two weeks (Awb 4:17(3), 6:12)."""
    assert row.default_notice_on is not None
    await tell(
        work,
        row,
        f"{row.kind.value}-notice",
        f"Uw ingebrekestelling over {row.number} is ontvangen",
        f"Wij ontvingen uw ingebrekestelling op {day(row.default_notice_on, 'nl')}.\n"
        f"Beslissen wij niet uiterlijk op {day(last_day, 'nl')}, dan kunt u vanaf {day(next_day(last_day), 'nl')} in\n"
        "beroep tegen het niet op tijd beslissen.\n",
    )


async def tell_joined(work: Work, row: Dispute, decision: Decision, *, met: bool) -> None:
    """Tell that it was decided after all, and whether the appeal goes on about that (Awb 6:20)."""
    follows = (
        "Dat geeft u alles wat u vroeg. Uw beroep gaat alleen nog over de te late beslissing. U kunt het intrekken."
        if met
        else "Uw beroep gaat nu ook over dit besluit. U hoeft er niet nog eens bezwaar of beroep tegen in te stellen.\n"
        "Wilt u uitleggen waarom u het er niet mee eens bent? Stuur dat dan in bij uw beroep."
    )
    await tell(
        work,
        row,
        "appeal-joined",
        f"Er is alsnog beslist; uw beroep {row.number}",
        f"Op {day(decision.notified_on, 'nl')} is alsnog beslist op {row.about_number}: besluit {decision.number}.\n"
        f"{follows}\n",
    )


async def tell_penalty(work: Work, row: Dispute, decision: Decision) -> None:
    """Tell that what is owed for deciding late is contested along, as far as the party wants that (Awb 4:19)."""
    await tell(
        work,
        row,
        f"{row.kind.value}-penalty",
        f"Uw {NAME[row.kind]} {row.number} gaat ook over de dwangsom",
        f"Op {day(decision.notified_on, 'nl')} stelden wij vast wat wij u schuldig zijn omdat wij te laat waren:\n"
        f"besluit {decision.number}. Uw {NAME[row.kind]} gaat ook daarover, als u het niet eens bent met het bedrag.\n"
        f"Leg dan uit waarom, bij uw {NAME[row.kind]}. U hoeft er niet apart bezwaar tegen te maken.\n",
    )


async def ask_hearing(work: Work, row: Dispute) -> None:
    """Ask whether the party wants to be heard, with the last day to say so (Awb 7:3 under d, 7:17)."""
    assert row.hearing_reply_until is not None
    await tell(
        work,
        row,
        f"{row.kind.value}-hearing-question",
        f"Wilt u gehoord worden over {row.number}?",
        f"Wilt u uw {NAME[row.kind]} toelichten op een hoorzitting? Laat het ons weten tot en met\n"
        f"{day(row.hearing_reply_until, 'nl')}. Horen wij niets, dan kan er zonder hoorzitting worden beslist.\n",
    )


async def tell_draft(work: Work, row: Dispute, members: Collection[UUID]) -> None:
    """Tell the members of the body that a draft waits for their votes."""
    body = f"Er ligt een voorstel voor de beslissing over {row.number}. Lees het en stem.\n"
    await tell_each(work, row, "panel", members, "objection-draft", f"Stem over {row.number}", body)


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


async def tell_unheard(work: Work, row: Dispute, cancelled: Hearing | None = None) -> None:
    """Tell that there is no hearing, so that who does want to be heard can say so (Awb 7:3, 7:17).

    Of one that was planned everybody who was invited is told that it is cancelled.
    """
    dropped = f"De hoorzitting van {day(cancelled.held_on, 'nl')} gaat niet door.\n" if cancelled else ""
    if cancelled:
        subject = f"De hoorzitting over {row.number} gaat niet door"
        await written.told(work, row, f"{row.kind.value}-hearing-body", subject, dropped)
        await tell_panel(work, row, f"{row.kind.value}-hearing-panel", subject, dropped)
        await tell_body(work, row, f"{row.kind.value}-hearing-body", subject, dropped)
    await tell(
        work,
        row,
        f"{row.kind.value}-unheard",
        f"Er komt geen hoorzitting over {row.number}",
        f"{dropped}Over uw {NAME[row.kind]} komt geen hoorzitting.\n"
        "Wilt u wel gehoord worden? Laat het ons dan meteen weten.\n",
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
    """Tell by mail that the decision is there to be read; the decision itself goes its own way."""
    for to in await outgoing.side(work, row):
        work.send(
            f"{row.kind.value}-decided",
            address=to.email,
            subject=f"Er is beslist over uw {NAME[row.kind]} {row.number}",
            body=f"Er is beslist over uw {NAME[row.kind]}: besluit {number}. Log in bij Bekwaam om het te lezen.\n",
            person_id=row.person_id,
            about=row,
        )


async def pass_on(work: Work, row: Dispute) -> None:
    """Pass the defence of the body on to the appellant, and who speaks for them, in its own words (Awb 7:18(2))."""
    await tell(
        work,
        row,
        "appeal-defence",
        f"Verweer in uw beroep {row.number}",
        f"Het register heeft verweer gevoerd tegen uw beroep {row.number}. U leest het hieronder.\n"
        "Het staat ook in het dossier. Reageren kan tot en met de laatste dag voor stukken, en op de hoorzitting.\n\n"
        f"{row.defence}\n",
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
