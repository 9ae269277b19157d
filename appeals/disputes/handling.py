"""Handling a dispute: omissions, terms, who sits, the hearing, withdrawal. Each deed is one verb of the table."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from appeals.disputes import body, conditions, interim, papers, telling, terms, written
from appeals.disputes.filing import FormItem, joined, repair_until, still_missing
from appeals.disputes.models import Dispute, Hearing, Seat
from appeals.disputes.policy import OUTCOMES, TO_DECIDE, Kind, ObjectionState, after, require_notice
from appeals.disputes.queries import File, contested_of
from appeals.disputes.schemas import (
    AskRepair,
    Consent,
    Forwarding,
    Minutes,
    NewHearing,
    NewSeat,
    Nothing,
    Recuse,
    Repair,
    Vote,
    Withdrawal,
)
from auth import queries as people
from auth.permissions import Role
from core import agenda
from core.clock import AMSTERDAM
from core.errors import Forbidden, Invalid, Refused
from core.law.penalty import GRACE
from core.law.terms import documents_until, inspection_from, run
from core.store.work import Work

COMMITTEE = frozenset({Role.COMMITTEE_MEMBER, Role.ACCREDITATION_MEMBER, Role.SECRETARY})


def move(work: Work, row: Dispute, event: str, **facts: Any) -> None:
    """Move a dispute by its machine, with a line in the trail."""
    row.state = after(row.kind, row.state, event)
    work.log(f"{row.kind.value}:{event}", row, state=row.state, **facts)


async def ask_repair(work: Work, file: File, new: AskRepair) -> None:
    """Ask for what is missing, with a day that the office sets and tells (Awb 6:6)."""
    row = file.dispute
    row.missing = joined(new.missing)
    row.repair_asked_on = row.repair_until = None
    move(work, row, "ask-repair", missing=row.missing.split())
    if await telling.ask(work, row, _days_to_repair(work, row)):
        await request_sent(work, row, work.today)


def _days_to_repair(work: Work, row: Dispute) -> int:
    return work.rules.chosen(row.register_code, work.today).terms["omission-repair"].length


async def request_posted(work: Work, id: UUID, sent_on: date) -> None:
    """The letter that asks for what lacks went to the post; as `request_sent`."""
    await request_sent(work, await work.session.get_one(Dispute, id), sent_on)


async def awaits_repair(work: Work, id: UUID) -> bool:
    """Whether what lacks is asked still."""
    return (await work.session.get_one(Dispute, id)).state == ObjectionState.OMISSION.value


async def request_sent(work: Work, row: Dispute, sent_on: date) -> None:
    """What lacks was asked, provably: from that day the term to repair it runs, and the body's own stands still."""
    if row.state != ObjectionState.OMISSION.value or row.repair_until is not None:
        return
    row.repair_asked_on, row.repair_until = sent_on, repair_until(sent_on, _days_to_repair(work, row))
    work.log(f"{row.kind.value}:request-sent", row, sent_on=sent_on, until=row.repair_until)
    await telling.keep_request(work, row)
    await terms.wait_for_repair(work, row, row.repair_until)
    await terms.recount(work, row, await contested_of(work, row))
    await telling.tell_due(work, row, "omission")


async def request_returned(work: Work, id: UUID) -> None:
    """The request came back: nothing was asked, so no term passes on it until it goes again (Awb 6:6)."""
    row = await work.session.get_one(Dispute, id)
    if row.repair_until is None or row.repaired_on is not None or row.ended_on is not None:
        return
    row.repair_asked_on = row.repair_until = None
    work.log(f"{row.kind.value}:request-returned", row)
    await agenda.done(work, row.id, terms.REPAIR)
    await terms.recount(work, row, await contested_of(work, row))


async def repair(work: Work, file: File, new: Repair) -> None:
    """What was missing came in, in time. Refused("repair-term-passed"); Invalid("still-missing")."""
    row = file.dispute
    await conditions.repair_runs(work, file)
    given = set(new.repaired)
    if getattr(work.actor, "person_id", None) == row.representative_id:
        given.discard(FormItem.MANDATE)  # by a paper in the file, not by a word (Awb 2:1)
    if new.grounds.strip():
        row.grounds = f"{row.grounds}\n\n{new.grounds}".strip()
        given.add(FormItem.GROUNDS)
    if any(piece.mandate for piece in file.pieces):
        given.add(FormItem.MANDATE)
    sent_in = [one.received_on for one in file.pieces if one.decision_id is None and one.paper is None]
    left = still_missing(row.missing.split(), given, row.grounds, sent_in, row.repair_asked_on)
    if left:
        raise Invalid("still-missing", [("repaired", "still-missing")], missing=left)
    row.repaired_on = work.today
    row.missing = ""
    move(work, row, "repair", repaired_on=work.today)
    await agenda.done(work, row.id, terms.REPAIR)
    await terms.recount(work, row, list(file.contested))
    await telling.tell_due(work, row, "repaired")


async def pass_term(work: Work, file: File, _new: Nothing) -> None:
    """The day to repair went by unused. Refused as conditions.repair_over."""
    await conditions.repair_over(work, file)
    await leave_unrepaired(work, file.dispute)


