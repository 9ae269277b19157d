"""The term calculator: questions as JSON values in, days with their explanation out, nothing kept.

`calculate` answers one question, `calculate_all` one or an array of them, `run` text. What cannot be read answers
`{"errors": [{"field", "code", "detail"}]}` in its place. Every answer has `steps` and `warnings` (`code`, `detail`).
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import NoReturn, assert_never

from pydantic import ValidationError

from appeals import schemas
from appeals.schemas import QUESTION, problem, problem_of
from core.clock import legal_day
from core.errors import Refused
from core.law import terms
from core.law.terms import Due, Step, Suspension
from core.law.workdays import Calendar

Answer = dict[str, object]

DECISION_WEEKS = {"schoolleiders-po": 8, "schoolleiders-vo": 8, "leraren": 10}
"""Within how many weeks a register decides on an application."""
PUBLIC_BODIES = frozenset({"leraren"})
"""The registers that the Awb binds; the others follow it by their regulation, and their terms are their own."""

FIELDS = {"posted-on-required": "posted_on", "contradiction": "received_on", "day-out-of-range": "length"}
"""The field that a refusal of the engine is about; of what we take in, only a plain term can end out of range."""

ALL_READ, SOME_READ, NONE_READ = 0, 1, 2
"""Exit codes."""


def calculate(item: object, calendar: Calendar) -> Answer:
    """The answer to one question, or its errors."""
    try:
        question = QUESTION.validate_python(item)
    except ValidationError as error:
        return {"errors": [problem_of(each) for each in error.errors(include_url=False, include_input=False)]}
    try:
        return _answer(question, calendar)
    except Refused as refused:
        return {"errors": [problem(refused.code, FIELDS[refused.code])]}


def calculate_all(value: object, calendar: Calendar) -> tuple[Answer | list[Answer], int]:
    """The answers, an array for an array, and the exit code: 0 all read, 1 some not, 2 nothing could be read."""
    if not isinstance(value, list):
        answer = calculate(value, calendar)
        return answer, NONE_READ if "errors" in answer else ALL_READ
    answers = [calculate(item, calendar) for item in value]
    unread = sum("errors" in answer for answer in answers)
    if unread == 0:
        return answers, ALL_READ
    return answers, NONE_READ if unread == len(answers) else SOME_READ


def run(text: str, calendar: Calendar) -> tuple[str, int]:
    """JSON text in, JSON text (ASCII) out, and the exit code of `calculate_all`; 2 for what is not JSON."""
    try:
        value = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_constant)
    except RecursionError:
        return _unread("too-deep")
    except json.JSONDecodeError:
        return _unread("not-json")
    except ValueError:  # Python reads no integer of more than 4300 digits.
        return _unread("number-too-large")
    answer, code = calculate_all(value, calendar)
    return json.dumps(answer, indent=2), code


def _no_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError("NaN and Infinity are not JSON", name, 0)


def _unread(code: str) -> tuple[str, int]:
    return json.dumps({"errors": [problem(code)]}, indent=2), NONE_READ


def _answer(question: schemas.AnyQuestion, calendar: Calendar) -> Answer:
    match question:
        case schemas.LastDayToObject():
            return _to_object(question, calendar)
        case schemas.WasInTime():
            return _in_time(question, calendar)
        case schemas.ObjectionDecision():
            return _objection_decision(question, calendar)
        case schemas.AppealDecision():
            return _due(terms.appeal_decision_due(question.notified_on, calendar, adjourned=question.adjourned))
        case schemas.ApplicationDecision():
            return _application_decision(question, calendar)
        case schemas.PlainTerm():
            return _due(terms.plain_due(question.start_on, question.length, question.counted_in(), calendar))
        case schemas.BeforeHearing():
            return _hearing(question)
        case schemas.PenaltyOwed():
            return _penalty(question, calendar)
        case _:
            assert_never(question)


def _to_object(question: schemas.LastDayToObject, calendar: Calendar) -> Answer:
    last = terms.objection_last_day(question.notified_on, calendar)
    limit = terms.post_receipt_limit(last.last_day, calendar).after(last)
    days = {"last_day": last.last_day.isoformat(), "post_receipt_limit": limit.last_day.isoformat()}
    return days | _explained(limit.steps, limit.unknown_years)


def _in_time(question: schemas.WasInTime, calendar: Calendar) -> Answer:
    """By post the day of posting counts; where it is not given, receipt decides unless only posting can."""
    received_on, by_post = _received_on(question), question.channel == "post"
    filing = terms.Filing(received_on, by_post, question.posted_on, question.received_elsewhere_on)
    found = terms.timeliness(question.notified_on, filing, calendar)
    warnings = []
    if question.posted_on is not None and not by_post:
        warnings.append(_warning("posting-ignored", "The day of posting only matters for the channel post (Awb 6:9)."))
    elif question.posted_on is not None and question.posted_on > received_on:
        warnings.append(_warning("posted-after-receipt", "It was received before it was posted: check both days."))
    answer: Answer = {"timely": found.timely, "last_day": found.last_day.isoformat(), "days_late": found.days_late}
    return answer | _explained(found.steps, found.unknown_years, warnings)


def _received_on(question: schemas.WasInTime) -> date:
    """The day in the Netherlands on which it came in; Refused("contradiction") when two are given that differ."""
    at = None if question.received_at is None else legal_day(question.received_at)
    days = {day for day in (at, question.received_on) if day is not None}
    if len(days) > 1:
        raise Refused("contradiction")
    return days.pop()


def _objection_decision(question: schemas.ObjectionDecision, calendar: Calendar) -> Answer:
    def due(suspensions: Iterable[Suspension], consented_until: date | None = None) -> Due:
        return terms.objection_decision_due(
            question.notified_on,
            calendar,
            committee=question.committee,
            suspensions=suspensions,
            adjourned=question.adjourned,
            consented_until=consented_until,
        )

    found = due(_suspensions(question.suspensions), question.consented_until)
    warnings = _too_late(_suspensions(question.suspensions), due)
    if question.consented_until is not None and question.consented_until < found.last_day:
        warnings.append(_warning("consent-without-effect", "The day that was agreed is before the decision is due."))
    return _due(found, warnings)


def _application_decision(question: schemas.ApplicationDecision, calendar: Calendar) -> Answer:
    def due(suspensions: Iterable[Suspension]) -> Due:
        return terms.application_due(
            question.received_on,
            DECISION_WEEKS[question.which_register],
            suspensions,
            calendar,
            public=question.which_register in PUBLIC_BODIES,
        )

    suspensions = _suspensions(question.suspensions)
    return _due(due(suspensions), _too_late(suspensions, due))


def _suspensions(given: Iterable[schemas.NewSuspension]) -> list[Suspension]:
    return [each.suspension() for each in given]


def _too_late(suspensions: list[Suspension], due: Callable[[Iterable[Suspension]], Due]) -> list[dict[str, str]]:
    """A warning when something was asked after the term had run out, which cannot suspend it any more."""
    for late in suspensions:
        if late.asked_on > due([each for each in suspensions if each.asked_on < late.asked_on]).last_day:
            return [_warning("suspended-after-the-end", f"On {late.asked_on} the term had ended; it was counted.")]
    return []


def _hearing(question: schemas.BeforeHearing) -> Answer:
    hearing_on = question.hearing_on
    papers, inspection = terms.documents_until(hearing_on), terms.inspection_from(hearing_on)
    steps = [
        Step(rule, hearing_on, day, terms.Reason.COUNTED_BACK, {"days": terms.days_between(day, hearing_on)})
        for rule, day in (("Awb 7:4(1)", papers), ("Awb 7:4(2)", inspection))
    ]
    answer: Answer = {"documents_until": papers.isoformat(), "inspection_from": inspection.isoformat()}
    return answer | _explained(steps)


def _penalty(question: schemas.PenaltyOwed, calendar: Calendar) -> Answer:
    """While nothing was made known, the day `on` stands in its place: it is not counted itself."""
    until = question.made_known_on or question.on
    assert until is not None  # the schema asks for one of the two
    found = terms.penalty(question.due_on, question.notice_received_on, until, calendar)
    answer: Answer = {
        "notice_valid": found.notice_valid,
        "first_day": None if found.first_day is None else found.first_day.isoformat(),
        "days": found.days,
        "amount_eur": found.amount_eur,
    }
    return answer | _explained(found.steps, found.unknown_years)


def _due(due: Due, warnings: Iterable[dict[str, str]] = ()) -> Answer:
    return {"last_day": due.last_day.isoformat()} | _explained(due.steps, due.unknown_years, warnings)


def _explained(
    steps: Iterable[Step], unknown_years: Iterable[int] = (), warnings: Iterable[dict[str, str]] = ()
) -> Answer:
    unknown = [
        _warning("designated-days-unknown", f"Which days of {year} are equated with holidays by decree is not known.")
        for year in sorted(unknown_years)
    ]
    return {"steps": [step.as_dict() for step in steps], "warnings": [*warnings, *unknown]}


def _warning(code: str, detail: str) -> dict[str, str]:
    return {"code": code, "detail": detail}
