"""The duties of procedure about applications and measures that hold, as `appeals.duties` has those of disputes."""

from core.law.duties import Duty

DUTIES = (
    Duty(
        "3:40",
        "somebody hears that the day of a strike-off has come",
        "body",
        "the day of a strike-off comes",
        "test_a_strike_off_is_proposed_by_one_signed_by_another_and_works_on_its_day",
        told=("strike-off-carried-out",),
    ),
    Duty(
        "3:46",
        "a strike-off answers the view that was given",
        "body",
        "a strike-off is proposed after a view",
        "test_awb_3_46_a_strike_off_answers_the_view_that_was_given",
        refuses=("view-unanswered",),
    ),
    Duty(
        "4:8",
        "a notice says what is intended, why, until when and how one may answer",
        "body",
        "a measure is intended",
        "test_awb_4_8_a_notice_says_what_is_intended_why_and_that_one_may_answer_by_word_of_mouth",
        told=("measure-intended",),
        refuses=("hearing-term-runs",),
    ),
    Duty(
        "4:5",
        "what lacks is asked, with a term, before an application is left untreated",
        "body",
        "an application is incomplete",
        "test_what_is_not_completed_in_time_is_left_untreated_by_a_decision",
        refuses=("term-runs", "too-late-to-leave"),
    ),
    Duty(
        "4:14",
        "an applicant hears that it was not decided in time",
        "body",
        "the last day to decide has passed",
        "test_awb_4_14_an_applicant_hears_once_that_it_is_late_and_what_can_be_done",
        told=("application-late",),
    ),
    Duty(
        "4:17(3)",
        "a notice of default on an application is received on its day and confirmed, and the first one stands",
        "body",
        "the last day to decide has passed",
        "test_awb_4_17_a_notice_on_an_application_counts_after_its_last_day_and_the_first_one_stands",
        told=("application-notice",),
        refuses=("notice-premature", "notice-given"),
    ),
    Duty(
        "4:18",
        "a public body sets what it owes for deciding late by a decision of its own, within two weeks",
        "body",
        "the last day of penalty has passed",
        "test_awb_4_18_a_public_body_sets_what_it_owes_within_two_weeks_after_the_last_day",
        refuses=("penalty-runs", "no-penalty", "penalty-decided"),
    ),
    Duty(
        "4:15",
        "an applicant hears of each day that moves",
        "body",
        "the term stands still for a completion",
        "test_awb_4_15_an_applicant_hears_of_each_day_that_moves",
        told=("application-due",),
    ),
)