async def leave_unrepaired(work: Work, row: Dispute) -> None:
    """What was missing did not come; the term to decide stood still until that day (Awb 7:10(2))."""
    move(work, row, "pass-term", until=row.repair_until)
    await agenda.done(work, row.id, terms.REPAIR)
    await terms.recount(work, row, await contested_of(work, row))
    await telling.tell_due(work, row, "unrepaired")


async def seat(work: Work, file: File, new: NewSeat) -> None:
    """Give somebody a seat: in the advisory committee before its advice, in the body that decides, or in the chamber.

    Invalid: `not-a-member`, `chair-not-independent` (Awb 7:13(1)(b)); Forbidden("conflict-of-interest") for who took
    part in what is contested; Refused: `seated-already`, `chair-taken`, `wrong-state` once it is decided.
    """
    row = file.dispute
    after(row.kind, row.state, "withdraw")  # as long as it runs
    roles = await people.roles_of(work.session, new.member_id, work.today)
    role = next((one for one in seat_roles(row) if one in roles), None)
    if role is None:
        raise Invalid("not-a-member", [("member_id", "not-a-member")])
    advises = role is Role.OBJECTION_ADVISER
    if new.chair and advises and not COMMITTEE.isdisjoint(roles):
        raise Invalid("chair-not-independent", [("member_id", "chair-not-independent")])
    involved = await _require_unbiased(work, file, new.member_id, decides=row.kind is Kind.OBJECTION and not advises)
    if any(each.member_id == new.member_id for each in file.seats):
        raise Refused("seated-already")
    if new.chair and any(each.chair and file.advises(each) == advises for each in file.sitting()):
        raise Refused("chair-taken")
    taken = Seat(dispute_id=row.id, member_id=new.member_id, chair=new.chair, advises=advises, involved=involved)
    work.add(taken)
    await work.flush()
    work.log(f"{row.kind.value}:seat", taken, chair=new.chair, advises=advises, involved=involved)
    await touch(work, row)


async def _require_unbiased(work: Work, file: File, member: UUID, *, decides: bool) -> bool:
    """Whether somebody had a hand in it and may sit all the same: in the body, where it has too few others (7:5)."""
    row = file.dispute
    if member in {row.person_id, row.representative_id}:
        raise Forbidden("conflict-of-interest", grounds=["own-case"])
    if grounds := await body.conflicts_of(work, file, member):
        raise Forbidden("conflict-of-interest", grounds=grounds)
    if member not in file.excluded:
        return False
    if decides and await body.took_part_only(work, file, member) and await body.is_short(work, file):
        return True
    raise Forbidden("conflict-of-interest", grounds=["earlier-role"])


def seat_roles(row: Dispute) -> tuple[Role, ...]:
    """Which roles may have a seat now, the first that somebody holds counts: nobody joins the advisers once they have
    advised."""
    if row.kind is Kind.APPEAL:
        return (Role.APPEALS_MEMBER,)
    decides = body.ROLE[body.body_of(row)]
    return (Role.OBJECTION_ADVISER, decides) if row.advisory and row.state != "advised" else (decides,)


async def touch(work: Work, row: Dispute) -> None:
    """Something beside the row changed what may be decided: whoever decides at this moment must look again."""
    row.changes += 1
    work.log(f"{row.kind.value}:touch", row)


async def vote(work: Work, file: File, new: Vote) -> None:
    """Say which outcome one wants: who advises before the advice, who decides after it (Awb 7:13, 10:3).

    Refused("wrong-state"); as conditions.vote_open.
    """
    row, mine = file.dispute, conditions.mine(work, file)
    after(row.kind, row.state, "decide")
    await conditions.vote_open(work, file)
    if new.outcome not in OUTCOMES[row.kind]:
        raise Invalid("unknown-outcome", [("outcome", "unknown-outcome")])
    mine.vote = new.outcome.value
    work.log(f"{row.kind.value}:vote", mine)
    await touch(work, row)


async def recuse(work: Work, file: File, new: Recuse) -> None:
    """Step aside for good; a vote that was cast no longer counts. As `vote`."""
    row, mine = file.dispute, conditions.mine(work, file)
    after(row.kind, row.state, "withdraw")
    mine.recused, mine.vote = new.recuse_ground, ""
    work.log(f"{row.kind.value}:recuse", mine, ground=new.recuse_ground)
    await touch(work, row)


async def schedule(work: Work, file: File, new: NewHearing) -> None:
    """Plan a hearing, so that file and papers have their days (Awb 7:4). Invalid("hearing-too-soon")."""
    row = file.dispute
    if inspection_from(new.held_on) < work.today:
        raise Invalid("hearing-too-soon", [("held_on", "hearing-too-soon")])
    await conditions.hearers(work, file)
    await papers.complete(work, file)
    hour, minute = new.at.split(":")
    planned = Hearing(
        dispute_id=row.id,
        person_id=row.person_id,
        held_at=datetime.combine(new.held_on, time(int(hour), int(minute)), AMSTERDAM),
        held_on=new.held_on,
        place=new.place,
        documents_until=documents_until(new.held_on),
        inspection_from=inspection_from(new.held_on),
    )
    work.add(planned)
    await work.flush()
    work.log("hearing:plan", planned, held_on=new.held_on, documents_until=planned.documents_until)
    if row.state in TO_DECIDE:
        await judge_anew(work, file)
    move(work, row, "schedule", held_on=new.held_on)
    await terms.wait_for_hearing(work, row, planned)
    await telling.invite(work, row, planned, file.awaited(work.today))


