"""The committee's deeds: plan, read, vote, step aside, decide. Nobody judges their own case or a colleague's."""

from dataclasses import dataclass
from uuid import UUID

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Role
from core.decisions import Decision
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.service import PanelItem, PanelRecusal, PanelSeat, PanelSession, PanelVote
from core.panel.votes import ItemEvent, ItemState, Outcome, SeatEvent, Tally
from core.store.files import StoredFile
from core.store.work import Work
from register.applications import service as registration
from register.committee.measures.models import Measure
from register.committee.measures.source import measure_of
from register.committee.ruling import NewRuling
from register.committee.sessions import applications, invitations
from register.committee.sessions.queries import COMMITTEE
from register.committee.sessions.schemas import NewSession, NewVote
from register.committee.sessions.sources import case_of, conflicts, source_of
from register.entries.models import Application
from register.notification import sending
from register.rules.assessment.answer import Assessment
from register.rules.assessment.facts import Facts


async def plan(work: Work, new: NewSession) -> PanelSession:
    """Plan a session and invite its members; Invalid("not-a-member") for who is not in the pool, and as sitting.plan.

    A pool outside its bounds stops no session: files have terms. The page and the API say so (`queries.pool_warning`).
    """
    pool = {member for member, _ in await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today)}
    if not set(new.members) <= pool:
        raise Invalid("not-a-member", [("members", "not-a-member")])
    quorum = max(rules.committee.quorum for rules in work.rules if rules.covers(work.today))
    session = await sitting.plan(work, COMMITTEE, new.held_on, new.chair_id, new.members, quorum)
    await invitations.send(work, session, new.members)
    return session


async def invite(work: Work, session_id: UUID, member_id: UUID) -> PanelSeat:
    """Invite one more member; Invalid("not-a-member"), and as sitting.invite. Their conflicts are noted at once."""
    session = await panel.session_of(work, session_id, COMMITTEE)
    pool = {member for member, _ in await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today)}
    if member_id not in pool:
        raise Invalid("not-a-member", [("member_id", "not-a-member")])
    seat = await sitting.invite(work, session, member_id)
    listed = [item.case_id for item in await panel.items_of(work, session.id) if item.state is ItemState.LISTED]
    await panel.recuse_conflicted(work, session.id, listed, [member_id], conflicts)
    await invitations.send(work, session, [member_id])
    return seat


async def answer(work: Work, session_id: UUID, event: SeatEvent) -> PanelSeat:
    """One's own answer to an invitation; NotFound("no-such-session") for who was not invited."""
    session = await panel.session_of(work, session_id, COMMITTEE)
    if person_of(work.actor) not in {seat.member_id for seat in await panel.seats_of(work, session.id)}:
        raise NotFound("no-such-session")
    return await sitting.answer(work, session, person_of(work.actor), event)


async def vote(work: Work, item_id: UUID, new: NewVote) -> PanelVote:
    """Vote on a file, as core.panel.vote."""
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    await _require_may_see(work, item)
    return await panel.vote(work, item, session, person_of(work.actor), new.vote, new.dissent, conflicts)


async def recuse(work: Work, item_id: UUID, ground: str) -> PanelRecusal:
    """Step aside for a file for good."""
    item, _ = await panel.item_of(work, item_id, COMMITTEE)
    await _require_may_see(work, item)
    return await panel.recuse(work, item, person_of(work.actor), ground)


async def _require_may_see(work: Work, item: PanelItem) -> None:
    """A member who does not sit in the session does not know of the file."""
    actor = work.actor
    seated = isinstance(actor, Actor) and actor.person_id in await panel.seated(work, item.session_id)
    if not seated and not is_secretary(work):
        raise NotFound("no-such-item")


def is_secretary(work: Work) -> bool:
    """Whether the secretary asks, or the house itself."""
    actor = work.actor
    return not isinstance(actor, Actor) or Role.SECRETARY in actor.roles


def not_own(work: Work, person_id: UUID) -> None:
    """Forbidden("own-case"): a role is void on one's own case."""
    if isinstance(work.actor, Actor) and work.actor.person_id == person_id:
        raise Forbidden("own-case")


@dataclass(frozen=True)
class File:
    """A file as a reader of it finds it today."""

    item: PanelItem
    session: PanelSession
    application: Application
    facts: Facts
    assessment: Assessment


async def read(work: Work, item_id: UUID) -> File:
    """Read a file, with a trace. Forbidden: `recused`, `conflict-of-interest`, `own-case`; NotFound when not seated."""
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    await _require_may_see(work, item)
    application = await work.session.get(Application, item.case_id)
    if application is None:
        raise NotFound("no-such-application")
    not_own(work, application.person_id)
    if not is_secretary(work):
        await panel.require_judge(work, item, person_of(work.actor), conflicts)
    facts, assessment = await applications.assessed(work, application)
    work.looked("application:read", stream=application.stream(), application=str(application.id))
    return File(item, session, application, facts, assessment)


@dataclass(frozen=True)
class MeasureFile:
    """A measure as a reader of it finds it before the committee."""

    item: PanelItem
    session: PanelSession
    measure: Measure


async def read_measure(work: Work, item_id: UUID) -> MeasureFile:
    """Read a measure on the agenda, with a trace; refused as `read`."""
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    await _require_may_see(work, item)
    measure = await measure_of(work, item.case_id)
    not_own(work, measure.person_id)
    if not is_secretary(work):
        await panel.require_judge(work, item, person_of(work.actor), conflicts)
    work.looked("measure:read", stream=measure.stream(), measure=str(measure.id))
    return MeasureFile(item, session, measure)


async def proof(work: Work, item_id: UUID, proof_id: UUID) -> StoredFile:
    """The document of a file, for who may read the file."""
    file = await read(work, item_id)
    found = await registration.own_proof(work, file.application.id, proof_id)
    stored = await work.session.get(StoredFile, found.file_id) if found.file_id else None
    if stored is None:
        raise NotFound("no-such-file")
    return stored


async def leaning(work: Work, item: PanelItem) -> Outcome:
    """What the votes on a file come to so far, and what the rules come to while there is no majority."""
    rules = Outcome.LOST if item.summary.get("outcome") == "refused" else Outcome.CARRIED
    return await panel.leaning(work, item, rules)


async def draft_letter(work: Work, found: File | MeasureFile, new: NewRuling) -> bytes:
    """The letter that would go today with these words, as PDF and marked as a draft; refused as `decide`.

    Its outcome is as `leaning`. Refused("no-letter-follows") of a measure that the votes are against.
    """
    outcome = await leaning(work, found.item)
    decision = await source_of(found.item).draft(work, found.item, found.session, outcome, new)
    if decision is None:
        raise Refused("no-letter-follows")
    return await sending.draft(work, decision)


async def decide(work: Work, item_id: UUID, new: NewRuling) -> tuple[Tally, Decision | None]:
    """Count the votes on a file and take the decision that follows; a tie sends the file back to the next session.

    Refused: `session-not-open`, `no-quorum`, `wrong-state`, and as the room of the case; Forbidden("own-case").
    """
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    case = await case_of(work, item.case_id)
    not_own(work, case.person_id)
    tally = await panel.conclude(work, item, session, ItemEvent.DECIDE, conflicts)
    if tally.outcome is Outcome.TIE:
        item.state = ItemState.RETURNED
        await source_of(item).send_back(work, item.case_id, session.id)
        return tally, None
    return tally, await source_of(item).decide(work, item, session, tally, new)
