"""The public register on pages: the front door, one entry, and enrolment."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from pydantic import BeforeValidator

from auth.permissions import PUBLIC
from core import countries
from core.errors import Invalid
from core.fields import TypedDay
from core.store.work import Work
from core.texts import spoken
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep, cursor, place
from core.web.pages import SAID, render
from core.web.submissions import Forms
from register.entries import enrolment, search
from register.entries.policy import Register
from register.entries.schemas import BoardNumber, LocationCode, NewEnrolment
from register.entries.views import entry_of, found_of, register_choices, role_choices
from register.rules.assessment.facts import Role
from register.schools import queries as schools

STATEMENTS = {"statement_true", "statement_rules"}


def _capitals(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


IN_ORDER = (
    "register_code",
    "role",
    "appointed_on",
    "board_number",
    "location_code",
    "statutory_director",
    "employer_responsibility",
    "given_name",
    "prefix",
    "family_name",
    "address",
    "country",
    "postcode",
    "town",
    "telephone",
    "email",
    "message_box",
    "password",
    "statement_true",
    "statement_rules",
)
"""The fields of enrolment as they stand on the page, which is how its mistakes are listed."""


class EnrolForm(NewEnrolment):
    """The data of art. 5(2), with both statements ticked."""

    appointed_on: TypedDay
    board_number: Annotated[BoardNumber, BeforeValidator(_capitals)]
    location_code: Annotated[LocationCode, BeforeValidator(_capitals)]
    statement_true: Literal["true"]
    statement_rules: Literal["true"]

    def enrolment(self) -> NewEnrolment:
        """What the service takes."""
        return NewEnrolment.model_validate(self.model_dump(exclude=STATEMENTS))


PAGE = 20


@get("/", requires=PUBLIC)
async def front_door(
    request: AnyRequest, work: WorkDep, q: FromQuery[str | None] = None, cursor: FromQuery[str | None] = None
) -> Template:
    """Look somebody up by number or name."""
    asked = (q or "").strip()
    form: Form[Any] = Form(values={"q": asked})
    rows: list[Any] = []
    if q is not None:
        try:
            rows = await _found(work, asked, place(cursor, 3))
        except Invalid as error:
            form.wrong("q", SAID.sentence(error.code))
    more = len(rows) > PAGE
    guess = q is not None and not rows and not form.errors and cursor is None and not any(map(str.isdigit, asked))
    return render(
        request,
        "public/search.html",
        work,
        form=form,
        query=asked,
        searched=q is not None,
        results=[found_of(search.view(row)) for row in rows[:PAGE]],
        counted=not more and cursor is None,
        total=len(rows),
        meant=[{"name": one, "href": f"/?{urlencode({'q': one})}"} for one in await search.meant(work, asked)]
        if guess
        else [],
        previous="",
        next=_following(asked, rows) if more else "",
    )


async def _found(work: Work, asked: str, after: list[str] | None) -> list[Any]:
    """By number when there are digits in it, else by the words of a name, in any order."""
    digits = "".join(char for char in asked if char.isdigit())
    if digits:
        return list(await search.find(work, name=None, number=digits[:8], register=None, after=None, most=PAGE + 1))
    return list(await search.find(work, name=asked, number=None, register=None, after=after, most=PAGE + 1))


def _following(asked: str, rows: list[Any]) -> str:
    return f"/?{urlencode({'q': asked, 'cursor': cursor(*search.key_of(rows[PAGE - 1]))})}"


@get("/register/{register_number:str}", requires=PUBLIC)
async def entry(request: AnyRequest, work: WorkDep, register_number: FromPath[str]) -> Template:
    """The public entries under one number."""
    found = await search.by_number(work, register_number)
    return render(request, "public/entry.html", work, entries=[entry_of(one) for one in found], read_at=work.now)


@get("/inschrijven", requires=PUBLIC)
async def enrol_page(request: AnyRequest, work: WorkDep) -> Template:
    """The form; the search for a school brings its numbers along in the address."""
    given = {name: request.query_params.get(name, "") for name in ("board_number", "location_code", "register_code")}
    return await _enrol(request, work, Form(values=given))


async def _enrol(request: AnyRequest, work: Work, form: Form[EnrolForm]) -> Template:
    form.summary.sort(key=lambda one: IN_ORDER.index(one[0]) if one[0] in IN_ORDER else -1)
    registers, roles = register_choices(Register), role_choices(Role)
    return render(
        request,
        "enrol.html",
        work,
        form=form,
        registers=registers,
        roles=roles,
        countries=countries.options(spoken()),
        chosen=await schools.chosen_place(work, str(form.values.get("location_code", "")).strip().upper()),
    )


action = Forms("", _enrol)
enrol = action(
    "/inschrijven",
    PUBLIC,
    EnrolForm,
    lambda work, new: enrolment.enrol_oneself(work, new.enrolment()),
    "enrolled",
    "/inloggen",
    names={"brin": "location_code"},
    idempotent=False,
)

HANDLERS = [front_door, entry, enrol_page, enrol]
