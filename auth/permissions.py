"""PURE: what may be done, by which role; what a role may do with which row is decided by relation, in the queries.

A permission is `thing:verb`. A role is granted to a person, never to an account: two accounts of one person are one.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The roles of the register; everybody else is the public."""

    PROFESSIONAL = "professional"
    PROVIDER = "provider"
    ASSESSOR = "assessor"
    COMMITTEE_MEMBER = "committee-member"
    ACCREDITATION_MEMBER = "accreditation-member"
    SECRETARY = "secretary"
    OBJECTION_ADVISER = "objection-adviser"
    APPEALS_MEMBER = "appeals-member"
    APPEALS_SECRETARY = "appeals-secretary"
    BOARD = "board"
    OFFICE = "office"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """`own` is about the actor's own rows; without it, about the rows that the actor's role and relation open."""

    ACCOUNT_OWN = "account:own"
    APPLICATION_FILE = "application:file"
    APPLICATION_READ_OWN = "application:read-own"
    APPLICATION_READ = "application:read"
    APPLICATION_ADMIT = "application:admit"
    PORTFOLIO_KEEP = "portfolio:keep"
    PORTFOLIO_READ_OWN = "portfolio:read-own"
    PORTFOLIO_SHARE = "portfolio:share"
    ENTRY_READ = "entry:read"
    ENTRY_VALUE = "entry:value"
    DECISION_READ_OWN = "decision:read-own"
    DECISION_READ = "decision:read"
    DECISION_NOTIFY = "decision:notify"
    SESSION_READ = "session:read"
    SESSION_PLAN = "session:plan"
    SESSION_VOTE = "session:vote"
    SESSION_DECIDE = "session:decide"
    STAFF_READ = "staff:read"
    STAFF_KEEP = "staff:keep"
    BUDGET_KEEP = "budget:keep"
    BUDGET_READ_OWN = "budget:read-own"
    MEASURE_PROPOSE = "measure:propose"
    MEASURE_SIGN = "measure:sign"
    PROVIDER_KEEP = "provider:keep"
    PROVIDER_ADMIT = "provider:admit"
    COURSE_APPLY = "course:apply"
    COURSE_ASSESS = "course:assess"
    COURSE_JUDGE = "course:judge"
    COURSE_VOTE = "course:vote"
    COURSE_RATE = "course:rate"
    DIALOGUE_PLAN = "dialogue:plan"
    AUDIT_KEEP = "audit:keep"
    AUDIT_DO = "audit:do"
    WORKLIST_READ = "worklist:read"
    RUN_KEEP = "run:keep"
    ATTENDANCE_REPORT = "attendance:report"
    ATTENDANCE_CLAIM = "attendance:claim"
    ATTENDANCE_JUDGE = "attendance:judge"
    OBJECTION_READ = "objection:read"
    OBJECTION_HANDLE = "objection:handle"
    APPEAL_READ = "appeal:read"
    APPEAL_HANDLE = "appeal:handle"
    APPEAL_DEFEND = "appeal:defend"
    DISPUTE_SIT = "dispute:sit"
    LIBRARY_READ = "library:read"
    LIBRARY_KEEP = "library:keep"
    POST_SEND = "post:send"
    OUTBOX_KEEP = "outbox:keep"
    ROLE_READ = "role:read"
    ROLE_PROPOSE = "role:propose"
    ROLE_SIGN = "role:sign"
    PERSON_FIND = "person:find"
    PERSON_KEEP = "person:keep"
    TRAIL_READ = "trail:read"
    HISTORY_READ = "history:read"
    APPOINTMENT_KEEP = "appointment:keep"
    STATISTICS_READ = "statistics:read"
    OFFICE_READ = "office:read"
    WORK_READ = "work:read"
    WORK_TAKE = "work:take"


