"""The committee's deeds: plan, list, read, vote, step aside, ask for more, decide. Nobody judges their own provider."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from accreditation.committee.ports import CommitteePorts
from accreditation.committee.queries import COMMITTEE
from accreditation.committee.schemas import NewSession, NewVote
from accreditation.courses import panels, ruling
from accreditation.courses import queries as courses
from accreditation.courses.applications import CASE
from accreditation.courses.models import Course, CourseApplication, CourseFile, ProgrammePanel
from accreditation.courses.policy import FILE, FileEvent, FileState, PanelState
from accreditation.courses.schemas import NewCourseRuling
from accreditation.courses.service import ask, others_file
from accreditation.providers import queries as providers
from accreditation.providers.models import Provider
from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission, Role
from core.clock import legal_day
from core.decisions import Decision
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.days import add_years
from core.panel import service as panel
from core.panel import sessions as sitting
from core.panel.service import PanelItem, PanelRecusal, PanelSession, PanelVote
from core.panel.votes import ITEM, ItemEvent, ItemState, Outcome, SessionState, Tally
from core.store.work import Work

PANEL_CASE = "programme-panel"


async def pool(work: Work) -> Sequence[tuple[UUID, str]]:
    """Who may be invited."""
    return await people.holders(work.session, Role.ACCREDITATION_MEMBER, work.today)


async def plan(work: Work, new: NewSession) -> PanelSession:
    """Plan a session; Invalid("not-a-member") for who is not in the pool, and as core.panel.sessions.plan."""
    if not set(new.members) <= {member for member, _ in await pool(work)}:
        raise Invalid("not-a-member", [("members", "not-a-member")])
    quorum = max(rules.committee.quorum for rules in work.rules if rules.covers(work.today))
    return await sitting.plan(work, COMMITTEE, new.held_on, new.chair_id, new.members, quorum)


async def session_of(work: Work, id: UUID) -> PanelSession:
    """A session of this committee; NotFound("no-such-session")."""
    return await panel.session_of(work, id, COMMITTEE)


async def put_on_agenda(work: Work, session_id: UUID, file_id: UUID) -> PanelItem:
    """Put an assessed file on the agenda, or the proposed panel of one; Refused("wrong-state") for any other.

    Every invited member who may not judge it is recused for it at once, for good.
    """
    session = await session_of(work, session_id)
    file = await others_file(work, file_id)
    proposed = await courses.panel(work, file.id)
    if proposed is not None and proposed.state is PanelState.PROPOSED and file.state is not FileState.DRAFT:
        item = await panel.list_case(work, session, PANEL_CASE, proposed.id)
    else:
        FILE.after(file.state, FileEvent.DECIDE)
        item = await panel.list_case(work, session, CASE, file.id)
    members = [seat.member_id for seat in await panel.seats_of(work, session.id)]
    await panel.recuse_conflicted(work, session.id, [item.case_id], members, conflicts)
    return item


@dataclass(frozen=True)
class Dossier:
    """What a member reads."""

    item: PanelItem
    session: PanelSession
    file: CourseFile
    application: CourseApplication
    course: Course
    provider: Provider
    panel: ProgrammePanel | None


async def conflicts(work: Work, cases: Collection[UUID], members: Collection[UUID]) -> Mapping[panel.Pair, list[str]]:
    """Why a member may not judge a file: own case, same provider, a post at the board that provides, advised on it."""
    found = {}
    for case in cases:
        file = await _file(work, case)
        for member in members:
            if grounds := await _grounds(work, file, member):
                found[case, member] = grounds
    return found


async def ties(work: Work, provider_id: UUID, register: str, member: UUID) -> list[str]:
    """What binds somebody to a provider, now or in the years that the rule set counts."""
    since = add_years(work.today, -work.rules.chosen(register, work.today).committee.conflict_years)
    found = []
    seat = await providers.member_of(work, provider_id, member)
    if seat is not None and (seat.ended_at is None or legal_day(seat.ended_at) >= since):
        found.append("same-provider")
    provider = await work.session.get(Provider, provider_id)
    board = provider.board_number if provider is not None else None
    if board and await work.port(CommitteePorts).holds_post(work, member, board, since):
        found.append("same-board")
    return found


async def _grounds(work: Work, file: CourseFile, member: UUID) -> list[str]:
    application = await work.session.get_one(CourseApplication, file.application_id)
    found = []
    if member in {file.submitted_by, application.started_by}:
        found.append("own-case")
    found += await ties(work, file.provider_id, file.register_code, member)
    if member == file.advised_by:
        found.append("advised-before")
    return found


async def _file(work: Work, case_id: UUID) -> CourseFile:
    """The file behind a case: itself, or the one whose panel it is."""
    proposed = await work.session.get(ProgrammePanel, case_id)
    found = await work.session.get(CourseFile, proposed.file_id if proposed else case_id)
    if found is None:
        raise NotFound("no-such-item")
    return found


async def read(work: Work, item_id: UUID) -> Dossier:
    """Read a file, with a trace. Forbidden: `recused`, `conflict-of-interest`, `own-case`; NotFound when not seated."""
    item, session = await _item(work, item_id)
    found = await _open(work, item, session)
    _not_own(work, found.file)
    if not _is_secretary(work):
        await panel.require_judge(work, item, person_of(work.actor), conflicts)
    work.looked("course-file:read", stream=found.file.stream(), file=str(found.file.id))
    return found


async def _item(work: Work, item_id: UUID) -> tuple[PanelItem, PanelSession]:
    """A file on an agenda of this committee; who does not sit in the session does not know of it."""
    item, session = await panel.item_of(work, item_id, COMMITTEE)
    actor = work.actor
    seated = isinstance(actor, Actor) and actor.person_id in await panel.seated(work, item.session_id)
    if not (seated or _is_secretary(work)):
        raise NotFound("no-such-item")
    return item, session


async def _open(work: Work, item: PanelItem, session: PanelSession) -> Dossier:
    file = await _file(work, item.case_id)
    application = await work.session.get_one(CourseApplication, file.application_id)
    course = await courses.course(work, file.course_id)
    provider = await providers.by_id(work, file.provider_id)
    return Dossier(item, session, file, application, course, provider, await courses.panel(work, file.id))


def _is_secretary(work: Work) -> bool:
    return work.actor.can(Permission.COURSE_ASSESS)


def _not_own(work: Work, file: CourseFile) -> None:
    if isinstance(work.actor, Actor) and file.provider_id in work.actor.organisations:
        raise Forbidden("own-case")


async def vote(work: Work, item_id: UUID, new: NewVote) -> PanelVote:
    """Vote on a file, as core.panel.vote."""
    item, session = await _item(work, item_id)
    member = person_of(work.actor)
    return await panel.vote(work, item, session, member, new.vote, new.dissent, conflicts)


async def recuse(work: Work, item_id: UUID, ground: str) -> PanelRecusal:
    """Step aside for a file for good."""
    item, _ = await _item(work, item_id)
    return await panel.recuse(work, item, person_of(work.actor), ground)


async def ask_more(work: Work, item_id: UUID, question: str) -> CourseFile:
    """The committee needs more before it can decide: off the agenda, and the term stands still (Awb 4:15)."""
    item, session = await _item(work, item_id)
    file = (await _open(work, item, session)).file
    _not_own(work, file)
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    if item.case_kind == PANEL_CASE:
        raise Refused("wrong-state", open_moves=ITEM.open(item.state))
    item.state = ITEM.after(item.state, ItemEvent.RETURN)
    work.log("session:return", item, stream=session.stream(), case=str(file.id))
    file.state = FILE.after(file.state, FileEvent.ASK_MORE)
    await ask(work, file, question)
    work.log("course-file:ask-more", file)
    return file


async def draft_letter(work: Work, found: Dossier, new: NewCourseRuling) -> bytes:
    """The letter that would go with these words, as the votes lie; while there is no majority, as the advice says.

    Refused("no-letter-follows") for the composition of a panel, and as ruling.decide.
    """
    if found.item.case_kind == PANEL_CASE:
        raise Refused("no-letter-follows")
    advised = Outcome.CARRIED if found.file.advice.get("positive") else Outcome.LOST
    votes = await panel.leaning(work, found.item, advised)
    return await work.port(CommitteePorts).draft_letter(
        work, await ruling.draw_up(work, found.file, votes, new, found.session.id)
    )


async def decide(work: Work, item_id: UUID, new: NewCourseRuling) -> tuple[Tally, Decision | None]:
    """Count the votes and take the decision that follows; a tie goes to the next session, a panel is approved or not.

    Refused: `session-not-open`, `no-quorum`, and as ruling.decide; Forbidden("own-case").
    """
    item, session = await _item(work, item_id)
    found = await _open(work, item, session)
    _not_own(work, found.file)
    tally = await panel.conclude(work, item, session, ItemEvent.DECIDE, conflicts)
    if tally.outcome is Outcome.TIE:
        item.state = ItemState.RETURNED
        return tally, None
    if item.case_kind == PANEL_CASE:
        inspecting = await courses.panel_by_id(work, item.case_id)
        await panels.settle(work, inspecting, found.file, approved=tally.outcome is Outcome.CARRIED)
        return tally, None
    return tally, await ruling.decide(work, found.file, tally.outcome, new, session.id)
