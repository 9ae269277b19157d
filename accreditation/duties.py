"""The duties of procedure about providers and their courses that hold, as `appeals.duties` has those of disputes."""

from core.law.duties import Duty

DUTIES = (
    Duty(
        "3:41",
        "a letter about an organisation goes to its own name and address",
        "body",
        "a decision about a provider is made known",
        "test_awb_3_41_a_letter_about_a_provider_goes_to_its_own_name_and_address",
        told=("decision",),
    ),
    Duty(
        "4:8(1)",
        "a provider hears which measure is meant, why, and until when it may answer, before it is decided",
        "body",
        "a suspension or withdrawal is meant",
        "test_awb_4_8_a_provider_is_told_and_heard_before_it_is_suspended",
        told=("provider-intended",),
        refuses=("intention-first", "hearing-term-runs", "view-unanswered"),
    ),
    Duty(
        "4:8(1)",
        "and before a course of it is withdrawn",
        "body",
        "a withdrawal of a course is meant",
        "test_awb_4_8_a_provider_is_told_and_heard_before_a_course_is_withdrawn",
        told=("provider-intended",),
        refuses=("intention-first", "hearing-term-runs"),
    ),
    Duty(
        "4:9",
        "what a provider says by word of mouth is written down, and it reads that",
        "body",
        "a provider answers by word of mouth",
        "test_awb_4_9_what_a_provider_says_by_word_of_mouth_is_written_down_and_sent_to_it",
        told=("provider-view-written",),
    ),
    Duty(
        "4:11",
        "a suspension that cannot wait says why, and the provider is heard right afterwards",
        "body",
        "a suspension is urgent",
        "test_awb_4_11_an_urgent_suspension_goes_first_and_is_heard_right_afterwards",
        told=("provider-intended",),
        refuses=("not-urgent",),
    ),
)
