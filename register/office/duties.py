"""The duties of data protection that hold, as `appeals.duties` has those of disputes."""

from core.law.duties import Duty

DUTIES = (
    Duty(
        "AVG 5(1)(e)",
        "what is past its term is erased, and noted in a ledger that names nobody; who it was about is told",
        "body",
        "the last day on which it is kept has passed",
        "test_avg_5_what_is_past_its_term_is_erased_once_and_noted_without_a_name",
        told=("retention-erased",),
    ),
    Duty(
        "AVG 17(3)(e)",
        "nothing is erased that a running case or a claim needs",
        "body",
        "a case runs, a decision can be contested, or the office holds it",
        "test_avg_17_what_a_running_case_or_a_claim_needs_is_not_erased",
        refuses=("held-already", "not-held"),
    ),
    Duty(
        "AVG 12(3)",
        "who objects to publication hears that it was received, and within a month what is decided",
        "body",
        "somebody objects to the publication of their entry",
        "test_avg_12_receipt_is_confirmed_with_the_last_day_of_a_month",
        told=("publication-objection-received",),
        refuses=("publication-objection-waits",),
    ),
    Duty(
        "AVG 18(1)(d)",
        "an entry is withheld while an objection to its publication is weighed, but for a public mark of a lapse",
        "body",
        "somebody objects to the publication of their entry",
        "test_avg_18_an_entry_is_out_of_sight_while_it_is_weighed_unless_it_shows_a_lapse",
        told=("publication-objection-received",),
    ),
    Duty(
        "AVG 21",
        "an objection to publication is decided on with reasons; who is refused reads the ground, and what is open",
        "body",
        "somebody objects to the publication of their entry",
        "test_avg_21_a_refusal_to_withhold_an_entry_is_decided_by_two_with_reasons_and_can_be_contested",
        refuses=("not-public", "own-case"),
    ),
)
