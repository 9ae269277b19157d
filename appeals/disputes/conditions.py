"""What a deed needs of a file, whatever is typed in it: the deed asks it first, and the page says so beforehand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from appeals.disputes import body
from appeals.disputes.models import Seat
from appeals.disputes.policy import (
    Kind,
    Waiver,
    after,
    majority,
    require_heard,
    require_notice,
    require_panel,
    require_waiver,
)
from appeals.disputes.queries import HANDLE, File
from auth.actor import person_of
from core.errors import Forbidden, Invalid, Refused
from core.store.work import Work


@dataclass(frozen=True)
class Need:
    """One thing that a deed needs; `of` is the choice in its form that it is about, where it is not about the deed."""

    check: Callable[[Work, File], Awaitable[object]]
    of: str = ""


async def repair_runs(work: Work, file: File) -> None:
    """Refused("repair-term-passed") once the day to repair is over."""
    row = file.dispute
    if row.repair_until is not None and work.today > row.repair_until:
        raise Refused("repair-term-passed", until=row.repair_until)


async def repair_over(work: Work, file: File) -> None:
    """Refused: `repair-term-runs` before the day to repair is over; `request-not-sent` where the request did not go, or
    came back: then nothing was asked."""
    row = file.dispute
    if row.repair_until is None:
        raise Refused("request-not-sent")
    if work.today <= row.repair_until:
        raise Refused("repair-term-runs", until=row.repair_until)


async def omission_asked(_work: Work, file: File) -> None:
    """Invalid("omission-first") where something lacks that was not asked (Awb 6:6)."""
    if file.dispute.missing and file.dispute.repair_asked_on is None:
        raise Invalid("omission-first", [("missing", "omission-first")])


async def hearers(_work: Work, file: File) -> None:
    """As policy.require_panel, of who hears."""
    require_panel(file.hearing_panel(), file.chair())


async def held(work: Work, file: File) -> None:
    """Refused("not-held-yet") before the day of the hearing."""
    if file.hearing is None or file.hearing.held_on > work.today:
        raise Refused("not-held-yet", held_on=file.hearing.held_on if file.hearing else None)


def waivable(ground: Waiver) -> Callable[[Work, File], Awaitable[None]]:
    """As policy.require_waiver."""

    async def check(work: Work, file: File) -> None:
        row = file.dispute
        require_waiver(row.kind, ground, row.hearing_declined_on, row.hearing_reply_until, work.today)

    return check


async def adjournable(work: Work, file: File) -> None:
    """Refused: `adjourned-already`, `term-passed`; as `adjourned_by`."""
    row = file.dispute
    after(row.kind, row.state, "withdraw")
    adjourned_by(work, file)
    if row.adjourned_on is not None:
        raise Refused("adjourned-already")
    if work.today > row.decision_due_on:
        raise Refused("term-passed", due_on=row.decision_due_on)


def adjourned_by(work: Work, file: File) -> UUID | None:
    """The chair of the body, who adjourns in its name where the rules leave that to the chair (Awb 10:3(1), 10:10):
    Refused("chair-adjourns") for anybody else then. Elsewhere whoever handles it: Forbidden("not-for-this-role")."""
    row, actor = file.dispute, work.actor
    if row.kind is Kind.OBJECTION and body.leaves_to_chair(work, row, body.ADJOURNS):
        chair = next((one.member_id for one in file.deciding() if one.chair), None)
        if chair is None or chair != getattr(actor, "person_id", None):
            raise Refused("chair-adjourns")
        return chair
    if not actor.can(HANDLE[row.kind]):
        raise Forbidden("not-for-this-role")
    return None


async def in_default(work: Work, file: File) -> None:
    """As policy.require_notice, of a notice of default that comes in today."""
    require_notice(file.dispute.decision_due_on, file.dispute.default_notice_on, work.today)


async def costs_unasked(_work: Work, file: File) -> None:
    """Refused("costs-asked")."""
    if file.dispute.costs_asked_on is not None:
        raise Refused("costs-asked", on=file.dispute.costs_asked_on)


def mine(work: Work, file: File) -> Seat:
    """The seat of the actor. Forbidden: `not-seated`, `recused`."""
    me = person_of(work.actor)
    found = next((each for each in file.seats if each.member_id == me), None)
    if found is None:
        raise Forbidden("not-seated")
    if found.recused:
        raise Forbidden("recused")
    return found


async def vote_open(work: Work, file: File) -> None:
    """Forbidden: as `mine`, `adviser-votes-not`; Refused: `not-advised`, `already-voted`."""
    own = mine(work, file)
    if own not in file.at_turn():
        if file.advises(own):
            raise Forbidden("adviser-votes-not")
        raise Refused("not-advised")
    if own.vote:
        raise Refused("already-voted")


async def advice_voted(_work: Work, file: File) -> None:
    """As `advised_outcome`."""
    advised_outcome(file)


def advised_outcome(file: File) -> str:
    """What the majority of the advisory committee wants. Refused: `no-advisory-committee`, `no-chair`, `no-majority`,
    `hearing-first`."""
    row, chair = file.dispute, file.chair()
    if not row.advisory:
        raise Refused("no-advisory-committee")
    votes = {str(each.member_id): each.vote for each in file.hearing_panel() if each.vote}
    outcome = majority(votes, str(chair.member_id) if chair else None)
    require_heard(row.waived, outcome)
    return outcome


async def body_at_turn(work: Work, file: File) -> None:
    """Refused("not-advised") before the advice (Awb 7:13); Forbidden("not-while-seated") for who advises."""
    row = file.dispute
    if row.advisory and row.state != "advised":
        raise Refused("not-advised")
    advisers = {each.member_id for each in file.seats if file.advises(each)}
    if getattr(work.actor, "person_id", None) in advisers:
        raise Forbidden("not-while-seated")  # the committee advises, the body decides


async def body_voted(work: Work, file: File) -> None:
    """As body.decided, and a hearing first where the outcome asks it (Awb 7:3)."""
    require_heard(file.dispute.waived, (await body.decided(work, file)).outcome)


async def chamber_voted(_work: Work, file: File) -> None:
    """As `ruled_outcome`, and a hearing first where the outcome asks it (Awb 7:17)."""
    require_heard(file.dispute.waived, ruled_outcome(file))


def ruled_outcome(file: File) -> str:
    """What the chamber voted. Refused: `no-chair`, `no-majority`."""
    chair = file.chair()
    votes = {str(each.member_id): each.vote for each in file.sitting() if each.vote}
    return majority(votes, str(chair.member_id) if chair else None)


async def nobody_sits(_work: Work, file: File) -> None:
    """Refused("panel-sits") once somebody judges it."""
    if file.sitting():
        raise Refused("panel-sits")
