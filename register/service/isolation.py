"""Which writes must run one after the other, and why; what else is kept apart by what it changes.

Whoever writes about a person moves the head of that person's chain in the trail, last in the transaction. Of two such
writes that saw the same moment the second is refused by the database and run again, so that one person's own files,
hours and shares need no more than REPEATABLE READ. SERIALIZABLE stays where two writes decide by what the other is
about to write, on chains that differ (a write skew).
"""

from litestar import Litestar
from litestar.routes import HTTPRoute

from core.web.unit_of_work import SKEWS

ONE_PERSON = "what is read to decide is this person's, and so is the chain that every one of these writes moves"
ONE_ACCOUNT = "a session, a code or a link is one row, and its version or its use is compared"
NO_DECISION = "writes no more than that somebody asked"

COMPARED = {
    "/mijn": ONE_PERSON,
    "/v1/applications": ONE_PERSON,
    "/v1/development-goals": ONE_PERSON,
    "/v1/name-changes": ONE_PERSON,
    "/v1/portfolio": ONE_PERSON,
    "/v1/portfolio-entries": ONE_PERSON,
    "/v1/portfolio-shares": ONE_PERSON,
    "/v1/profile": ONE_PERSON,
    "/inloggen": ONE_ACCOUNT,
    "/uitloggen": ONE_ACCOUNT,
    "/tweede-stap": ONE_ACCOUNT,
    "/wachtwoord": ONE_ACCOUNT,
    "/wachtwoord-vergeten": ONE_ACCOUNT,
    "/bevestigen": ONE_ACCOUNT,
    "/inschrijven": "one address has one account and one number one person: the columns are unique",
    "/v1/enrolments": "one address has one account and one number one person: the columns are unique",
    "/v1/email-changes": ONE_ACCOUNT,
    "/v1/email-confirmations": ONE_ACCOUNT,
    "/v1/password-reset-requests": ONE_ACCOUNT,
    "/v1/password-resets": ONE_ACCOUNT,
    "/v1/second-factor": ONE_ACCOUNT,
    "/v1/sessions": ONE_ACCOUNT,
    "/v1/token": ONE_ACCOUNT,
    "/uittreksel-controleren": NO_DECISION,
    "/v1/assessments": NO_DECISION,
    "/v1/entitlements": NO_DECISION,
    "/v1/extract-checks": NO_DECISION,
    "/v1/term-calculations": NO_DECISION,
}
VOTES = "a vote counts unless its member stepped aside, and a decision counts the votes: three rows of three people"
DISPUTES = "who votes may not have decided before, and both parties act at one time"
CHAIRS = "who may decide is read from seats and exclusions that somebody else changes"
TWO_PEOPLE = "reads what another person or body holds at that moment, and writes in a chain of its own"
PLACES = "what a day is worth and how many may come is counted over what several people report"
ROLES = "roles that exclude each other, and the last of those who must be there, are held by different people"