async def judge_anew(work: Work, file: File) -> None:
    """What was waived, voted and advised falls away: they judge again after what is still to be heard."""
    row = file.dispute
    row.hearing_declined_on = row.hearing_reply_until = None
    row.waived, row.waiver_reasons, row.advice, row.advised_outcome, row.draft = None, "", "", "", None
    vote_anew(work, row, file.seats)


def vote_anew(work: Work, row: Dispute, seats: Iterable[Seat]) -> None:
    """What was voted no longer counts."""
    for seat in seats:
        if seat.vote:
            seat.vote = ""
            work.log(f"{row.kind.value}:vote-anew", seat)


async def hear(work: Work, file: File, new: Minutes) -> None:
    """The hearing was held; its minutes stand (Awb 7:7). Refused("not-held-yet")."""
    row, hearing = file.dispute, file.hearing
    await conditions.held(work, file)
    await conditions.hearers(work, file)
    assert hearing is not None
    hearing.held = True
    work.log("hearing:hold", hearing, present=sorted(str(each.member_id) for each in file.hearing_panel()))
    row.minutes = f"{row.minutes}\n\n{new.minutes}".strip()
    move(work, row, "hear", held_on=hearing.held_on)
    await written.minutes(work, row, hearing, file.hearing_panel(), new)
    await agenda.done(work, row.id, terms.DOCUMENTS, terms.HEARING)


async def adjourn(work: Work, file: File, _new: Nothing) -> None:
    """Put the decision off, once, before its day has passed (Awb 7:10(3), 7:24). As conditions.adjournable."""
    row = file.dispute
    await conditions.adjournable(work, file)
    row.adjourned_on = work.today
    await terms.recount(work, row, list(file.contested))
    await telling.tell_due(work, row, "adjourned", by=conditions.adjourned_by(work, file))


async def consent(work: Work, file: File, new: Consent) -> None:
    """The filer consents to wait longer (Awb 7:10(4)). Invalid("not-later")."""
    row = file.dispute
    after(row.kind, row.state, "withdraw")
    if new.consented_until <= row.decision_due_on:
        raise Invalid("not-later", [("consented_until", "not-later")])
    row.consented_until = new.consented_until
    await terms.recount(work, row, list(file.contested))
    await telling.tell_due(work, row, "consented")


async def give_notice(work: Work, file: File, _new: Nothing) -> None:
    """The filer gives notice of default: received today, whatever a letter says of itself. As `receive_notice`."""
    await receive_notice(work, file, work.today)


async def receive_notice(work: Work, file: File, received_on: date) -> None:
    """A notice of default came in (Awb 4:17(3), 6:12): the penalty clock runs where the register has one.

    As policy.require_notice.
    """
    row = file.dispute
    after(row.kind, row.state, "withdraw")
    require_notice(row.decision_due_on, row.default_notice_on, received_on)
    row.default_notice_on = received_on
    work.log(f"{row.kind.value}:default-notice", row, received_on=received_on)
    last_day = run(received_on, GRACE, work.calendar).last_day
    await terms.wait_after_notice(work, row, last_day)
    await telling.tell_notice(work, row, last_day)


async def ask_costs(work: Work, file: File, _new: Nothing) -> None:
    """The filer asks for the costs, as long as nothing is decided (Awb 7:15(3), 7:28). Refused("costs-asked")."""
    row = file.dispute
    after(row.kind, row.state, "withdraw")
    await conditions.costs_unasked(work, file)
    row.costs_asked_on = work.today
    work.log(f"{row.kind.value}:ask-costs", row)


async def forward(work: Work, file: File, new: Forwarding) -> None:
    """Another body is competent: sent on at once, and the filer knows; the first day of receipt counts (Awb 6:15)."""
    row = file.dispute
    row.ended_on = work.today
    move(work, row, "forward")
    await interim.end(work, row)
    await agenda.done(work, row.id)
    await telling.tell_moved(work, row, new.sent_to)


async def withdraw(work: Work, file: File, new: Withdrawal) -> None:
    """Take it back, in writing, or by word of mouth at the hearing (Awb 6:21). Refused("not-at-a-hearing")."""
    row = file.dispute
    if new.at_hearing and (file.hearing is None or file.hearing.held_on != work.today):
        raise Refused("not-at-a-hearing")
    row.ended_on = work.today
    move(work, row, "withdraw", at_hearing=new.at_hearing)
    await interim.end(work, row)
    await agenda.done(work, row.id)
    await telling.tell_withdrawn(work, row)
