"""An intention (voornemen): a provider hears which measure is meant, and may say what it thinks, before it is taken.

Awb 4:8, 4:9; 4:11 where a suspension cannot wait: then it is heard right afterwards.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from accreditation.providers import queries
from accreditation.providers.models import Provider, ProviderIntention
from accreditation.providers.policy import EDITORS, require_role
from auth import queries as people
from auth.actor import person_of
from auth.permissions import Permission, Role
from core.errors import Forbidden, NotFound, Refused
from core.law import heard
from core.law.articles import ARTICLES
from core.law.term_run import run
from core.law.terms import Term
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID

CASE, HEAR = "provider-authorisation", "hear"
MEANT = {
    "provider-suspension": "uw toelating te schorsen",
    "provider-withdrawal": "uw toelating in te trekken",
    "course-withdrawal": "een accreditatie van u in te trekken",
}
"""What is meant, in the words of the notice; the kind is that of the decision that may follow."""


@dataclass(frozen=True)
class Meant:
    """What is meant, on which grounds and why; `urgent` says why it could not wait (Awb 4:11)."""

    register: str
    grounds: Sequence[str]
    reasons: str
    urgent: str = ""


async def intend(work: Work, provider_id: UUID, subject_id: UUID, kind: str, meant: Meant) -> ProviderIntention:
    """Tell a provider what is meant and why, and until when it may say what it thinks of it (Awb 4:8, 4:9).

    Refused("intended-already") while one of this kind runs.
    """
    if await running(work, subject_id, kind) is not None:
        raise Refused("intended-already")
    length = work.rules.chosen(meant.register, work.today).terms["hearing"]
    term = Term(length.length, length.unit, ARTICLES[CASE, HEAR], length.rolled)
    row = ProviderIntention(
        provider_id=provider_id,
        subject_id=subject_id,
        register_code=meant.register,
        kind=kind,
        grounds=" ".join(dict.fromkeys(meant.grounds)),
        reasons=meant.reasons,
        urgent=meant.urgent,
        told_on=work.today,
        view_until=run(work.today, term, work.calendar).last_day,
        intended_by=person_of(work.actor),
    )
    work.add(row)
    await work.flush()
    work.log(
        "provider:intend", row, kind=kind, grounds=row.grounds.split(), until=row.view_until, urgent=bool(row.urgent)
    )
    await _tell(work, row)
    return row


async def _tell(work: Work, row: ProviderIntention) -> None:
    said = [SAID.label(code, "ground", "nl") for code in row.grounds.split()]
    why = "; ".join(one[:1].lower() + one[1:] for one in said)
    page = f"{work.means.settings.address}/aanbieders/{row.provider_id}/voornemens/{row.id}"
    until = day(row.view_until, "nl")
    if row.urgent:
        what = f"Wij hebben besloten {MEANT[row.kind]}; dat kon niet wachten. Waarom: {why}.\n"
        then = "Wij kijken dan of de maatregel kan blijven.\n"
    else:
        what = f"Wij zijn van plan {MEANT[row.kind]}. Waarom: {why}.\n"
        then = "Daarna beslissen wij.\n"
    subject = "Wij horen graag wat u van een maatregel vindt" if row.urgent else "Voornemen: wat vindt u ervan?"
    body = (
        f"{what}Lees alles op {page}.\n"
        f"U kunt tot en met {until} zeggen wat u ervan vindt, schriftelijk of mondeling. {then}"
    )
    for address in await _organisation(work, row):
        work.send("provider-intended", address=address, subject=subject, body=body, about=row)


async def _organisation(work: Work, row: ProviderIntention) -> Sequence[str]:
    """The organisation's own address, and those of who may speak for it."""
    own = (await queries.addresses_of(work, [row.provider_id])).values()
    return sorted({*own, *await _members(work, row)})


async def _members(work: Work, row: ProviderIntention) -> Collection[str]:
    rows = await queries.members(work, row.provider_id)
    speak = {one.person_id for one in rows if one.role in EDITORS}
    return (await people.addresses_of(work.session, speak)).values()


async def running(work: Work, subject_id: UUID, kind: str) -> ProviderIntention | None:
    """The intention of one kind that was told, and did not come to a measure yet."""
    wanted = select(ProviderIntention).where(
        ProviderIntention.subject_id == subject_id,
        ProviderIntention.kind == kind,
        col(ProviderIntention.ended_on).is_(None),
    )
    return (await work.session.exec(wanted.order_by(col(ProviderIntention.id).desc()))).first()


