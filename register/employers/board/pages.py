"""The room of a board on pages: one person, a list checked, what changed, and who is not in the list."""

from collections import Counter
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from auth import queries as people
from auth.permissions import Permission
from core.errors import Invalid
from core.law.days import add_months
from core.spreadsheet import encoded
from core.store.work import Work
from core.texts import day
from core.typed import written
from core.web.forms import Form
from core.web.http import PAGE, AnyRequest, WorkDep, following
from core.web.pages import SAID, form_values, form_with_error, label, one_list, options, read, render, uploaded
from core.web.submissions import Forms, submitted
from register.employers.board import changes, queries, service
from register.employers.board.policy import MOST_UPLOADED
from register.employers.board.schemas import CheckedView, NewCheck, NewPost, PostEnd, Since
from register.employers.deliveries.policy import ClaimState
from register.entries.schemas import PublicEntryView
from register.entries.views import found_of, post_in_words, public_status
from register.portfolio.sharing import queries as sharing
from register.portfolio.sharing.views import staff_views
from register.rules.assessment.facts import Role
from register.schools import queries as schools

HOME = "/bestuur"
ONE = HOME + "/personen/{register_number:str}"
CHECK, CHANGES, MISSING = f"{HOME}/lijst", f"{HOME}/wijzigingen", f"{HOME}/ontbreekt"
LOOK_BACK = -3
"""Months that are looked back on unless another day is given."""
HEAD = ("regel", "nummer", "achternaam", "antwoord", "nummer_nu", "werkt_bij_u", "register", "naam", "status", "tot")


@get(ONE, requires=Permission.STAFF_READ)
async def person(request: AnyRequest, work: WorkDep, register_number: FromPath[str]) -> Template:
    """Somebody who works here: where they stand, their posts, what was said of those."""
    return await _person(request, work, register_number, Form())


async def _person(request: AnyRequest, work: Work, number: str, form: Form[Any]) -> Template:
    rows, posts = await service.one(work, number)
    said = await queries.said_by(work, await sharing.boards_of(work), rows[0].person_id)
    waiting = {one.appointment_id for one in said if one.state is ClaimState.WAITING}
    staff = await staff_views(work, rows)
    return render(
        request,
        "board/person.html",
        work,
        public=bool(await _public(work, [number])),
        form=form,
        name=rows[0].name,
        number=number,
        entries=[
            {
                **found_of(one.entry),
                "shares": [(f"/gedeeld/{each.registration_id}", each.until_on) for each in one.shares],
            }
            for one in staff
        ],
        posts=[
            {
                "id": str(post.id),
                "role": label(post.role.value, "role"),
                "school": school,
                "term": post_in_words(post.appointed_on, post.ended_on, work.today),
                "end": "" if post.ended_on or post.id in waiting else f"{HOME}/aanstellingen/{post.id}/einde",
            }
            for post, school in posts
        ],
        said=[
            {
                "what": label(one.role.value, "role"),
                "ended_on": one.ended_on,
                "state": one.state.value,
                "said_at": one.delivered_at,
            }
            for one in said
            if one.state in {ClaimState.WAITING, ClaimState.REFUSED}
        ],
        back=HOME,
    )


@post(HOME + "/aanstellingen/{appointment_id:uuid}/einde", requires=Permission.STAFF_KEEP)
async def ended(request: AnyRequest, work: WorkDep, appointment_id: FromPath[UUID]) -> Template | Redirect:
    """Say that a post ended."""
    given = await form_values(request)
    number = given.pop("number", "")
    return await submitted(
        request,
        work,
        read(PostEnd, given),
        lambda request, work, _id, form: _person(request, work, number, form),
        lambda new: service.say_ended(work, appointment_id, new),
        f"{HOME}/personen/{number}",
        "post-said",
    )


@get(CHECK, requires=Permission.STAFF_READ)
async def list_page(request: AnyRequest, work: WorkDep) -> Template:
    """The form for a list."""
    return _list(request, work, Form())


@post(CHECK, requires=Permission.STAFF_READ, request_max_body_size=2 * MOST_UPLOADED)
async def check(request: AnyRequest, work: WorkDep) -> Template | Redirect | Response[bytes]:
    """An answer for each line, on the page or as a file for a spreadsheet."""
    given = await form_values(request)
    as_file = given.pop("download", "")
    file = await uploaded(request, "file")
    form = read(NewCheck, given)

    async def checked(new: NewCheck) -> Response[bytes]:
        rows = await service.check(work, one_list(new.list, file))
        if not as_file:
            return _list(request, work, form, rows)
        return Response(
            encoded([HEAD, *(line for row in rows for line in _as_lines(row))], bom=True),
            media_type="text/csv",
            headers={"Content-Disposition": 'attachment; filename="controle.csv"'},
        )

    return await submitted(request, work, form, _list, checked)


