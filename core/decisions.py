"""The decision (besluit): what every room takes, what a letter tells, and what an objection contests.

It takes effect when it is made known (Awb 3:40, 3:41), so the term to object runs from `notified_on`. The database
refuses a decision that is made known without reasons, remedy clause or last day (Awb 3:45-3:47), and a refusal without
a coded ground and what would repair it.
"""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Field, col, select

from core.errors import Invalid, Refused
from core.law.days import next_day
from core.law.terms import objection_last_day
from core.machine import Machine
from core.store.db import Versioned, choice, json_column
from core.store.work import Work, lost_race


@asynccontextmanager
async def trial(work: Work) -> AsyncIterator[None]:
    """What happens in here is taken back: rows, lines of the trail, messages, and what was to follow."""
    await work.flush()
    trace, looks, following = work.trace.kept(), list(work.looks), list(work.following)
    point = await work.session.begin_nested()
    work.trying = True
    try:
        yield
        await work.flush()
    finally:
        work.trying = False
        await point.rollback()
        work.trace.restore(trace)
        work.looks, work.following = looks, following
        for row in [row for row in work.session if cast(Any, sa.inspect(row)).expired]:  # nothing is loaded on its own
            await work.session.refresh(row)


class Verdict(StrEnum):
    """What was decided on a request."""

    GRANTED = "granted"
    GRANTED_SHORTER = "granted-shorter"
    PARTLY_GRANTED = "partly-granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # of the body: an earlier decision is taken back
    INADMISSIBLE = "inadmissible"  # of an objection or appeal, from here on
    DISMISSED = "dismissed"
    DISMISSED_CORRECTED = "dismissed-corrected"  # with other reasons (Awb 7:11)
    PARTLY_UPHELD = "partly-upheld"
    UPHELD = "upheld"
    SENT_BACK = "sent-back"  # annulled, a new decision on objection follows (Awb 7:25)
    EFFECTS_MAINTAINED = "effects-maintained"  # annulled for its form, what it does stays
    DECIDED_IN_PLACE = "decided-in-place"  # annulled, the chamber decides itself (Awb 7:25)


class DecisionState(StrEnum):
    """From taken to made known; a replaced or annulled one no longer works, a withdrawn one never did."""

    TAKEN = "taken"
    NOTIFIED = "notified"
    REPLACED = "replaced"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"


class DecisionEvent(StrEnum):
    NOTIFY = "notify"
    REPLACE = "replace"
    ANNUL = "annul"
    WITHDRAW = "withdraw"


DECISION = Machine(
    "decision",
    DecisionState.TAKEN,
    {
        (DecisionState.TAKEN, DecisionEvent.NOTIFY): DecisionState.NOTIFIED,  # Awb 3:41
        (DecisionState.TAKEN, DecisionEvent.WITHDRAW): DecisionState.WITHDRAWN,  # Awb 3:40: it never worked
        (DecisionState.NOTIFIED, DecisionEvent.REPLACE): DecisionState.REPLACED,  # Awb 7:11, 6:19
        (
            DecisionState.NOTIFIED,
            DecisionEvent.ANNUL,
        ): DecisionState.ANNULLED,  # Awb 7:11(2), 7:25: on objection, or by the chamber
    },
)


class Channel(StrEnum):
    """How a decision was made known; the message box and e-mail only with the addressee's consent (Awb 2:14)."""

    MESSAGE_BOX = "message-box"
    POST = "post"


