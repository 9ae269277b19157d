"""The term calculator as a page: a question in the address, the day with every step as the answer."""

import re
from collections.abc import Mapping
from typing import Any

from litestar import get
from litestar.response import Template

from appeals.calculator import calculate
from auth.permissions import PUBLIC
from core import typed
from core.law.term_run import SENTENCES
from core.law.workdays import IN_ENGLISH
from core.texts import day, spoken
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, render

KINDS: Mapping[str, tuple[str, ...]] = {
    "objection": ("notified_on",),
    "appeal": ("notified_on",),
    "objection-timely": ("notified_on", "channel", "received_on", "posted_on"),
    "objection-decision": ("notified_on", "committee", "adjourned"),
    "appeal-decision": ("notified_on", "adjourned"),
    "application-decision": ("received_on", "register"),
    "hearing": ("hearing_on",),
    "penalty": ("due_on", "notice_received_on", "made_known_on"),
    "plain": ("start_on", "length", "unit"),
}
NEEDED = {"objection-timely": ("received_on",)}
"""What the calculator asks of a question as a whole, after each of its fields."""
BOXES = frozenset({"committee", "adjourned"})
PATTERNS = {
    reason: re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(sentence)))
    for reason, sentence in SENTENCES.items()
}
DAYS = {
    "last_day": "last",
    "post_receipt_limit": "by-post",
    "documents_until": "documents",
    "inspection_from": "inspection",
    "first_day": "penalty",
}


@get("/termijnen", requires=PUBLIC)
async def terms(request: AnyRequest, work: WorkDep) -> Template:
    """Choose a term, fill in the days, read the answer."""
    given = {name: value for name, value in request.query_params.items() if isinstance(value, str)}
    kind = given.get("kind", "objection")
    kind = kind if kind in KINDS else "objection"
    form: Form[Any] = Form(values={**given, "kind": kind})
    # The page says which questions it showed: who chose another term sees its questions first, without mistakes.
    shown = given.get("gevraagd")
    asked = shown == kind if shown else any(given.get(name) for name in KINDS[kind])
    result = _result(work, form, kind) if asked else None
    return render(
        request,
        "public/terms.html",
        work,
        form=form,
        kind=kind,
        kinds=options(KINDS, "term-kind"),
        fields=KINDS[kind],
        registers=options(("schoolleiders-po", "schoolleiders-vo", "leraren"), "register"),
        result=result,
    )


def _result(work: Any, form: Form[Any], kind: str) -> dict[str, Any] | None:
    """The answer in words; None with the mistakes in the form."""
    question: dict[str, object] = {"kind": kind}
    for name in KINDS[kind]:
        value = _value(name, form.values.get(name, "").strip())
        if value is not None:
            question[name] = value
    if kind == "penalty" and "made_known_on" not in question:
        question["on"] = work.today.isoformat()
    answer: Any = calculate(question, work.calendar)
    for error in answer.get("errors", ()):
        form.wrong(error["field"], _sentence(error["field"], _code(error, form.values)))
    for name in NEEDED.get(kind, ()):
        if name not in question and name not in form.errors:
            form.wrong(name, _sentence(name, "required"))
    if form.summary:
        form.status = 400
        return None
    return {
        "days": [(label(said, "term-day"), answer[name]) for name, said in DAYS.items() if answer.get(name)],
        "timely": answer.get("timely"),
        "amount": answer.get("amount_eur"),
        "notice_valid": answer.get("notice_valid"),
        "steps": [{**step, "said": said(step["why"])} for step in answer["steps"]],
        "warnings": [label(one["code"], "term-warning") for one in answer["warnings"]],
    }


def _code(error: Mapping[str, str], given: Mapping[str, str]) -> str:
    """The code of a mistake; a day that was written well and is in no calendar, 31-2-2026, has its own."""
    written = error["code"] == "not-a-day" and typed.is_written_as_day(given.get(error["field"], ""))
    return "no-such-day" if written else error["code"]


def _sentence(field: str, code: str) -> str:
    """Why a field cannot be read, or what belongs in it where it was left empty."""
    return label(field.replace("_", "-"), "term-needed") if code == "required" else label(code, "term-error")


def said(why: str) -> str:
    """A step of the engine, which speaks English, in the language of this page."""
    for reason, pattern in PATTERNS.items():
        if found := pattern.fullmatch(why):
            facts = {name: _fact(name, value) for name, value in found.groupdict().items()}
            return label(reason.value, "reason").format_map(facts)
    return why


IN_DUTCH = {english: dutch for dutch, english in IN_ENGLISH.items()}


def _fact(name: str, value: str) -> str:
    if name == "period":
        length, _space, unit = value.partition(" ")
        return f"{length} {label(unit, 'term-unit')}"
    if name == "name" and spoken() == "nl":
        return IN_DUTCH.get(value, value)
    return day(value)


def _value(name: str, text: str) -> object:
    """What was typed as the calculator reads it; None when it was left empty."""
    if name in BOXES:
        return text == "true"
    if not text:
        return None
    if name.endswith("_on"):
        return str(typed.day(text))
    return int(text) if name == "length" and text.isdigit() else text


HANDLERS = [terms]
