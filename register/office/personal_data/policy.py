"""PURE: what a person is given of what is kept about them, by subject, table and column; what is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What the data are about, as a person thinks of it."""

    IDENTITY = "identity"
    ACCOUNT = "account"
    POSTS = "posts"
    BUDGETS = "budgets"
    ENTRIES = "entries"
    APPLICATIONS = "applications"
    DECISIONS = "decisions"
    PORTFOLIO = "portfolio"
    SHARES = "shares"
    DISPUTES = "disputes"
    FILES = "files"
    MESSAGES = "messages"
    INVOICES = "invoices"


@dataclass(frozen=True)
class Kept:
    """A table and the columns of it that its person is given; `only` names which rows."""

    table: str
    columns: tuple[str, ...]
    only: str = ""


def _kept(table: str, columns: str, only: str = "") -> Kept:
    return Kept(table, tuple(columns.split()), only)


KEPT: Mapping[Subject, tuple[Kept, ...]] = {
    Subject.IDENTITY: (
        _kept(
            "person",
            "register_number given_name prefix family_name partner_prefix partner_family_name name_order address"
            " postcode town country telephone email message_box enrolled_at email_confirmed_at",
        ),
        _kept("former_name", "given_name family_names from_on until_on"),
        _kept(
            "name_change",
            "number given_name prefix family_name partner_prefix partner_family_name name_order reason state asked_on"
            " settled_on answer",
        ),
        _kept("publication_objection", "number register_code reasons state asked_on answer_by settled_on"),
        _kept("retention_hold", "reasons held_on ended_on"),
        _kept("message_box_consent", "given_on withdrawn_on"),
    ),
    Subject.ACCOUNT: (
        _kept("account", "email state"),
        _kept("role_grant", "role scope from_on until_on"),
        _kept("provider_member", "role joined_at ended_at"),
    ),
    Subject.POSTS: (
        _kept("appointment", "role board_number location_code stated_place appointed_on ended_on"),
        _kept("appointment_claim", "role board_number location_code appointed_on ended_on state delivered_at"),
    ),
    Subject.BUDGETS: (
        _kept("budget_terms", "cao saving holds_from factor noted_at"),
        _kept("budget_line", "id spent_on cents hundredths kind what booked_at reverses_id"),
    ),
    Subject.ENTRIES: (
        _kept("registration", "register_code status title level registered_on period_began_on due_on"),
        _kept("qualification", "name sector state registered_on due_on"),
        _kept("taken_over", "source source_number register_code content stored_at"),
    ),
    Subject.APPLICATIONS: (
        _kept(
            "application", "number register_code kind route state statement started_at submitted_at received_on sent_to"
        ),
        _kept("application_proof", "kind programme_code issued_on ects level"),
        _kept("completion_request", "items note asked_on until_on ended_on"),
        _kept("default_notice", "received_on due_on"),
        _kept("application_doubt", "grounds differs raised_on until_on view viewed_on unheard unheard_reasons"),
    ),
    Subject.DECISIONS: (
        _kept(
            "decision",
            "number kind register_code outcome level due_on grounds reasons repair conditions decided_on notified_on"
            " last_day_to_object",
            "made-known",
        ),
        _kept("making_known", "channel state sent_on read_at"),
        _kept("grant_condition", "text due_on met_on"),
    ),
    Subject.PORTFOLIO: (
        _kept("portfolio_period", "register_code began_on due_on"),
        _kept(
            "portfolio_entry",
            "register_code kind title description done_on category provider state points hundredths added_at",
        ),
        _kept("ledger_line", "points hundredths cause booked_at"),
        _kept("credit_line", "register_code done_on category points hundredths booked_at"),
        _kept("attendance", "sent_number sent_name ended_on state"),
        _kept("development_goal", "title themes category reach_by reached_on"),
        _kept("portfolio_endorsement", "state statement asked_at answered_at"),
        _kept("valuation_dialogue", "register_code state preparation question asked_at held_at place account"),
        _kept("course_rating", "register_code stars remark rated_on"),
    ),
    Subject.SHARES: (_kept("portfolio_share", "register_code scope board_number granted_on until_on ended_at"),),
    Subject.DISPUTES: (
        _kept("dispute", "number kind state channel received_on grounds minutes defence decision_due_on ended_on"),
        _kept("hearing", "held_at place documents_until inspection_from held"),
        _kept("representative", "name email"),
        _kept("piece", "position title received_on pages", "open-piece"),
        _kept("interim_request", "state reasons asked_on answer decided_on until_on ended_on"),
        _kept("contested", "last_day days_late"),
    ),
    Subject.FILES: (_kept("stored_file", "name media_type size uploaded_at", "open-file"),),
    Subject.MESSAGES: (_kept("box_message", "subject body placed_at read_at"),),
    Subject.INVOICES: (_kept("invoice", "number state total_cents issued_on due_on booked_on"),),
}

OWN_ONLY = frozenset({Subject.BUDGETS})
"""What a board keeps and shares with the person alone: nobody of the register counts it or prints it."""

LEFT_OUT: Mapping[str, str] = {
    "public_entry": "a copy of what stands with identity and entries",
    "person_word": "the words of the name that stands with identity",
    "file_note": "the notes of who judges stay with the file until the decision, and their reasons stand in it",
    "case_letter": "how a letter of a case went; the letter stands in the file of the case, and with the messages",
    "measure": "an intention is told by its own letter, the decision stands with the decisions",
    "correction": "as a measure",
    "reconsideration": "the work of the committee; its outcome is a decision",
    "outbox_message": "mail on its way, gone after thirty days; what it told stands with the messages",
    "outbox_silence": "that no mail goes to somebody who died",
    "proposal": "what two of the office sign; what came of it stands with what it was about",
    "role_proposal": "the proposal behind a role; the role stands with the account",
}
"""Tables about persons of which nothing is given, and why."""
