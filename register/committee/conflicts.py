"""Who may not judge which file (Awb 2:4): own case, same board or provider, an earlier role; for all at once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, or_, select

from auth import merged_persons
from core.decisions import Decision
from core.law.days import add_years
from core.panel.service import Pair
from core.store.audit import TrailEvent
from core.store.work import Work
from register.applications.intake.models import FileNote
from register.committee.cases import Case
from register.entries.models import ApplicationProof, Appointment
from register.portfolio.models import PortfolioEntry

OWN, BOARD, PROVIDER, ROLE = "own-case", "same-board", "same-provider", "earlier-role"
Members = Callable[[Work, Collection[str], Collection[UUID]], Awaitable[Collection[tuple[str, UUID]]]]
"""(work, codes of the offer, persons) -> which of them belong to the provider of which programme or course."""


async def conflicts_in(
    work: Work, cases: Sequence[Case], members: Collection[UUID], of_provider: Members
) -> Mapping[Pair, list[str]]:
    """The grounds on which a member may not judge a case, for each pair that has any; in a constant number of queries.

    Any deed in the file counts as an earlier role: it was prepared, advised, admitted or proposed by that member.
    """
    found: dict[Pair, list[str]] = defaultdict(list)
    if not cases or not members:
        return found
    for case in cases:
        if case.person_id in members:
            found[case.id, case.person_id].append(OWN)
    for ground, pairs in (
        (BOARD, await _of_one_board(work, cases, members)),
        (PROVIDER, await _of_one_provider(work, cases, members, of_provider)),
        (ROLE, [*await _had_a_hand(work, cases, members), *await _valued(work, cases, members)]),
    ):
        for pair in pairs:
            if ground not in found[pair] and OWN not in found[pair]:
                found[pair].append(ground)
    return {pair: grounds for pair, grounds in found.items() if grounds}


def grounds_of(found: Mapping[Pair, list[str]]) -> list[str]:
    """Every ground that was found, each once."""
    return sorted({ground for grounds in found.values() for ground in grounds})


async def _of_one_board(work: Work, cases: Sequence[Case], members: Collection[UUID]) -> Iterable[Pair]:
    """At the same board now, or in the years that the rule set of the register names."""
    since = {case.register: _since(work, case) for case in cases}
    mine, theirs = aliased(Appointment), aliased(Appointment)
    wanted = (
        select(mine, theirs)
        .join(theirs, col(theirs.board_number) == mine.board_number)
        .where(col(mine.person_id).in_(list(members)))
        .where(col(theirs.person_id).in_({case.person_id for case in cases}))
        .where(*(or_(col(one.ended_on).is_(None), col(one.ended_on) >= min(since.values())) for one in (mine, theirs)))
    )
    posts = (await work.session.exec(wanted)).all()
    return [
        (case.id, one.person_id)
        for case in cases
        for one, other in posts
        if other.person_id == case.person_id
        and all(post.ended_on is None or post.ended_on >= since[case.register] for post in (one, other))
    ]


def _since(work: Work, case: Case) -> date:
    rules = work.rules.chosen(case.register.value, work.today)
    return add_years(work.today, -rules.committee.conflict_years)


async def _of_one_provider(
    work: Work, cases: Sequence[Case], members: Collection[UUID], of_provider: Members
) -> Iterable[Pair]:
    """Of the provider of a programme on which the file rests."""
    wanted = select(ApplicationProof.application_id, ApplicationProof.programme_code).where(
        col(ApplicationProof.application_id).in_([case.id for case in cases]),
        col(ApplicationProof.programme_code).is_not(None),
    )
    rests = [(case, code) for case, code in await work.session.exec(wanted) if code]
    known = set(await of_provider(work, {code for _, code in rests}, members)) if rests else set()
    return [(case, member) for case, code in rests for at, member in known if at == code]


async def _names(work: Work, members: Collection[UUID]) -> dict[str, UUID]:
    """As the trail names these members, also from before a double became one with them."""
    former = await merged_persons.former_selves(work.session, members)
    return {f"person/{id}": member for id, member in {**{each: each for each in members}, **former}.items()}


async def _had_a_hand(work: Work, cases: Sequence[Case], members: Collection[UUID]) -> Iterable[Pair]:
    """Whoever did anything in the file, as its trail tells, or advised on it; a vote is cast on the agenda."""
    who = await _names(work, members)
    wanted = select(TrailEvent.object_id, TrailEvent.actor).where(
        col(TrailEvent.object_id).in_([str(case.id) for case in cases]), col(TrailEvent.actor).in_(who)
    )
    found = [(UUID(case), who[actor]) for case, actor in await work.session.exec(wanted.distinct()) if case]
    advised = select(FileNote.application_id, FileNote.author).where(
        col(FileNote.application_id).in_([case.id for case in cases]), col(FileNote.author).in_(who)
    )
    return [*found, *((case, who[author]) for case, author in await work.session.exec(advised.distinct()))]


async def _valued(work: Work, cases: Sequence[Case], members: Collection[UUID]) -> Iterable[Pair]:
    """Whoever valued an activity on which a renewal rests."""
    renewals = defaultdict(list)
    for case in cases:
        if case.kind == "reregistration":
            renewals[case.registration_id].append(case.id)
    if not renewals:
        return []
    who = await _names(work, members)
    wanted = (
        select(PortfolioEntry.registration_id, Decision.taken_by)
        .join(PortfolioEntry, col(PortfolioEntry.id) == Decision.subject_id)
        .where(Decision.kind == "valuation", col(Decision.taken_by).in_(who))
        .where(col(PortfolioEntry.registration_id).in_(list(renewals)))
        .distinct()
    )
    rows = await work.session.exec(wanted)
    return [(case, who[taken_by]) for entry, taken_by in rows for case in renewals[entry]]
