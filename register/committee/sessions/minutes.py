"""The minutes (verslag) of a session, drawn up from what happened: present, recused, votes, decisions, dissent."""

from collections.abc import Iterable, Iterator

from core.panel import sessions as sitting
from core.panel.service import PanelItem, PanelSession, PanelVote
from core.panel.votes import SITS, ItemState, Vote
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.committee.sessions import queries
from register.committee.sessions.queries import Sitting

NL = "nl"


async def close(work: Work, session: PanelSession, text: str) -> None:
    """Close a session with these minutes, or with a draft from what happened; as core.panel.sessions.close_session."""
    await sitting.close_session(work, session, text.strip() or draft(await queries.sitting_of(work, session)))


def draft(found: Sitting) -> str:
    """A text for the secretary to edit and the chair to sign. Of a recusal it says who, never why; it names no
    applicant."""
    row = found.session
    took_part = found.took_part()
    present = [seat.member_id for seat in found.seats if seat.member_id in took_part]
    missed = [seat.member_id for seat in found.seats if seat.state not in SITS and seat.member_id not in took_part]
    silent = [seat.member_id for seat in found.seats if seat.state in SITS and seat.member_id not in took_part]
    names = found.names
    head = [
        f"Verslag van de zitting van de {SAID.label(row.committee, 'committee', NL)} op {day(row.held_on, NL)}",
        "",
        f"Voorzitter: {names.get(row.chair_id, '')}",
        f"Aanwezig: {', '.join(names.get(each, '') for each in present) or 'niemand'}",
        *([f"Afwezig: {', '.join(names.get(each, '') for each in missed)}"] if missed else []),
        *([f"Zonder stem: {', '.join(names.get(each, '') for each in silent)}"] if silent else []),
        f"Nodig om te beslissen: {row.quorum} stemmen.",
        "",
    ]
    return "\n".join([*head, *_files(found)]).rstrip()


def _files(found: Sitting) -> Iterator[str]:
    for item in found.items:
        case = found.cases[item.case_id]
        yield f"{item.position}. {case.number}, {SAID.label(case.kind, 'kind', NL).lower()}: {_outcome(found, item)}."
        if votes := found.valid(item):
            yield f"   Aanwezig bij dit dossier: {', '.join(found.names.get(one.member_id, '') for one in votes)}."
            yield f"   Stemmen: {_count(votes)}."
        if aside := sorted(found.names.get(one, "") for one in found.aside.get(item.case_id, set())):
            yield f"   Verschoond: {', '.join(aside)}."
        yield from (f"   {line}" for line in _dissent(found, votes))


def _outcome(found: Sitting, item: PanelItem) -> str:
    if item.state is not ItemState.DECIDED:
        return SAID.label(item.state, "item", NL).lower()
    decision = found.decisions.get(item.case_id)
    if decision is None:
        return "het voorstel is niet overgenomen"
    until = f", tot en met {day(decision.due_on, NL)}" if decision.due_on else ""
    return f"{SAID.label(decision.outcome, 'outcome', NL).lower()}{until} (besluit {decision.number})"


def _count(votes: Iterable[PanelVote]) -> str:
    cast = [vote.vote for vote in votes]
    return f"{cast.count(Vote.FOR)} voor, {cast.count(Vote.AGAINST)} tegen, {cast.count(Vote.ABSTAIN)} onthouding"


def _dissent(found: Sitting, votes: Iterable[PanelVote]) -> Iterator[str]:
    for vote in votes:
        if vote.dissent.strip():
            said = SAID.label(vote.vote, "vote", NL).lower()
            yield f"{found.names.get(vote.member_id, '')} ({said}): {' '.join(vote.dissent.split())}"
