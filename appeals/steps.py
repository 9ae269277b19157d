"""What comes next in a dispute, in words: for the page of the file, from what stands in it today."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from appeals.disputes import interim, papers, queries
from appeals.disputes.body import ADJOURNS, chair_alone, leaves_to_chair, outcome_of, quorum_of
from appeals.disputes.guidance import RARE, Next, Standing, is_offered, next_step
from appeals.disputes.policy import PANEL_LEAST, InterimState, Kind, fits, majority
from appeals.disputes.queries import File, Relation
from appeals.verbs import Verb, open_verbs
from auth.actor import Actor
from core.errors import Refused
from core.records import filled
from core.store.work import Work
from core.texts import day
from core.web.pages import label


def standing_of(work: Work, file: File, who: Relation, anew_by: date | None = None) -> Standing:
    """Where a dispute stands, for who reads it; `anew_by`: until when the body decides on what was sent back."""
    row, hearing, actor = file.dispute, file.hearing, work.actor
    panel, outcome = file.at_turn(), outcome_so_far(work, file)
    asked = file.interim
    decides = row.kind is Kind.OBJECTION and panel == file.deciding()
    own = next((one for one in file.sitting() if isinstance(actor, Actor) and one.member_id == actor.person_id), None)
    return filled(
        Standing,
        row,
        today=work.today,
        due_on=row.decision_due_on,
        handler=who.handler,
        seated=own is not None,
        filer=who.filer,
        body=who.body,
        missing=bool(row.missing),
        asked=row.repair_asked_on is not None,
        held_on=hearing.held_on if hearing else None,
        papers_left=papers.are_left(file),
        pieces=len(file.pieces),
        sitting=len(panel),
        least=quorum_of(work, row) if decides else PANEL_LEAST,
        chair=any(one.chair for one in panel),
        voted=sum(bool(one.vote) for one in panel),
        by_chair=chair_alone(work, file) is not None,
        advises=own is not None and file.advises(own),
        draft=bool(row.draft),
        own_vote=own is not None and bool(own.vote),
        adjourns=own in file.deciding() and own is not None and own.chair
        if row.kind is Kind.OBJECTION and leaves_to_chair(work, row, ADJOURNS)
        else who.handler,
        adjourned=row.adjourned_on is not None,
        declined=row.hearing_declined_on is not None,
        unheard=bool(outcome) and not fits(row.waived, outcome),
        anew_by=anew_by,
        interim_asked=asked is not None and asked.state is InterimState.ASKED,
        interim_may=bool(interim.work_in(work, file)) and (asked is None or asked.state not in interim.OPEN),
        led=interim.chair_of(file) is not None,
        leads=own is not None and own == interim.chair_of(file),
    )


async def steps_of(work: Work, file: File, who: Relation) -> tuple[Next | None, Sequence[Verb]]:
    """What is next, and every deed that can succeed now."""
    sent_back = await queries.sent_back(work, file) if file.dispute.state == "remitted" else None
    now = standing_of(work, file, who, sent_back.decision_due_on if sent_back else None)
    offered = [verb for verb in open_verbs(file.dispute, who) if is_offered(now, verb.name)]
    return next_step(now, {verb.name for verb in offered}), offered


def in_words(found: Next | None) -> dict[str, Any] | None:
    """The heading of what is next and the reason, with its day and number."""
    if found is None:
        return None
    facts = {"day": day(found.day) if found.day else "", "n": found.n}
    return {"deed": found.deed, "why": label(found.why, "step").format_map(facts)}


def is_rare(name: str) -> bool:
    """Whether a deed stands apart from the main line."""
    return name in RARE


def outcome_so_far(work: Work, file: File) -> str:
    """The outcome that most of whose turn it is want, or that was advised; empty while nobody knows."""
    row, panel = file.dispute, file.at_turn()
    if alone := chair_alone(work, file):
        return alone.vote
    votes = {one.member_id: one.vote for one in panel if one.vote}
    chair = next((one.member_id for one in panel if one.chair), None)
    try:
        if row.kind is Kind.OBJECTION and panel == file.deciding():
            return outcome_of(votes, chair, quorum_of(work, row))
        return majority({str(one): vote for one, vote in votes.items()}, str(chair) if chair else None)
    except Refused:
        return row.advised_outcome
