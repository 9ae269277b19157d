"""Deeds for many files at once: vote as the rules say, decide what is complete, make a session's decisions known.

Deciding and making known are a work of their own for each file: one that is refused does not undo the others.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from auth.actor import person_of
from core.decisions import DecisionState
from core.errors import Invalid, NotFound, Problem, Refused
from core.panel import service as panel
from core.panel.service import PanelItem
from core.panel.votes import ItemState, Outcome, SessionState, Tally, Vote
from core.store.work import Work
from register.committee.cases import Case
from register.committee.grounds import library
from register.committee.ruling import NewRuling
from register.committee.sessions import queries, service
from register.committee.sessions.queries import COMMITTEE, Sitting
from register.committee.sessions.schemas import NewVotes, ResultView
from register.committee.sessions.sources import conflicts
from register.notification import service as decisions

REFUSED = "refused"
DONE, RETURNED = "done", "returned"


async def vote_together(work: Work, session_id: UUID, new: NewVotes) -> Sequence[ResultView]:
    """One vote for the files that are named; for none named, on all of which the rules say the same and that one may
    judge. NotFound("no-such-session"); Refused: `session-not-open`, `no-file-to-vote`; Invalid("files-missing")."""
    session = await panel.session_of(work, session_id, COMMITTEE)
    me = person_of(work.actor)
    if me not in await panel.seated(work, session.id):
        raise NotFound("no-such-session")
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    if not new.items and new.vote is Vote.ABSTAIN:
        raise Invalid("files-missing", [("items", "files-missing")])
    found = await queries.sitting_of(work, session)
    closed = {case for case, _ in await conflicts(work, list(found.cases), [me])}
    results = []
    for item in found.items:
        if item.id not in new.items and (new.items or not _agrees(item, new.vote)):
            continue
        code = _bar(found, item, me, closed)
        if code is None:
            panel.cast_vote(work, item, me, new.vote, new.dissent)
        if code is None or new.items:
            results.append(ResultView(item.id, found.cases[item.case_id].number, code or DONE))
    return _some(results, "no-file-to-vote")


def _some(results: Sequence[ResultView], code: str) -> Sequence[ResultView]:
    """What came of each file; Refused, by this code, when there was none: silence would say that it was done."""
    if not results:
        raise Refused(code)
    return results


def _agrees(item: PanelItem, vote: Vote) -> bool:
    """Whether this vote is what the rules come to; a file that was drawn for a full check is voted on by itself."""
    outcome = item.summary.get("outcome")
    return outcome is not None and not item.summary.get("sampled") and (outcome == REFUSED) == (vote is Vote.AGAINST)


def _bar(found: Sitting, item: PanelItem, me: UUID, closed: Collection[UUID]) -> str | None:
    """Why one may not vote on a file, or None."""
    if me in found.aside.get(item.case_id, set()):
        return "recused"
    if item.case_id in closed:
        return "conflict-of-interest"
    if item.state is not ItemState.LISTED:
        return "wrong-state"
    return "already-voted" if any(vote.member_id == me for vote in found.votes.get(item.id, ())) else None


async def decide_together(work: Work, session_id: UUID, wanted: Collection[UUID]) -> Sequence[ResultView]:
    """Decide the named files, or all of which the votes are complete, with the words of the library.

    A file that needs words of its own is left (`words-needed`), one that lacks a vote too (`votes-missing`); a tie is
    `returned`. Else as service.decide, for each file by itself. Refused: `session-not-open`, `no-file-to-decide`.
    """
    session = await panel.session_of(work, session_id, COMMITTEE)
    if session.state is not SessionState.OPEN:
        raise Refused("session-not-open")
    found = await queries.sitting_of(work, session)
    chosen = [
        (item.id, found.cases[item.case_id], dict(item.summary), found.complete(item))
        for item in found.items
        if item.state is ItemState.LISTED and (item.id in wanted or (not wanted and found.complete(item)))
    ]
    await work.session.rollback()  # each file is a work of its own; on SQLite there is one writer
    results = []
    for item_id, case, summary, complete in chosen:
        code = await _attempt(work, item_id, case, summary) if complete else "votes-missing"
        results.append(ResultView(item_id, case.number, code))
    return _some(results, "no-file-to-decide")


async def _attempt(work: Work, item_id: UUID, case: Case, summary: dict[str, object]) -> str:
    async def deed(aside: Work) -> str:
        counted, _ = await service.decide(aside, item_id, words(case, summary))
        if not _follows_rules(counted, summary):
            raise Refused("words-needed")
        return RETURNED if counted.outcome is Outcome.TIE else DONE

    try:
        return await work.means.do(work.actor, deed)
    except Problem as error:
        unanswered = isinstance(error, Invalid) and ("answer", "view-unanswered") in error.errors
        return "words-needed" if unanswered else error.code


def words(case: Case, summary: dict[str, object]) -> NewRuling:
    """What the library says of a file that is decided as the rules say."""
    grounds = summary.get("grounds")
    codes = [str(code) for code in grounds] if isinstance(grounds, list) else []
    if summary.get("outcome") == REFUSED:
        said = library.refused(case.register.value, codes)
        return NewRuling(reasons=said.reasons, grounds=codes, repair=said.repair)
    said = library.granted(case.register.value, case.kind, str(summary.get("outcome")))
    repair = library.refused(case.register.value, codes).repair
    return NewRuling(reasons=said.reasons, grounds=codes, repair=repair)


def _follows_rules(counted: Tally, summary: dict[str, object]) -> bool:
    if counted.outcome is Outcome.TIE:  # nothing is decided, so nothing needs words
        return True
    return (counted.outcome is Outcome.LOST) == (summary.get("outcome") == REFUSED)


async def notify_together(work: Work, session_id: UUID) -> Sequence[ResultView]:
    """Make every decision of a session known that still waits, each by itself; as decisions.notify.

    Refused("no-decision-to-tell").
    """
    session = await panel.session_of(work, session_id, COMMITTEE)
    found = await queries.sitting_of(work, session)
    waiting = [
        (item.id, found.cases[item.case_id].number, decision.id)
        for item in found.items
        if (decision := found.decisions.get(item.case_id)) and decision.state is DecisionState.TAKEN
    ]
    await work.session.rollback()
    told = [ResultView(item_id, number, await _tell(work, id)) for item_id, number, id in waiting]
    return _some(told, "no-decision-to-tell")


async def _tell(work: Work, decision_id: UUID) -> str:
    async def deed(aside: Work) -> None:
        await decisions.notify(aside, decision_id, None)

    try:
        await work.means.do(work.actor, deed)
    except Problem as error:
        return error.code
    return DONE
