"""The deeds of a dispute as one table, which API, pages and 409 answers read: who, when, with which words."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from appeals.chambers import service as chambers
from appeals.costs import CostAct, CostWeight
from appeals.disputes import conditions, filed, handling, interim, papers, queries, unheard, written
from appeals.disputes import schemas as s
from appeals.disputes.conditions import Need
from appeals.disputes.filing import FormItem
from appeals.disputes.models import Dispute
from appeals.disputes.policy import OUTCOMES, Kind, Waiver, open_events
from appeals.disputes.queries import File, Relation
from appeals.objections import service as objections
from appeals.objections.policy import INADMISSIBLE_GROUNDS
from auth.permissions import SIGNED_IN, Access, Permission
from auth.schemas import Schema
from core.errors import Forbidden, Refused
from core.store.work import Work

Deed = Callable[[Work, File, Any], Awaitable[None]]


@dataclass(frozen=True)
class Field:
    """One field of a form: how it is asked, and between what one chooses."""

    name: str
    how: str = "text"
    options: Sequence[str] = ()
    group: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Verb:
    """A deed. `event` must be open in the state; without one it may be done as long as the dispute runs."""

    name: str
    schema: type[Schema]
    deed: Deed
    event: str = "withdraw"
    filer: bool = False
    handler: bool = True
    seat: bool = False
    body: bool = False
    """Open to who speaks for the body whose decision is appealed against, too."""
    fields: tuple[Field, ...] = ()
    needs: tuple[Need, ...] = ()
    """What it needs of the file whatever is typed: the deed asks it itself, a page says it beforehand."""

    def __post_init__(self) -> None:
        """What a party does, nobody else does: a handler lays its letter before a colleague (`filed-acts`)."""
        if self.filer and (self.handler or self.seat):
            raise ValueError(self.name)

    def requires(self, kind: Kind) -> Permission | Access:
        """What the route asks; the relation to the dispute is looked at afterwards."""
        if self.filer or self.body or (self.handler and self.seat):
            return SIGNED_IN
        return queries.HANDLE[kind] if self.handler else Permission.DISPUTE_SIT

    def open_to(self, who: Relation) -> bool:
        """Whether this relation may do it."""
        return (
            (self.filer and who.filer)
            or (self.handler and who.handler)
            or (self.seat and who.seated)
            or (self.body and who.body)
        )


REPLACE = (
    Field("decision_id", "contested", needed=False),
    Field("replacing_reasons", "area", needed=False),
    Field("level", "select", ("niveau-1", "niveau-2", "master", "in-opleiding"), "level", needed=False),
    Field("issued_on", "day", needed=False),
    Field("points", "number", needed=False),
    Field("hours", "number", needed=False),
    Field("work_hours", "number", needed=False),
)
COSTS_FIELDS = (
    Field("award_costs", "box"),
    Field("costs_acts", "boxes", tuple(CostAct), "cost-act", needed=False),
    Field("costs_weight", "select", tuple(CostWeight), "cost-weight", needed=False),
    Field("costs_other", "number", needed=False),
    Field("costs_reasons", "area", needed=False),
)
"""Asked only where costs were asked."""
REVOKE = Field("revocations", "boxes", needed=False)
ALSO = "also_"
"""A second decision in place of a second contested one; more than two go through the API."""
REPLACE_TWO = (*REPLACE, *(replace(field, name=f"{ALSO}{field.name}") for field in REPLACE))
RECUSAL = ("personal-relation", "worked-together", "advised-before", "other-interest")
ASK_REPAIR = Verb(
    "repair-request",
    s.AskRepair,
    handling.ask_repair,
    "ask-repair",
    fields=(Field("missing", "boxes", tuple(FormItem), "form-item"),),
)
REPAIR = Verb(
    "repair",
    s.Repair,
    handling.repair,
    "repair",
    filer=True,
    handler=False,
    fields=(
        Field("grounds", "area", needed=False),
        Field("repaired", "boxes", tuple(FormItem), "form-item", needed=False),
    ),
    needs=(Need(conditions.repair_runs),),
)
PASS_TERM = Verb("repair-expiry", s.Nothing, handling.pass_term, "pass-term", needs=(Need(conditions.repair_over),))
PAPERS = Verb("papers", s.Nothing, papers.gather)
MARK = Verb(
    "piece-mark",
    s.MarkPiece,
    papers.mark,
    fields=(Field("piece_id", "piece"), Field("kept_ground", "select", s.KEPT_GROUNDS, "kept", needed=False)),
)
SEAT = Verb("seats", s.NewSeat, handling.seat, fields=(Field("member_id", "member"), Field("chair", "box")))
HEARING = Verb(
    "hearing",
    s.NewHearing,
    handling.schedule,
    "schedule",
    fields=(Field("held_on", "day"), Field("at"), Field("place")),
    needs=(Need(conditions.hearers),),
)
MINUTES = Verb(
    "minutes",
    s.Minutes,
    handling.hear,
    "hear",
    fields=(Field("also_present", needed=False), Field("minutes", "area")),
    needs=(Need(conditions.held), Need(conditions.hearers)),
)
RECUSE = Verb(
    "recusal",
    s.Recuse,
    handling.recuse,
    handler=False,
    seat=True,
    fields=(Field("recuse_ground", "select", RECUSAL, "recusal"),),
)
WITHDRAW = Verb(
    "withdrawal",
    s.Withdrawal,
    handling.withdraw,
    "withdraw",
    filer=True,
    handler=False,
    fields=(Field("at_hearing", "box"),),
)
COSTS = Verb(
    "costs-request",
    s.Nothing,
    handling.ask_costs,
    filer=True,
    handler=False,
    needs=(Need(conditions.costs_unasked),),
)
ASK_INTERIM = Verb(
    "interim-request",
    s.AskInterim,
    interim.ask,
    filer=True,
    handler=False,
    fields=(Field("interim_reasons", "area"),),
)
DECIDE_INTERIM = Verb(
    "interim-decision",
    s.DecideInterim,
    interim.decide,
    handler=False,
    seat=True,
    fields=(
        Field("interim_granted", "select", ("yes", "no")),
        Field("interim_answer", "area"),
        Field("interim_until", "day", needed=False),
    ),
)
QUESTION = Verb(
    "hearing-question", s.AskHearing, unheard.ask_hearing, "waive-hearing", fields=(Field("reply_until", "day"),)
)
DECLINE = Verb("hearing-renunciation", s.Nothing, unheard.decline_hearing, "waive-hearing", filer=True, handler=False)
CHANNELS = ("post", "counter", "email")


def _filed(kind: Kind) -> Verb:
    acts = tuple(act for act, one in filed.ACTS.items() if kind in one.kinds)
    fields = (
        Field("act", "select", acts, "verb"),
        Field("piece_id", "piece"),
        Field("filed_channel", "select", CHANNELS, "channel"),
        *((Field("consented_until", "day", needed=False),) if kind is Kind.OBJECTION else ()),
        Field("grounds", "area", needed=False),
        Field("repaired", "boxes", tuple(FormItem), "form-item", needed=False),
    )
    return Verb("filed-acts", filed.FiledAct, filed.propose, fields=fields)


ADJOURN = Verb("adjournment", s.Nothing, handling.adjourn, needs=(Need(conditions.adjournable),))
CHAIR_ADJOURNS = replace(ADJOURN, seat=True)


def _waiver(kind: Kind) -> Verb:
    grounds = tuple(one for one in Waiver if kind is Kind.OBJECTION or one is not Waiver.FULLY_MET)
    fields = (Field("ground", "select", grounds, "waiver"), Field("waiver_reasons", "area"))
    needs = tuple(Need(conditions.waivable(one), one.value) for one in grounds)
    return Verb("hearing-waiver", s.WaiveHearing, unheard.waive_hearing, "waive-hearing", fields=fields, needs=needs)


def _vote(kind: Kind) -> Verb:
    outcomes = (Field("outcome", "select", OUTCOMES[kind], "outcome"),)
    needs = (Need(conditions.vote_open),)
    return Verb("votes", s.Vote, handling.vote, "decide", handler=False, seat=True, fields=outcomes, needs=needs)


def _ruling(kind: Kind, deed: Deed, *needs: Need, name: str = "decision") -> Verb:
    fields = (
        Field("outcome", "select", OUTCOMES[kind], "outcome"),
        Field("reasons", "area"),
        Field("ground", "select", INADMISSIBLE_GROUNDS, "ground", needed=False),
        *((Field("deviation", "area", needed=False),) if kind is Kind.OBJECTION else ()),
        *COSTS_FIELDS,
        Field("passed_over", "box"),
        REVOKE,
        *REPLACE_TWO,
    )
    return Verb(name, s.Ruling, deed, "decide", fields=fields, needs=needs)


ASKED = (Need(conditions.omission_asked),)
BODY = Need(conditions.body_at_turn)
_EXCUSE = (
    Field("excused", "select", ("yes", "no"), needed=False),
    Field("excuse_reasons", "area", needed=False),
)
VERBS: dict[Kind, tuple[Verb, ...]] = {
    Kind.OBJECTION: (
        Verb("forwarding", s.Forwarding, handling.forward, "forward", fields=(Field("sent_to"),)),
        ASK_REPAIR,
        REPAIR,
        PASS_TERM,
        Verb(
            "admissibility",
            s.Check,
            objections.check,
            "check",
            fields=(Field("advisory", "box"), *_EXCUSE),
            needs=ASKED,
        ),
        PAPERS,
        SEAT,
        HEARING,
        QUESTION,
        _waiver(Kind.OBJECTION),
        DECLINE,
        MINUTES,
        _vote(Kind.OBJECTION),
        Verb(
            "advice",
            s.Advice,
            objections.advise,
            "advise",
            handler=False,
            seat=True,
            fields=(Field("advice", "area"),),
            needs=(Need(conditions.advice_voted),),
        ),
        _ruling(Kind.OBJECTION, objections.lay_draft, BODY, name="draft"),
        _ruling(Kind.OBJECTION, objections.decide, BODY, Need(conditions.body_voted)),
        Verb("notification", s.Nothing, objections.notify, "notify"),
        RECUSE,
        MARK,
        CHAIR_ADJOURNS,
        _filed(Kind.OBJECTION),
        Verb(
            "consent", s.Consent, handling.consent, filer=True, handler=False, fields=(Field("consented_until", "day"),)
        ),
        Verb(
            "default-notice",
            s.Nothing,
            handling.give_notice,
            filer=True,
            handler=False,
            needs=(Need(conditions.in_default),),
        ),
        ASK_INTERIM,
        DECIDE_INTERIM,
        COSTS,
        WITHDRAW,
    ),
    Kind.APPEAL: (
        ASK_REPAIR,
        REPAIR,
        PASS_TERM,
        Verb("chamber", s.Nothing, chambers.change_chamber, needs=(Need(conditions.nobody_sits),)),
        Verb(
            "admissibility",
            s.CheckAppeal,
            chambers.check,
            "check",
            fields=(Field("defence_until", "day"), *_EXCUSE),
            needs=ASKED,
        ),
        Verb(
            "defence",
            s.Defence,
            chambers.receive_defence,
            "receive-defence",
            body=True,
            fields=(Field("defence", "area"),),
        ),
        PAPERS,
        SEAT,
        HEARING,
        QUESTION,
        _waiver(Kind.APPEAL),
        DECLINE,
        MINUTES,
        _vote(Kind.APPEAL),
        _ruling(Kind.APPEAL, chambers.decide, Need(conditions.chamber_voted)),
        Verb("notification", s.Nothing, chambers.notify, "notify"),
        RECUSE,
        MARK,
        ADJOURN,
        _filed(Kind.APPEAL),
        ASK_INTERIM,
        DECIDE_INTERIM,
        COSTS,
        WITHDRAW,
    ),
}


def open_verbs(found: Dispute, who: Relation) -> list[Verb]:
    """What this actor may do now, in the order of the table."""
    events = open_events(found.kind, found.state)
    may = [verb for verb in VERBS[found.kind] if verb.event in events and verb.open_to(who)]
    return [verb for verb in may if verb is REPAIR or not who.unproven]


async def do(work: Work, verb: Verb, kind: Kind, id: UUID, value: Any) -> File:
    """Do a deed on a dispute that the actor may see, and give back the file as it then is.

    NotFound for who may not know of it; Forbidden("not-for-this-role"); Refused: `wrong-state` with what is open,
    `mandate-first` for who speaks for somebody and shows no mandate.
    """
    found = await queries.dispute(work, kind, id)
    who = await queries.relation(work, found)
    if not verb.open_to(who):
        raise Forbidden("own-case" if who.filer else "not-for-this-role")
    if who.unproven and verb is not REPAIR:
        raise Refused("mandate-first")
    work.expect(found)
    if verb.event not in open_events(found.kind, found.state):
        names = [each.name for each in open_verbs(found, who)]
        raise Refused("wrong-state", open_moves=names, state=found.state)
    if verb.filer:
        await written.act(work, found, verb.name, value)
    await verb.deed(work, await queries.file_of(work, found), value)
    await work.flush()
    return await queries.file_of(work, found)


async def read(work: Work, kind: Kind, id: UUID) -> tuple[File, Relation]:
    """A dispute with its file; a look by anybody but the filer leaves a trace."""
    found = await queries.dispute(work, kind, id)
    who = await queries.relation(work, found)
    if not who.filer:
        work.looked(f"{kind.value}:read", stream=found.stream(), dispute=str(found.id))
    return await queries.file_of(work, found), who


async def lodge(work: Work, kind: Kind, new: s.NewFiling) -> Dispute:
    """Lodge an objection or an appeal."""
    if kind is Kind.OBJECTION:
        return await objections.lodge(work, new)
    return await chambers.lodge(work, new)