class Decision(Versioned, table=True):
    """One decision. `facts` is what the policy saw and `result` what it answered, so that it can be replayed."""

    __tablename__ = "decision"
    __table_args__ = (
        # One final decision per case and round: the last word in a race is the database's.
        sa.UniqueConstraint("subject_id", "kind", "round"),
        sa.CheckConstraint(
            "notified_on IS NULL OR (reasons <> '' AND remedy <> '' AND last_day_to_object IS NOT NULL)",
            name="made_known_with_reasons_and_remedy",
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('refused', 'partly-granted') OR (grounds <> '' AND repair <> '')",
            name="refusal_has_ground_and_repair",
        ),
    )

    number: str = Field(max_length=20, unique=True)
    kind: str = Field(max_length=40)
    subject_kind: str = Field(max_length=40)
    subject_id: UUID = Field(index=True)
    round: int = 0
    person_id: UUID = Field(index=True)
    organisation_id: UUID | None = Field(default=None, index=True)
    """The organisation that it is addressed to; `person_id` then is who asked for it."""
    register_code: str = Field(max_length=40)
    outcome: Verdict = Field(sa_type=choice(Verdict))
    state: DecisionState = Field(default=DecisionState.TAKEN, sa_type=choice(DecisionState))
    level: str | None = Field(default=None, max_length=40)
    due_on: date | None = None
    grounds: str = ""
    reasons: str = ""
    repair: str = ""
    conditions: str = ""
    rule_set: str = Field(max_length=60)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    result: dict[str, Any] = Field(default_factory=dict, sa_type=json_column())
    taken_by: str = Field(max_length=60)
    taken_in: UUID | None = None
    decided_on: date
    notified_on: date | None = None
    channel: Channel | None = Field(default=None, sa_type=choice(Channel))
    remedy: str = ""
    last_day_to_object: date | None = None
    replaces: UUID | None = Field(default=None, foreign_key="decision.id")
    part_of: str | None = Field(default=None, max_length=20)
    """The number of the decision on objection, or the ruling, with which it came (Awb 7:11(2), 7:25): it is contested
    with that one. None of any other, and of before this was kept."""

    def ground_codes(self) -> list[str]:
        """The coded grounds, in the order in which they were given."""
        return self.grounds.split()


def require_complete(outcome: Verdict, grounds: Sequence[str], reasons: str, repair: str) -> None:
    """Refuse a decision that a reader could not understand or contest.

    Invalid: `reasons-missing` (Awb 3:46), `grounds-missing`, `repair-missing` (what would repair it).
    """
    errors = []
    if not reasons.strip():
        errors.append(("reasons", "reasons-missing"))
    if outcome in {Verdict.REFUSED, Verdict.PARTLY_GRANTED}:
        if not grounds:
            errors.append(("grounds", "grounds-missing"))
        if not repair.strip():
            errors.append(("repair", "repair-missing"))
    if errors:
        raise Invalid("decision-incomplete", errors)


Effect = Callable[[Work, Decision], Awaitable[None]]
"""What a decision of one kind does once it is made known."""


class Effects(dict[str, Effect]):
    """What decisions do, by their kind: a port."""


ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"  # no vowels, so no words; nothing that is misread


def case_number(letter: str, on: date) -> str:
    """A number for a file or decision that tells nothing of how many there are: `B2026-7KQ4MX`."""
    return f"{letter}{on.year}-{''.join(secrets.choice(ALPHABET) for _ in range(6))}"


async def round_of(work: Work, subject_id: UUID, kind: str) -> int:
    """How often a decision of this kind was taken before about the same subject: the round of the next one."""
    taken = select(sa.func.count()).where(Decision.subject_id == subject_id, Decision.kind == kind)
    return int((await work.session.exec(taken)).one())


def undecided(subject: Any) -> sa.ColumnElement[bool]:
    """True of a case about which no decision waits to be made known: what is decided is no longer to be decided."""
    return ~sa.exists().where(col(Decision.subject_id) == subject, col(Decision.state) == DecisionState.TAKEN)


async def waiting_about(work: Work, subject_id: UUID, *kinds: str) -> str | None:
    """The number of a decision about a case, of these kinds or of any, that waits to be made known."""
    wanted = select(Decision.number).where(Decision.subject_id == subject_id, Decision.state == DecisionState.TAKEN)
    if kinds:
        wanted = wanted.where(col(Decision.kind).in_(kinds))
    return (await work.session.exec(wanted.limit(1))).first()


async def require_undecided(work: Work, subject_id: UUID, *kinds: str) -> None:
    """Refused("decided-already") while a decision about a case, of these kinds or of any, waits to be made known."""
    if number := await waiting_about(work, subject_id, *kinds):
        raise Refused("decided-already", number=number)


