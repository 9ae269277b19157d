"""Extracts on pages: to print, as PDF, of oneself, and the page where anybody checks one."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth.permissions import PUBLIC, SIGNED_IN
from auth.schemas import Schema
from core import texts
from core.errors import Invalid, NotFound
from core.fields import Day, NeededText, TypedDay
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, form_values, label, read, render
from register.entries.extracts import service
from register.entries.extracts.api import checked, on_paper
from register.entries.extracts.policy import Difference
from register.entries.extracts.schemas import Extract, ExtractCheck, NewExtractCheck, SignedExtract
from register.entries.views import entry_of


class DaysForm(Schema):
    """Of which day, and as it was recorded on which; today when left out."""

    on: TypedDay | None = None
    recorded_on: TypedDay | None = None


class CheckForm(Schema):
    """A code, or the signed text, in one field."""

    code: NeededText

    def asked(self) -> NewExtractCheck:
        """What the service takes: a signed text has points between its parts, a code has none."""
        return NewExtractCheck(signed=self.code) if "." in self.code else NewExtractCheck(code=self.code[:60])


CHECK = "/uittreksel-controleren"
MINE = "/mijn/uittreksel"


def _days(request: AnyRequest) -> Form[DaysForm]:
    """The days in the address; a day that cannot be read comes back with its reason."""
    given = {name: request.query_params.get(name, "") for name in ("on", "recorded_on")}
    return read(DaysForm, {name: value for name, value in given.items() if value})


@get("/register/{register_number:str}/uittreksel", requires=PUBLIC)
async def extract(request: AnyRequest, work: WorkDep, register_number: FromPath[str]) -> Template:
    """What the register says on a day, to print."""
    form = _days(request)
    try:
        made = await service.of_everybody(work, register_number, form.value.on if form.value else None)
    except Invalid as error:
        form.refused(error, SAID, texts.spoken())
        made = await service.of_everybody(work, register_number, None)
    return _page(request, work, made, form, f"/register/{register_number}")


@get("/register/{register_number:str}/uittreksel/pdf", requires=PUBLIC)
async def document(work: WorkDep, register_number: FromPath[str], on: FromQuery[Day | None] = None) -> Response[bytes]:
    """The same on paper."""
    return await on_paper(work, await service.of_everybody(work, register_number, on))


@get(MINE, requires=SIGNED_IN)
async def own(request: AnyRequest, work: WorkDep) -> Template:
    """All that the register says of oneself, on a day and as it was said on a day."""
    form = _days(request)
    days = form.value or DaysForm()
    try:
        made = await service.of_oneself(work, days.on, days.recorded_on)
    except Invalid as error:
        form.refused(error, SAID, texts.spoken())
        made = await service.of_oneself(work, None, None)
    return _page(request, work, made, form, "/mijn")


@get(f"{MINE}/pdf", requires=SIGNED_IN)
async def own_document(
    work: WorkDep, on: FromQuery[Day | None] = None, recorded_on: FromQuery[Day | None] = None
) -> Response[bytes]:
    """The same on paper."""
    return await on_paper(work, await service.of_oneself(work, on, recorded_on))


def _page(request: AnyRequest, work: Work, made: SignedExtract, form: Form[DaysForm], back: str) -> Template:
    here = f"{back}/uittreksel"
    days = {"on": str(made.on)}
    if form.value and form.value.recorded_on:
        days["recorded_on"] = str(form.value.recorded_on)
    form.values = {**{name: _typed(day) for name, day in days.items()}, **form.values}
    return render(
        request,
        "public/extract.html",
        work,
        form=form,
        extract=_shown(made),
        back=back,
        here=here,
        own=made.scope == "own",
        address=f"{work.means.settings.address}{CHECK}",
        code=made.code,
        pdf=f"{here}/pdf?{urlencode(days)}",
    )


def _typed(day: str) -> str:
    """A day as somebody would type it."""
    year, month, number = day.split("-")
    return f"{int(number)}-{int(month)}-{year}"


def _shown(extract: Extract) -> dict[str, Any]:
    """An extract in words."""
    own = {each.register_code: each for each in extract.own}
    shown = {each.register_code: entry_of(each) for each in extract.entries}
    return {
        "name": extract.name,
        "register_number": extract.register_number,
        "on": extract.on,
        "recorded_at": extract.recorded_at,
        "entries": [(register, shown.get(register), own.get(register)) for register in sorted({*own, *shown})],
    }


@get(CHECK, requires=PUBLIC)
async def check_page(request: AnyRequest, work: WorkDep) -> Template:
    """Type the code at the foot of an extract, or paste the signed text."""
    return render(request, "public/extract_check.html", work, form=Form(), found=None)


@post(CHECK, requires=PUBLIC, idempotent=False)
async def check(request: AnyRequest, work: WorkDep) -> Template:
    """Whether it is ours, and what has changed; nothing is stored, so the answer is this page itself."""
    form = read(CheckForm, await form_values(request))
    found = None
    if form.value is not None:
        try:
            found = await checked(work, form.value.asked())
        except NotFound as error:
            form.wrong("code", SAID.sentence(error.code))
    return render(request, "public/extract_check.html", work, form=form, found=found and _outcome(found))


def _outcome(found: ExtractCheck) -> dict[str, Any]:
    return {
        "extract": _shown(found.extract) if found.extract else None,
        "shown": found.shown,
        "correct": found.correct,
        "current": found.current,
        "corrected": [_difference(each) for each in found.corrected],
        "changed": [_difference(each) for each in found.changed],
    }


def _difference(each: Difference) -> list[str]:
    return [
        label(each.register_code, "register"),
        label(each.fact.replace("_", "-"), "extract-fact"),
        _value(each.fact, each.said),
        _value(each.fact, each.now),
    ]


def _value(fact: str, value: str | None) -> str:
    if value is None:
        return "–"
    if fact == "valid_until":
        return texts.day(value)
    return label(value, fact) if fact in {"status", "level"} else value


HANDLERS = [extract, document, own, own_document, check_page, check]
