"""PURE: what is erased of who left a register, in which order; what stays, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.law.days import add_years

ARTICLE = "AVG 5(1)(e)"
ENTRY, PERSON = "entry", "person"
HELD_BY_CASES = (
    *("application", "correction", "dispute", "measure", "name_change"),
    *("publication_objection", "reconsideration"),
)
"""The tables of cases of a person that hold everything back while a term runs in them."""


@dataclass(frozen=True)
class Erase:
    """A table of which the rows go, found by `by`; with `blank` they stay, and these columns lose what they say.

    `by` is a column of the table itself: of the entry, of the person, or of a row that goes with them.
    """

    table: str
    by: str
    blank: Mapping[str, object] = field(default_factory=dict)


OF_AN_ENTRY = (
    Erase("portfolio_endorsement", "entry_id"),
    Erase("valuation_dialogue", "entry_id"),
    Erase("ledger_line", "registration_id"),
    Erase("portfolio_entry", "registration_id"),
    Erase("portfolio_share", "registration_id"),
    Erase("portfolio_period", "registration_id"),
    Erase("development_goal", "registration_id"),
    Erase("application_proof", "application_id"),
    Erase("application_doubt", "application_id"),
    Erase("file_note", "application_id"),
    Erase("application", "registration_id", {"statement": ""}),
)
"""What was kept for one register, once its term has passed; what refers goes before what it refers to."""
OF_A_PERSON = (
    Erase("name_change", "person_id"),
    Erase("former_name", "person_id"),
    Erase("message_box_consent", "person_id"),
    Erase("appointment_claim", "person_id"),
    Erase("budget_line", "person_id"),
    Erase("budget_terms", "person_id"),
    Erase("appointment", "person_id"),
    Erase("course_rating", "person_id"),
    Erase("credit_line", "person_id"),
    Erase("attendance", "person_id", {"sent_number": "", "sent_name": ""}),
    Erase("box_message", "person_id", {"subject": "", "body": ""}),
    Erase("publication_objection", "person_id", {"reasons": ""}),
    Erase("taken_over", "person_id", {"content": {}}),
    Erase("proposal", "person_id", {"says": {}}),
    Erase("printed_letter", "decision_id"),
    Erase("sent_letter", "decision_id"),
    Erase("login_session", "account_id"),
    Erase("halfway_session", "account_id"),
    Erase("known_device", "account_id"),
    Erase("one_time_token", "account_id"),
    Erase("account", "person_id"),
)
"""What is kept of somebody whatever the register, once the term of the last one has passed; then who they were."""
GONE = {
    **dict.fromkeys(("prefix", "partner_prefix", "partner_family_name", "given_name"), ""),
    **dict.fromkeys(("address", "postcode", "town", "telephone", "email"), ""),
    "family_name": "Gewist",
    "country": None,
    "message_box": False,
    "email_confirmed_at": None,
}
"""What stands in the vault in the place of a person: their number leads to nobody."""
STAYS: Mapping[str, str] = {
    "decision": "what the register decided, for its account and for claims (AVG 17(3)(b) and (e))",
    "dispute": "as a decision; the file of an objection or appeal stays whole",
    "entry_version": "how the entry stood, which carries no name",
    "invoice": "seven years, by tax law (AWR 52)",
    "trail_event": "ids, codes and numbers, which carry no name",
}


def kept_until(left_on: date, years: int) -> date:
    """The last day on which what belongs to a register is kept."""
    return add_years(left_on, years)
