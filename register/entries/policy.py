"""PURE: the states of a registration and of an application, and what an application needs to be handed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Invalid, Refused
from core.machine import Machine


class Register(StrEnum):
    """The registers that this installation keeps."""

    LEADERS_PO = "schoolleiders-po"
    LEADERS_VO = "schoolleiders-vo"
    TEACHERS = "leraren"


class Status(StrEnum):
    """Where somebody stands in a register."""

    ENROLLED = "enrolled"
    APPLICATION_OPEN = "application-open"
    IN_TRAINING = "in-training"
    REGISTERED = "registered"
    POSTPONED = "postponed"
    CONDITIONAL = "conditional"
    LAPSED = "lapsed"
    STRUCK_OFF = "struck-off"
    DEREGISTERED = "deregistered"


class Event(StrEnum):
    """What moves a registration."""

    APPLY = "apply"
    GRANT = "grant"
    GRANT_IN_TRAINING = "grant-in-training"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CHANGE_LEVEL = "change-level"
    RENEW = "renew"
    REFUSE_RENEWAL = "refuse-renewal"
    POSTPONE = "postpone"
    PASS_DUE_DATE = "pass-due-date"
    PASS_LIMIT = "pass-limit"
    LAPSE = "lapse"
    STRIKE_OFF = "strike-off"
    DEREGISTER = "deregister"


_OUT = (Status.LAPSED, Status.STRUCK_OFF, Status.DEREGISTERED)
_IN = (Status.IN_TRAINING, Status.REGISTERED, Status.POSTPONED, Status.CONDITIONAL, Status.LAPSED)

REGISTRATION = Machine(
    "registration",
    Status.ENROLLED,
    {
        (Status.ENROLLED, Event.APPLY): Status.APPLICATION_OPEN,  # art. 6
        (Status.APPLICATION_OPEN, Event.GRANT): Status.REGISTERED,  # art. 7A(1)
        (Status.APPLICATION_OPEN, Event.GRANT_IN_TRAINING): Status.IN_TRAINING,  # po-aspirant
        (Status.APPLICATION_OPEN, Event.REFUSE): Status.ENROLLED,  # art. 6(2)
        (Status.APPLICATION_OPEN, Event.WITHDRAW): Status.ENROLLED,
        (Status.IN_TRAINING, Event.GRANT): Status.REGISTERED,
        (Status.IN_TRAINING, Event.GRANT_IN_TRAINING): Status.IN_TRAINING,  # corrected: until another day
        (Status.IN_TRAINING, Event.PASS_LIMIT): Status.ENROLLED,
        (Status.REGISTERED, Event.CHANGE_LEVEL): Status.REGISTERED,  # po-basis
        (Status.REGISTERED, Event.RENEW): Status.REGISTERED,  # po-prof
        (Status.POSTPONED, Event.CHANGE_LEVEL): Status.POSTPONED,
        (Status.REGISTERED, Event.POSTPONE): Status.POSTPONED,  # sterk-herreg
        # Only a decision that replaces a refusal finds these (Awb 7:11): what was timely asked works back.
        (Status.POSTPONED, Event.POSTPONE): Status.POSTPONED,
        (Status.CONDITIONAL, Event.POSTPONE): Status.POSTPONED,
        (Status.LAPSED, Event.POSTPONE): Status.POSTPONED,
        (Status.REGISTERED, Event.PASS_DUE_DATE): Status.CONDITIONAL,  # sterk-2019
        (Status.POSTPONED, Event.RENEW): Status.REGISTERED,
        (Status.POSTPONED, Event.PASS_DUE_DATE): Status.CONDITIONAL,
        (Status.CONDITIONAL, Event.RENEW): Status.REGISTERED,  # po-verlopen
        (Status.CONDITIONAL, Event.GRANT): Status.REGISTERED,  # corrected: the period ends later
        (Status.LAPSED, Event.RENEW): Status.REGISTERED,  # asked before the lapse was made known (po-verlopen)
        (Status.CONDITIONAL, Event.LAPSE): Status.LAPSED,  # a committee decision, hearing first (Awb 4:8)
        # Re-entry: a new period of the normal length from the decision; until then the entry says what it says.
        **{(status, Event.GRANT): Status.REGISTERED for status in _OUT},
        **{(status, Event.GRANT_IN_TRAINING): Status.IN_TRAINING for status in _OUT},
        # A refused renewal leaves the entry as it is: the due date does the rest.
        (Status.REGISTERED, Event.REFUSE_RENEWAL): Status.REGISTERED,
        (Status.POSTPONED, Event.REFUSE_RENEWAL): Status.POSTPONED,
        (Status.CONDITIONAL, Event.REFUSE_RENEWAL): Status.CONDITIONAL,
        **{(status, Event.STRIKE_OFF): Status.STRUCK_OFF for status in _IN},  # art. 5(2) "truthfully"
        **{
            (status, Event.DEREGISTER): Status.DEREGISTERED
            for status in (Status.ENROLLED, Status.APPLICATION_OPEN, *_IN)
        },
    },
)


class QualificationState(StrEnum):
    """What became of one qualification (bevoegdheid) of a teacher."""

    DECIDED = "decided"
    REGISTERED = "registered"
    REFUSED = "refused"
    SUCCEEDED = "succeeded"


class QualificationEvent(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    SUCCEED = "succeed"


QUALIFICATION = Machine(
    "qualification",
    QualificationState.DECIDED,
    {
        (QualificationState.DECIDED, QualificationEvent.GRANT): QualificationState.REGISTERED,
        (QualificationState.DECIDED, QualificationEvent.REFUSE): QualificationState.REFUSED,
        (QualificationState.REFUSED, QualificationEvent.GRANT): QualificationState.REGISTERED,  # Awb 7:11
        (QualificationState.REFUSED, QualificationEvent.REFUSE): QualificationState.REFUSED,  # refused again
        (QualificationState.REGISTERED, QualificationEvent.GRANT): QualificationState.REGISTERED,  # until another day
        (QualificationState.REGISTERED, QualificationEvent.SUCCEED): QualificationState.SUCCEEDED,  # renewed
    },
)


class ApplicationKind(StrEnum):
    """What is asked: an entry, the next period, a later due date (uitstel), or a higher level."""

    REGISTRATION = "registration"
    REREGISTRATION = "reregistration"
    POSTPONEMENT = "postponement"
    LEVEL_CHANGE = "level-change"


class Route(StrEnum):
    """On what a first registration rests: five routes and the letter (rules 2.1)."""

    PROGRAMME = "programme"
    MASTER = "master"
    ASSESSMENT = "assessment"
    PRIOR_LEARNING = "prior-learning"
    DIPLOMA_VALUATION = "diploma-valuation"
    FREE_FORM = "free-form"
    PORTFOLIO = "portfolio"  # the portfolio itself: what a reregistration rests on
    GROUND = "ground"  # a well-founded ground, such as long illness: what a postponement rests on


class ApplicationState(StrEnum):
    """Who moves next: the applicant (draft, incomplete), the secretary (submitted, in-review), the committee."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    IN_REVIEW = "in-review"
    ON_AGENDA = "on-agenda"
    DECIDED = "decided"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"
    LEFT_UNTREATED = "left-untreated"
    SENT_ON = "sent-on"