async def take(work: Work, decision: Decision) -> Decision:
    """Record a decision that was taken; it waits to be made known. Invalid as in `require_complete`.

    Refused("decided-already") while another one of its kind about the same waits: the second could never be made known;
    and as `rehearse`.
    """
    require_complete(decision.outcome, decision.ground_codes(), decision.reasons, decision.repair)
    if decision.replaces is None:
        await require_undecided(work, decision.subject_id, decision.kind)
    work.add(decision)
    await work.flush()
    facts = {"kind": decision.kind, "outcome": decision.outcome.value, "rule_set": decision.rule_set}
    work.log("decision:take", decision, **facts, grounds=decision.ground_codes(), subject=str(decision.subject_id))
    if not work.trying and decision.kind in work.port(Effects):
        await rehearse(work, decision)
    return decision


async def rehearse(work: Work, decision: Decision) -> None:
    """Make a decision known as if it went to the post today, and take that back.

    So what its making known would refuse is refused while it is decided, by the same guards, whatever its kind.
    """
    try:
        async with trial(work):
            await make_known(work, decision, Channel.POST, lambda last_day: f"{last_day}")
    except (StaleDataError, IntegrityError) as error:
        raise lost_race(error) from error


def works_from(effect_on: date, known_on: date) -> date:
    """From when something works that was meant to on `effect_on`: never before it was made known (Awb 3:40)."""
    return max(effect_on, next_day(known_on))


def require_sending_day(decision: Decision, sent_on: date, today: date) -> None:
    """Refuse a day on which a letter cannot have gone: before the decision (`sent-too-early`), or still to come."""
    if sent_on < decision.decided_on:
        raise Invalid("invalid-input", [("sent_on", "sent-too-early")])
    if sent_on > today:
        raise Invalid("invalid-input", [("sent_on", "sent-later")])


async def make_known(
    work: Work,
    decision: Decision,
    channel: Channel,
    remedy: Callable[[date], str],
    sent_on: date | None = None,
) -> None:
    """Make a decision known (Awb 3:41): the term to object starts the day after, and the effect follows at once.

    `sent_on` is the day on which a letter went to the post, today unless told; Invalid: `sent-too-early`, `sent-later`.

    One that replaces another (Awb 7:11, 6:19) ends the other. Refused("wrong-state") when it was made known before.
    """
    decision.state = DECISION.after(decision.state, DecisionEvent.NOTIFY)
    known_on = sent_on or work.today
    require_sending_day(decision, known_on, work.today)
    last_day = objection_last_day(known_on, work.calendar).last_day
    decision.notified_on, decision.channel = known_on, channel
    decision.last_day_to_object, decision.remedy = last_day, remedy(last_day)
    work.log("decision:notify", decision, channel=channel.value, notified_on=known_on, last_day=last_day)
    if decision.replaces is not None:
        earlier = await work.session.get_one(Decision, decision.replaces)
        earlier.state = DECISION.after(earlier.state, DecisionEvent.REPLACE)
        work.log("decision:replace", earlier, by=str(decision.id))
    await work.port(Effects)[decision.kind](work, decision)


def annul(work: Work, decision: Decision, by: Decision) -> None:
    """End a decision on objection or appeal, with nothing in its place (Awb 7:11(2), 7:25). Refused("wrong-state")."""
    decision.state = DECISION.after(decision.state, DecisionEvent.ANNUL)
    work.log("decision:annul", decision, by=str(by.id))


def withdraw(work: Work, decision: Decision) -> None:
    """Let a decision that was not made known go no further: it was overtaken. Refused("wrong-state")."""
    decision.state = DECISION.after(decision.state, DecisionEvent.WITHDRAW)
    work.log("decision:withdraw", decision)


def require_notified(decision: Decision) -> date:
    """The day that starts the term to object; Refused("not-made-known") before it."""
    if decision.notified_on is None:
        raise Refused("not-made-known")
    return decision.notified_on