def _list(request: AnyRequest, work: Work, form: Form[Any], rows: list[CheckedView] | None = None) -> Template:
    counted = Counter(row.answer for row in rows or [])
    return render(
        request,
        "board/list.html",
        work,
        form=form,
        action=CHECK,
        back=HOME,
        counted=[(label(name, "checked"), number) for name, number in counted.items()],
        rows=None if rows is None else [_row(row) for row in rows],
    )


def _row(row: CheckedView) -> list[Any]:
    first = row.entries[0] if row.entries else None
    told = label(row.answer, "checked")
    note = SAID.gettext("Gebruik voortaan {number}", number=row.now_under) if row.now_under else ""
    standing: dict[str, Any] = {"text": told, "small": note}
    if first is not None:
        standing = {"badge": public_status(first), "small": note}
    return [
        {"text": str(row.line)},
        {"text": row.number or row.typed, "href": f"/register/{row.number}" if first else ""},
        first.name if first else row.family_name,
        standing,
        day(first.valid_until) if first else "",
        label("yes" if row.works_here else "no", "answer") if first else "",
    ]


def _entry(one: PublicEntryView) -> list[object]:
    return [label(one.register_code, "register"), one.name, label(public_status(one), "status"), one.valid_until]


def _as_lines(row: CheckedView) -> list[list[object]]:
    start = [row.line, row.number or row.typed, row.family_name, label(row.answer, "checked"), row.now_under]
    here = label("yes" if row.works_here else "no", "answer") if row.entries else ""
    if not row.entries:
        return [[*start, "", "", "", "", ""]]
    return [[*start, here, *_entry(one)] for one in row.entries]


@get(CHANGES, requires=Permission.STAFF_READ)
async def changed(
    request: AnyRequest, work: WorkDep, sinds: FromQuery[str | None] = None, cursor: FromQuery[str | None] = None
) -> Template:
    """What changed since a day."""
    start = add_months(work.today, LOOK_BACK)
    form: Form[Any] = Form(values={"sinds": sinds if sinds is not None else written(start)})
    rows: list[changes.Change] = []
    try:
        form = read(Since, form.values)
        day = form.value.sinds if form.value else start
        rows = await changes.since(work, day, changes.place_of(cursor), PAGE + 1)
    except Invalid as error:
        form = await form_with_error(work, form, error)
    after = following(rows, PAGE, changes.key_of)
    views = [row.view for row in rows[:PAGE]]
    return render(
        request,
        "board/changes.html",
        work,
        form=form,
        back=HOME,
        action=CHANGES,
        changes=views,
        public=await _public(work, {view.register_number for view in views}),
        next=f"{CHANGES}?{urlencode({'sinds': form.values['sinds'], 'cursor': after})}" if after else "",
    )


async def _public(work: Work, numbers: Collection[str]) -> set[str]:
    """Which of these numbers lead everybody to an entry."""
    return {row.register_number for row in await queries.entries_under(work, numbers)}


@get(MISSING, requires=Permission.STAFF_KEEP)
async def missing(request: AnyRequest, work: WorkDep) -> Template:
    """The form for somebody who is not in the list; the school that was chosen comes along in the address."""
    given = {name: request.query_params.get(name, "") for name in ("location_code", "board_number")}
    return await _missing(request, work, Form(values=given))


async def _missing(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    said = await queries.said_by(work, await sharing.boards_of(work))
    numbers = await people.numbers_of(work.session, {one.person_id for one in said})
    return render(
        request,
        "board/missing.html",
        work,
        form=form,
        action=MISSING,
        back=HOME,
        chosen=await schools.chosen_place(work, str(form.values.get("location_code", "")).strip().upper()),
        roles=options([role.value for role in Role], "role"),
        said=[
            {
                "number": numbers.get(one.person_id, ""),
                "what": label(one.role.value, "role"),
                "appointed_on": one.appointed_on,
                "ended_on": one.ended_on,
                "state": one.state.value,
                "said_at": one.delivered_at,
            }
            for one in said
        ],
    )


action = Forms(MISSING, _missing)
came = action("", Permission.STAFF_KEEP, NewPost, service.say_came, "post-said", names={"brin": "location_code"})

HANDLERS = [person, ended, list_page, check, changed, missing, came]