class ApplicationEvent(StrEnum):
    SUBMIT = "submit"
    ASK_COMPLETION = "ask-completion"
    COMPLETE = "complete"
    LEAVE = "leave-untreated"
    ADMIT = "admit"
    LIST = "list"
    RETURN = "return"
    DECIDE = "decide"
    NOTIFY = "notify"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    SEND_ON = "send-on"


_OPEN = (
    ApplicationState.DRAFT,
    ApplicationState.SUBMITTED,
    ApplicationState.INCOMPLETE,
    ApplicationState.IN_REVIEW,
    ApplicationState.ON_AGENDA,
)

APPLICATION = Machine(
    "application",
    ApplicationState.DRAFT,
    {
        (ApplicationState.DRAFT, ApplicationEvent.SUBMIT): ApplicationState.SUBMITTED,
        (ApplicationState.SUBMITTED, ApplicationEvent.ASK_COMPLETION): ApplicationState.INCOMPLETE,  # Awb 4:5
        (ApplicationState.INCOMPLETE, ApplicationEvent.COMPLETE): ApplicationState.SUBMITTED,
        (ApplicationState.INCOMPLETE, ApplicationEvent.LEAVE): ApplicationState.LEFT_UNTREATED,  # Awb 4:5(4)
        (ApplicationState.LEFT_UNTREATED, ApplicationEvent.REOPEN): ApplicationState.SUBMITTED,  # Awb 7:11
        (ApplicationState.SUBMITTED, ApplicationEvent.ADMIT): ApplicationState.IN_REVIEW,
        (ApplicationState.IN_REVIEW, ApplicationEvent.LIST): ApplicationState.ON_AGENDA,
        (ApplicationState.ON_AGENDA, ApplicationEvent.RETURN): ApplicationState.IN_REVIEW,
        (ApplicationState.ON_AGENDA, ApplicationEvent.DECIDE): ApplicationState.DECIDED,
        (ApplicationState.DECIDED, ApplicationEvent.NOTIFY): ApplicationState.NOTIFIED,  # art. 6(2), Awb 3:41
        (ApplicationState.SUBMITTED, ApplicationEvent.SEND_ON): ApplicationState.SENT_ON,  # Awb 2:3
        (ApplicationState.INCOMPLETE, ApplicationEvent.SEND_ON): ApplicationState.SENT_ON,
        (ApplicationState.IN_REVIEW, ApplicationEvent.SEND_ON): ApplicationState.SENT_ON,
        **{(state, ApplicationEvent.WITHDRAW): ApplicationState.WITHDRAWN for state in _OPEN},
    },
)
ENDED = frozenset(
    {
        ApplicationState.DECIDED,
        ApplicationState.NOTIFIED,
        ApplicationState.WITHDRAWN,
        ApplicationState.LEFT_UNTREATED,
        ApplicationState.SENT_ON,
    }
)

