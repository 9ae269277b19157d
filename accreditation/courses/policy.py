"""PURE: the states of an application for a course and of an accreditation, and what each kind must show."""

from enum import StrEnum

from core.machine import Machine


class Given(StrEnum):
    """How a course is given, in its application as in each of its runs; an e-learning has no seats and no place."""

    CLASSROOM = "classroom"
    BLENDED = "blended"
    ONLINE = "online"
    E_LEARNING = "e-learning"


IN_PLACE = frozenset({Given.CLASSROOM, Given.BLENDED})


class ApplicationKind(StrEnum):
    """A first application, an extension that changes an accredited course, or one for the next term."""

    NEW = "new"
    CHANGE = "change"
    RENEWAL = "renewal"


class FileState(StrEnum):
    """One application in one register. Who moves next: the provider (draft, returned, invoiced, more-information),
    the secretary (submitted, locked, paid, decided), the committee (assessed)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    LOCKED = "locked"
    INVOICED = "invoiced"
    PAID = "paid"
    ASSESSED = "assessed"
    MORE_INFORMATION = "more-information"
    DECIDED = "decided"
    ACCREDITED = "accredited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FileEvent(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    LOCK = "lock"
    INVOICE = "invoice"
    WAIVE = "waive"
    PAY = "pay"
    ASSESS = "assess"
    ACCEPT_DECLARATION = "accept-declaration"
    ASK_MORE = "ask-more"
    SUPPLY = "supply"
    DECIDE = "decide"
    ACCREDIT = "accredit"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


_OPEN = (
    FileState.DRAFT,
    FileState.SUBMITTED,
    FileState.RETURNED,
    FileState.LOCKED,
    FileState.INVOICED,
    FileState.PAID,
    FileState.ASSESSED,
    FileState.MORE_INFORMATION,
)

FILE = Machine(
    "course-application",
    FileState.DRAFT,
    {
        (FileState.DRAFT, FileEvent.SUBMIT): FileState.SUBMITTED,
        (FileState.SUBMITTED, FileEvent.RETURN): FileState.RETURNED,  # pe-4: back for completion
        (FileState.RETURNED, FileEvent.SUBMIT): FileState.SUBMITTED,
        (FileState.SUBMITTED, FileEvent.LOCK): FileState.LOCKED,  # pe-4: no edits during assessment
        (FileState.SUBMITTED, FileEvent.ACCEPT_DECLARATION): FileState.DECIDED,  # rp-instelling: of a proven provider
        (FileState.LOCKED, FileEvent.INVOICE): FileState.INVOICED,
        (FileState.LOCKED, FileEvent.WAIVE): FileState.PAID,  # free of charge in this register (rl-aanbieders)
        (FileState.INVOICED, FileEvent.PAY): FileState.PAID,  # pe-4: assessment only after payment is booked
        (FileState.PAID, FileEvent.ASSESS): FileState.ASSESSED,  # the adviser's draft
        (FileState.ASSESSED, FileEvent.ASK_MORE): FileState.MORE_INFORMATION,
        (FileState.MORE_INFORMATION, FileEvent.SUPPLY): FileState.PAID,  # and is assessed anew
        (FileState.ASSESSED, FileEvent.DECIDE): FileState.DECIDED,
        (FileState.DECIDED, FileEvent.ACCREDIT): FileState.ACCREDITED,  # when it is made known (Awb 3:40)
        (FileState.DECIDED, FileEvent.REFUSE): FileState.REFUSED,
        (FileState.REFUSED, FileEvent.ACCREDIT): FileState.ACCREDITED,  # a decision on objection (Awb 7:11)
        (FileState.ACCREDITED, FileEvent.ACCREDIT): FileState.ACCREDITED,
        (FileState.ACCREDITED, FileEvent.REFUSE): FileState.REFUSED,
        **{(state, FileEvent.WITHDRAW): FileState.WITHDRAWN for state in _OPEN},
    },
)
EDITABLE = frozenset({FileState.DRAFT, FileState.RETURNED, FileState.MORE_INFORMATION})
ENDED = frozenset({FileState.ACCREDITED, FileState.REFUSED, FileState.WITHDRAWN})
JUDGED = frozenset(
    {FileState.ASSESSED, FileState.MORE_INFORMATION, FileState.DECIDED, FileState.ACCREDITED, FileState.REFUSED}
)


class AccreditationState(StrEnum):
    """What an accreditation is worth today; on its days, see `CourseAccreditation.covers`."""

    ACCREDITED = "accredited"
    CHANGE_REQUESTED = "change-requested"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    RENEWED = "renewed"
    WITHDRAWN = "withdrawn"


class AccreditationEvent(StrEnum):
    REQUEST_CHANGE = "request-change"
    SETTLE_CHANGE = "settle-change"
    NEAR_END = "near-end"
    EXPIRE = "expire"
    RENEW = "renew"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


ACCREDITATION = Machine(
    "accreditation",
    AccreditationState.ACCREDITED,
    {
        (AccreditationState.ACCREDITED, AccreditationEvent.REQUEST_CHANGE): AccreditationState.CHANGE_REQUESTED,
        (AccreditationState.CHANGE_REQUESTED, AccreditationEvent.SETTLE_CHANGE): AccreditationState.ACCREDITED,
        (AccreditationState.ACCREDITED, AccreditationEvent.NEAR_END): AccreditationState.EXPIRING,
        (AccreditationState.CHANGE_REQUESTED, AccreditationEvent.EXPIRE): AccreditationState.EXPIRED,
        (AccreditationState.EXPIRING, AccreditationEvent.EXPIRE): AccreditationState.EXPIRED,  # po-opleiding
        (AccreditationState.ACCREDITED, AccreditationEvent.RENEW): AccreditationState.RENEWED,  # on request
        (AccreditationState.EXPIRING, AccreditationEvent.RENEW): AccreditationState.RENEWED,
        (AccreditationState.EXPIRED, AccreditationEvent.RENEW): AccreditationState.RENEWED,
        (AccreditationState.CHANGE_REQUESTED, AccreditationEvent.RENEW): AccreditationState.RENEWED,
        (
            AccreditationState.RENEWED,
            AccreditationEvent.RENEW,
        ): AccreditationState.RENEWED,  # its next one was withdrawn
        (AccreditationState.RENEWED, AccreditationEvent.WITHDRAW): AccreditationState.WITHDRAWN,  # its days still count
        # A ruling gives back what was withdrawn (Awb 7:11, 7:25).
        (AccreditationState.WITHDRAWN, AccreditationEvent.RESTORE): AccreditationState.ACCREDITED,
        (AccreditationState.ACCREDITED, AccreditationEvent.WITHDRAW): AccreditationState.WITHDRAWN,  # four eyes
        (AccreditationState.CHANGE_REQUESTED, AccreditationEvent.WITHDRAW): AccreditationState.WITHDRAWN,
        (AccreditationState.EXPIRING, AccreditationEvent.WITHDRAW): AccreditationState.WITHDRAWN,
    },
)


class PanelState(StrEnum):
    """The panel that inspects a programme: proposed by the institute, approved by the committee, then it reports."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    REPORTED = "reported"


class PanelEvent(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    PROPOSE_AGAIN = "propose-again"
    REPORT = "report"


PANEL = Machine(
    "programme-panel",
    PanelState.PROPOSED,
    {
        (PanelState.PROPOSED, PanelEvent.APPROVE): PanelState.APPROVED,  # po-comcert: quality and composition first
        (PanelState.PROPOSED, PanelEvent.REJECT): PanelState.REJECTED,
        (PanelState.REJECTED, PanelEvent.PROPOSE_AGAIN): PanelState.PROPOSED,
        (PanelState.APPROVED, PanelEvent.REPORT): PanelState.REPORTED,
    },
)