async def intention(work: Work, id: UUID) -> ProviderIntention:
    """An intention of a provider that the actor acts for, or for who admits; NotFound("no-such-intention")."""
    row = await work.session.get(ProviderIntention, id)
    if row is None or not (work.actor.can(Permission.PROVIDER_ADMIT) or await queries.is_member(work, row.provider_id)):
        raise NotFound("no-such-intention")
    return row


async def of_provider(work: Work, provider_id: UUID) -> Sequence[ProviderIntention]:
    """What is meant about a provider and not ended, for who may see it, the oldest first."""
    await queries.provider(work, provider_id)
    wanted = select(ProviderIntention).where(
        ProviderIntention.provider_id == provider_id, col(ProviderIntention.ended_on).is_(None)
    )
    return (await work.session.exec(wanted.order_by(col(ProviderIntention.id)))).all()


async def all_running(work: Work, most: int) -> Sequence[tuple[ProviderIntention, str]]:
    """Every intention that runs, toward a course too, with the name of its provider; the nearest last day first."""
    wanted = select(ProviderIntention, Provider.name).join(Provider, col(Provider.id) == ProviderIntention.provider_id)
    running = wanted.where(col(ProviderIntention.ended_on).is_(None))
    rows = await work.session.exec(running.order_by(col(ProviderIntention.view_until)).limit(most))
    return rows.all()


async def say(work: Work, id: UUID, view: str) -> ProviderIntention:
    """What the provider says of it: itself, or by word of mouth, as who admits writes it down and the provider reads.

    Refused("wrong-state") once it ended; Forbidden("member-role").
    """
    row = await intention(work, id)
    work.expect(row)
    spoken = not await queries.is_member(work, row.provider_id)
    if not spoken:
        require_role((await queries.membership(work, row.provider_id)).role, EDITORS)
    if row.ended_on is not None:
        raise Refused("wrong-state")
    row.view, row.viewed_on = f"{row.view}\n\n{view}".strip(), work.today
    work.log("provider:view", row, spoken=spoken)
    if spoken:
        await _tell_written_down(work, row)
    await _tell_office(work, row)
    return row


async def _tell_written_down(work: Work, row: ProviderIntention) -> None:
    page = f"{work.means.settings.address}/aanbieders/{row.provider_id}/voornemens/{row.id}"
    for address in sorted(await _members(work, row)):
        work.send(
            "provider-view-written",
            address=address,
            subject="Wij schreven op wat u zei",
            body=f"Wij schreven op wat u van ons voornemen vindt. Lees het op {page} en vul aan wat niet klopt.\n",
            about=row,
        )


async def _tell_office(work: Work, row: ProviderIntention) -> None:
    """Who meant it hears that there is a view to answer."""
    holders = {person for person, _ in await people.holders(work.session, Role.SECRETARY, work.today)}
    addresses = await people.addresses_of(work.session, holders & {row.intended_by})
    for person, address in sorted(addresses.items()):
        work.send(
            "provider-view",
            address=address,
            subject="Een aanbieder heeft een zienswijze gegeven",
            body="Een aanbieder zei wat hij van een voornemen vindt. Lees het bij de aanbieder.\n",
            person_id=person,
            about=row,
            to="body",
        )


async def drop(work: Work, id: UUID) -> ProviderIntention:
    """What was meant goes no further; the provider hears it. Forbidden("own-case"); Refused("wrong-state")."""
    row = await intention(work, id)
    work.expect(row)
    if await queries.is_member(work, row.provider_id):
        raise Forbidden("own-case")
    if row.ended_on is not None:
        raise Refused("wrong-state")
    row.ended_on = work.today
    work.log("provider:drop-intention", row)
    for address in await _organisation(work, row):
        work.send(
            "provider-intention-dropped",
            address=address,
            subject="Het voornemen gaat niet door",
            body=f"Wij waren van plan {MEANT[row.kind]}. Dat doen wij niet.\n",
            about=row,
        )
    return row


async def require_heard(work: Work, subject_id: UUID, kind: str, answer: str) -> ProviderIntention:
    """Refuse a measure of which the provider was not told, or not heard yet; a view is answered (Awb 4:8, 3:46).

    Refused: `intention-first`, `hearing-term-runs`; Invalid("view-unanswered").
    """
    row = await running(work, subject_id, kind)
    if row is None:
        raise Refused("intention-first")
    heard.require_heard(row.view, row.view_until, work.today)
    heard.answered([row.view], answer)
    return row


async def carried_out(work: Work, subject_id: UUID, kind: str) -> None:
    """What was meant was decided, or goes no further."""
    row = await running(work, subject_id, kind)
    if row is not None:
        row.ended_on = work.today
        work.log("provider:end-intention", row)