SERIAL = {
    "/aanbieder": PLACES,
    "/aanbieders": PLACES,
    "/accreditatie": VOTES,
    "/beheer": ROLES,
    "/beroepen": DISPUTES,
    "/bestuur": TWO_PEOPLE,
    "/bezwaren": DISPUTES,
    "/collegas": TWO_PEOPLE,
    "/controles": CHAIRS,
    "/correcties": CHAIRS,
    "/heroverwegingen": CHAIRS,
    "/kantoor": TWO_PEOPLE,
    "/maatregelen": CHAIRS,
    "/mijn/aanstellingen": TWO_PEOPLE,
    "/mijn/cursussen": PLACES,
    "/mijn/portfolio/aanbod": PLACES,
    "/mijn/portfolio/{entry_id:uuid}/collega": TWO_PEOPLE,
    "/mijn/presentie": PLACES,
    "/mijn/uitschrijven": TWO_PEOPLE,
    "/pe-services": PLACES,
    "/presentie": PLACES,
    "/presentie-controle": PLACES,
    "/secretariaat": CHAIRS,
    "/uitnodiging": ROLES,
    "/uitspraken": CHAIRS,
    "/v1/accreditation-items": VOTES,
    "/v1/accreditation-sessions": VOTES,
    "/v1/agenda-items": VOTES,
    "/v1/appeals": DISPUTES,
    "/v1/application-doubts": CHAIRS,
    "/v1/applications/{application_id:uuid}/admission": CHAIRS,
    "/v1/applications/{application_id:uuid}/completion-request": CHAIRS,
    "/v1/applications/{application_id:uuid}/doubts": CHAIRS,
    "/v1/applications/{application_id:uuid}/filed-default-notice": CHAIRS,
    "/v1/applications/{application_id:uuid}/forwarding": CHAIRS,
    "/v1/applications/{application_id:uuid}/non-treatment": CHAIRS,
    "/v1/applications/{application_id:uuid}/notes": CHAIRS,
    "/v1/applications/{application_id:uuid}/penalty-decision": CHAIRS,
    "/v1/applications/{application_id:uuid}/resumption": CHAIRS,
    "/v1/applications/{application_id:uuid}/second-opinion-request": CHAIRS,
    "/v1/appointment-claims": TWO_PEOPLE,
    "/v1/appointments": TWO_PEOPLE,
    "/v1/attendances": PLACES,
    "/v1/audit-rounds": CHAIRS,
    "/v1/board": TWO_PEOPLE,
    "/v1/case-letters": DISPUTES,
    "/v1/committee-sessions": VOTES,
    "/v1/corrections": CHAIRS,
    "/v1/course-accreditations": CHAIRS,
    "/v1/course-applications": PLACES,
    "/v1/course-dossiers": CHAIRS,
    "/v1/course-files": CHAIRS,
    "/v1/course-ratings": PLACES,
    "/v1/course-withdrawals": CHAIRS,
    "/v1/courses": PLACES,
    "/v1/decisions": CHAIRS,
    "/v1/deliveries": TWO_PEOPLE,
    "/v1/endorsement-requests": TWO_PEOPLE,
    "/v1/endorsements": TWO_PEOPLE,
    "/v1/grant-conditions": CHAIRS,
    "/v1/institutional-accreditations": CHAIRS,
    "/v1/invitation-acceptances": ROLES,
    "/v1/library-entries": CHAIRS,
    "/v1/mail-failures": TWO_PEOPLE,
    "/v1/measures": CHAIRS,
    "/v1/objections": DISPUTES,
    "/v1/people": TWO_PEOPLE,
    "/v1/platform-keys": PLACES,
    "/v1/portfolio-entries/{entry_id:uuid}/dialogue": TWO_PEOPLE,
    "/v1/portfolio-entries/{entry_id:uuid}/endorsements": TWO_PEOPLE,
    "/v1/portfolio-entries/{entry_id:uuid}/valuation": CHAIRS,
    "/v1/posting-list": TWO_PEOPLE,
    "/v1/publication-objections": CHAIRS,
    "/v1/proposals": ROLES,
    "/v1/provider-accounts": PLACES,
    "/v1/provider-audits": CHAIRS,
    "/v1/provider-authorisations": CHAIRS,
    "/v1/provider-courses": PLACES,
    "/v1/provider-intentions": CHAIRS,
    "/v1/provider-memberships": PLACES,
    "/v1/providers": PLACES,
    "/v1/reconsiderations": CHAIRS,
    "/v1/registrations": TWO_PEOPLE,
    "/v1/role-grants": ROLES,
    "/v1/role-proposals": ROLES,
    "/v1/runs": PLACES,
    "/v1/sandbox": PLACES,
    "/v1/sandbox-keys": PLACES,
    "/v1/sent-attendances": PLACES,
    "/v1/valuation-dialogues": TWO_PEOPLE,
    "/v1/work-items": CHAIRS,
    "/voorstellen": ROLES,
    "/waarderen": CHAIRS,
    "/waarderingsgesprekken": TWO_PEOPLE,
    "/werk": CHAIRS,
    "/zienswijzen": CHAIRS,
    "/zittingen": VOTES,
}


def skews(path: str) -> bool:
    """Whether what is written at a path must run as if alone; KeyError for a path that neither table names."""
    parts = path.split("/")
    for length in range(len(parts), 1, -1):
        begun = "/".join(parts[:length])
        if begun in SERIAL or begun in COMPARED:
            return begun in SERIAL
    raise KeyError(path)


def learn_isolation(app: Litestar) -> None:
    """Note beside each route that writes whether it must run as if alone; KeyError for one that no table names."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if method in {"POST", "PUT", "PATCH", "DELETE"}:
                    handler.opt[SKEWS] = skews(route.path)
