"""The duties of data protection that hold, as `appeals.duties` has those of disputes."""

from core.law.duties import Duty

DUTIES = (
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