# A first proof may stand in for several routes; the letter explains itself.
WITHOUT_PROOF = frozenset({Route.FREE_FORM, Route.PORTFOLIO, Route.GROUND})
EDITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.INCOMPLETE})
# What an application of these kinds rests on is given; a first registration chooses.
ROUTE_OF = {
    ApplicationKind.REREGISTRATION: Route.PORTFOLIO,
    ApplicationKind.POSTPONEMENT: Route.GROUND,
    ApplicationKind.LEVEL_CHANGE: Route.MASTER,
}


# Who may ask for what. Postponement is asked before the due date passes (sterk-herreg), once.
MAY_ASK = {
    ApplicationKind.REGISTRATION: frozenset({Status.ENROLLED, Status.IN_TRAINING, *_OUT}),
    ApplicationKind.REREGISTRATION: frozenset({Status.REGISTERED, Status.POSTPONED, Status.CONDITIONAL}),
    ApplicationKind.POSTPONEMENT: frozenset({Status.REGISTERED}),
    ApplicationKind.LEVEL_CHANGE: frozenset({Status.REGISTERED, Status.POSTPONED}),
}


@dataclass(frozen=True)
class Draft:
    """What an applicant has put together."""

    kind: ApplicationKind
    route: Route
    proofs_with_file: int
    proofs_without_file: int
    statement: str
    requested_months: int | None = None
    ground: str | None = None


def require_route(route: Route | None) -> Route:
    """On what a registration rests: Invalid("invalid-input") unless it is one of the five routes or the letter."""
    if route is None or route in {Route.PORTFOLIO, Route.GROUND}:
        raise Invalid("invalid-input", [("route", "field-missing")])
    return route


def require_issued(issued_on: date, today: date) -> None:
    """A document bears a day that was: Invalid("issued-in-future")."""
    if issued_on > today:
        raise Invalid("invalid-input", [("issued_on", "issued-in-future")])


def require_submittable(draft: Draft) -> None:
    """Refuse a draft that nobody could decide on.

    Invalid: `proof-missing` (no proof), `proof-without-file`, `letter-missing` (free form), `field-missing`
    (postponement: how many months, and why).
    """
    if draft.kind is ApplicationKind.POSTPONEMENT:
        stated = {"requested_months": draft.requested_months, "ground": draft.ground}
        if lacking := [(name, "field-missing") for name, value in stated.items() if not value]:
            raise Invalid("invalid-input", lacking)
    if draft.proofs_without_file:
        raise Invalid("proof-without-file", [("proofs", "proof-without-file")])
    if draft.route is Route.FREE_FORM and not draft.statement.strip():
        raise Invalid("letter-missing", [("statement", "letter-missing")])
    if draft.route not in WITHOUT_PROOF and not draft.proofs_with_file:
        raise Invalid("proof-missing", [("proofs", "proof-missing")])


def require_may_apply(
    kind: ApplicationKind, status: Status, open_kinds: Collection[ApplicationKind], *, drafts_alone: bool = False
) -> None:
    """Refuse what the status has no place for, or what another application stands before.

    Refused: `application-open-already`, `draft-open-already` (one's own, not handed in), `not-in-register`,
    `in-register`.
    """
    if open_kinds:
        raise Refused("draft-open-already" if drafts_alone else "application-open-already")
    if status not in MAY_ASK[kind]:
        if kind is ApplicationKind.REGISTRATION:
            raise Refused("in-register", status=status.value)
        raise Refused("not-in-register", status=status.value)


def require_editable(state: ApplicationState) -> None:
    """Evidence is frozen from submission: Refused("frozen") but for a draft, and while it is to be completed."""
    if state not in EDITABLE:
        raise Refused("frozen", open_moves=APPLICATION.open(state), state=state.value)


def title_of(register: Register) -> str:
    """The title that goes with an entry: RDO for leaders (po-2022), leraar for teachers."""
    return "leraar" if register is Register.TEACHERS else "RDO"