class Access(StrEnum):
    """What a route may ask instead of a permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"


PUBLIC = Access.PUBLIC
SIGNED_IN = Access.SIGNED_IN

_EVERYONE = {Permission.ACCOUNT_OWN}
_WORK = {Permission.WORK_READ, Permission.WORK_TAKE}
_LIBRARY = {Permission.LIBRARY_READ, Permission.LIBRARY_KEEP}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.PROFESSIONAL: frozenset(
        _EVERYONE
        | {
            Permission.APPLICATION_FILE,
            Permission.APPLICATION_READ_OWN,
            Permission.PORTFOLIO_KEEP,
            Permission.PORTFOLIO_READ_OWN,
            Permission.PORTFOLIO_SHARE,
            Permission.DECISION_READ_OWN,
            Permission.ATTENDANCE_CLAIM,
            Permission.COURSE_RATE,
            Permission.APPOINTMENT_KEEP,
            Permission.BUDGET_READ_OWN,
        }
    ),
    Role.PROVIDER: frozenset(
        _EVERYONE
        | {Permission.RUN_KEEP, Permission.ATTENDANCE_REPORT, Permission.PROVIDER_KEEP, Permission.COURSE_APPLY}
    ),
    Role.ASSESSOR: frozenset(_EVERYONE | {Permission.ENTRY_READ, Permission.ENTRY_VALUE}),
    Role.COMMITTEE_MEMBER: frozenset(
        _EVERYONE
        | {
            Permission.SESSION_READ,
            Permission.SESSION_VOTE,
            Permission.APPLICATION_READ,
            Permission.MEASURE_SIGN,
            Permission.DISPUTE_SIT,
            Permission.LIBRARY_READ,
            Permission.WORK_READ,
        }
    ),
    Role.ACCREDITATION_MEMBER: frozenset(
        _EVERYONE
        | {
            Permission.COURSE_JUDGE,
            Permission.COURSE_VOTE,
            Permission.AUDIT_DO,
            Permission.DISPUTE_SIT,
            Permission.LIBRARY_READ,
            Permission.WORK_READ,
        }
    ),
    Role.SECRETARY: frozenset(
        _EVERYONE
        | {
            Permission.APPLICATION_READ,
            Permission.APPLICATION_ADMIT,
            Permission.SESSION_READ,
            Permission.SESSION_PLAN,
            Permission.SESSION_DECIDE,
            Permission.MEASURE_PROPOSE,
            Permission.DECISION_READ,
            Permission.DECISION_NOTIFY,
            Permission.PROVIDER_ADMIT,
            Permission.COURSE_ASSESS,
            Permission.AUDIT_KEEP,
            Permission.DIALOGUE_PLAN,
            Permission.COURSE_JUDGE,
            Permission.WORKLIST_READ,
            Permission.HISTORY_READ,
            Permission.ATTENDANCE_JUDGE,
            Permission.STATISTICS_READ,
            Permission.OBJECTION_READ,
            Permission.OBJECTION_HANDLE,
            Permission.APPEAL_DEFEND,
            *_LIBRARY,
            Permission.POST_SEND,
            Permission.OFFICE_READ,
            *_WORK,
        }
    ),
    Role.OBJECTION_ADVISER: frozenset(
        _EVERYONE
        | {
            Permission.OBJECTION_HANDLE,
            Permission.DISPUTE_SIT,
            *_WORK,
            *_LIBRARY,
        }
    ),
    Role.APPEALS_MEMBER: frozenset(_EVERYONE | {Permission.DISPUTE_SIT, Permission.LIBRARY_READ}),
    Role.APPEALS_SECRETARY: frozenset(
        _EVERYONE | {Permission.APPEAL_READ, Permission.APPEAL_HANDLE, *_WORK, *_LIBRARY}
    ),
    Role.BOARD: frozenset(_EVERYONE | {Permission.STAFF_READ, Permission.STAFF_KEEP, Permission.BUDGET_KEEP}),
    Role.OFFICE: frozenset(
        _EVERYONE
        | _WORK
        | {
            Permission.HISTORY_READ,
            Permission.ATTENDANCE_JUDGE,
            Permission.STATISTICS_READ,
            Permission.POST_SEND,
            Permission.OUTBOX_KEEP,
            Permission.PERSON_FIND,
            Permission.PERSON_KEEP,
            Permission.OFFICE_READ,
        }
    ),
    Role.ADMIN: frozenset(
        _EVERYONE | {Permission.ROLE_READ, Permission.ROLE_PROPOSE, Permission.ROLE_SIGN, Permission.OFFICE_READ}
    ),
    Role.AUDITOR: frozenset(
        _EVERYONE
        | {
            Permission.TRAIL_READ,
            Permission.ROLE_READ,
            Permission.HISTORY_READ,
            Permission.STATISTICS_READ,
            Permission.OFFICE_READ,
        }
    ),
}

# Whoever decides about others, or sees more than their own rows, signs in with a second factor (BIO2 8.5).
SECOND_FACTOR = frozenset(set(Role) - {Role.PROFESSIONAL, Role.PROVIDER, Role.BOARD})


def granted(roles: Iterable[Role]) -> frozenset[Permission]:
    """Every permission of a set of roles."""
    return frozenset(permission for role in roles for permission in GRANTS[role])


def usable(roles: Iterable[Role], *, second_factor: bool) -> frozenset[Role]:
    """The roles that a session may use: without a one-time code in it, none of who decides about others."""
    return frozenset(roles) if second_factor else frozenset(roles) - SECOND_FACTOR


def needs_second_factor(roles: Iterable[Role]) -> bool:
    """Whether one of these roles asks for a one-time code."""
    return not SECOND_FACTOR.isdisjoint(roles)
