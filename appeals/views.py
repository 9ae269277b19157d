"""A dispute as it goes out: to its filer without what is for the panel, to the panel without what is for the filer."""

from appeals.disputes import terms
from appeals.disputes.body import body_of
from appeals.disputes.dossier import may_read
from appeals.disputes.models import Piece, Seat
from appeals.disputes.policy import Kind
from appeals.disputes.queries import File, Relation
from appeals.disputes.schemas import ContestedView, DisputeView, PieceView, SeatView, ServiceView
from appeals.ports import DisputePorts
from appeals.verbs import open_verbs
from auth.actor import Actor
from core.law.articles import in_register
from core.law.terms import next_day
from core.records import filled
from core.store.work import Work


def view(work: Work, file: File, who: Relation) -> DisputeView:
    """Everything that this actor may know of a dispute."""
    row, told = file.dispute, file.decision is not None and file.decision.notified_on is not None
    inside = told or not who.party
    due = terms.due_of(work, row, terms.starts_on(row, list(file.contested)))
    decided = file.decision if inside else None
    owed = terms.penalty_of(work, row, decided.notified_on if decided else None)
    hearing = file.hearing
    return filled(
        DisputeView,
        row,
        contested=contested(file, who),
        missing=row.missing.split(),
        late=file.late(),
        body=body_of(row).value if row.kind is Kind.OBJECTION else "",
        seats=[_seat(work, file, one, who) for one in file.seats],
        draft=row.draft if who.handler or who.seated else None,
        hearing=None
        if hearing is None
        else {
            "held_at": hearing.held_at,
            "place": hearing.place,
            "documents_until": hearing.documents_until,
            "inspection_from": hearing.inspection_from,
        },
        waived=row.waived.value if row.waived else None,
        advice=row.advice if inside else "",
        advised_outcome=row.advised_outcome if inside else "",
        due_steps=[step.as_dict() | {"rule": in_register(work, row.register_code, step.rule)} for step in due.steps],
        adjourned=row.adjourned_on is not None,
        suspensions=[
            {"asked_on": one.asked_on.isoformat(), "ended_on": one.ended_on.isoformat()}
            for one in terms.suspensions_of(row)
        ],
        penalty=None
        if owed is None
        else {"first_day": owed.first_day, "days": owed.days, "amount_eur": owed.amount_eur},
        interim=None
        if file.interim is None
        else {
            "state": file.interim.state.value,
            "reasons": file.interim.reasons,
            "asked_on": file.interim.asked_on,
            "answer": file.interim.answer,
            "decided_on": file.interim.decided_on,
            "until_on": file.interim.until_on,
            "ended_on": file.interim.ended_on,
        },
        asks_costs=row.costs_asked_on is not None,
        pieces=pieces(file, who),
        decision_id=decided.id if decided else None,
        outcome=decided.outcome.value if decided else None,
        open_moves=[verb.name for verb in open_verbs(row, who)],
    )


def _seat(work: Work, file: File, seat: Seat, who: Relation) -> SeatView:
    """Everybody knows their own vote; how others voted is told once it is decided, and never to the party."""
    mine = isinstance(work.actor, Actor) and work.actor.person_id == seat.member_id
    open_to_reader = mine or (file.decision is not None and (who.handler or who.seated))
    return SeatView(
        member_id=seat.member_id,
        chair=seat.chair,
        recused=bool(seat.recused),
        voted=bool(seat.vote),
        advises=file.advises(seat),
        vote=seat.vote if open_to_reader else "",
    )


async def service_of(work: Work, file: File) -> list[ServiceView]:
    """How each contested decision was made known, and what began its term."""
    return [
        filled(
            ServiceView,
            one,
            decision=decision.number,
            term_starts_on=next_day(one.sent_on) if one.sent_on and one.sent_on == decision.notified_on else None,
        )
        for _, decision in file.contested
        for one in await work.port(DisputePorts).served(work, decision.id)
    ]


def contested(file: File, who: Relation) -> list[ContestedView]:
    """The decisions that a dispute is about; of one that is not made known no party reads the outcome (Awb 3:41)."""
    return [
        filled(
            ContestedView,
            decision,
            outcome="" if who.party and decision.notified_on is None else decision.outcome.value,
            last_day=row.last_day if row else None,
            days_late=row.days_late if row else 0,
            joined=row is None,
        )
        for row, decision in file.contested
    ]


def pieces(file: File, who: Relation) -> list[PieceView]:
    """The documents of the file; of what is kept from this actor the number and the ground (compare Awb 8:29)."""
    return [_piece(one, may_read(one, who)) for one in file.pieces]


def _piece(one: Piece, open_to_reader: bool) -> PieceView:
    return filled(
        PieceView,
        one,
        title=one.title if open_to_reader else "",
        sha256=one.sha256 if open_to_reader else "",
        pages=one.pages if open_to_reader else 0,
        kept_ground=one.kept_ground or ("weighty-reasons" if one.only_for else ""),
        kept_from_you=not open_to_reader,
        maker=one.maker if open_to_reader else None,
        made_on=one.made_on if open_to_reader else None,
    )
