"""One's own data on a page: name, address, e-mail, consent, posts."""

from typing import Annotated, Any

from litestar import get, post
from litestar.response import Redirect, Template
from pydantic import BeforeValidator

from auth import addresses, queries
from auth.actor import person_of
from auth.permissions import SIGNED_IN, Permission
from auth.policy import NameOrder
from auth.schemas import NewDetails, NewEmail, NewName
from core import countries
from core.fields import Day
from core.store.files import opened
from core.store.work import Work
from core.texts import spoken
from core.typed import day as typed_day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import ACCEPT, MAX_SIZE, form_values, label, options, read, redirect, render, uploaded
from core.web.submissions import Forms, submitted
from register.entries import queries as registrations
from register.entries.views import post_in_words, role_choices
from register.office.people import own, views
from register.office.people.schemas import AppointmentEnd, NewAppointment
from register.office.renaming import service as renaming
from register.office.renaming.policy import NameChangeState
from register.office.renaming.schemas import NewNameChange
from register.rules.assessment.facts import Role
from register.schools import queries as schools

HERE = "/mijn/gegevens"
TypedDay = Annotated[Day, BeforeValidator(typed_day)]
NAME = tuple(NewName.model_fields)
DETAILS = tuple(NewDetails.model_fields)


class PostForm(NewAppointment):
    """A post as it is typed."""

    appointed_on: TypedDay


class EndForm(AppointmentEnd):
    """A last day as it is typed."""

    ended_on: TypedDay


@get(HERE, requires=SIGNED_IN)
async def page(request: AnyRequest, work: WorkDep) -> Template:
    """Everything that one may change; a school that was chosen comes along in the address."""
    given = {name: request.query_params.get(name, "") for name in ("location_code", "board_number")}
    return await _page(request, work, Form(values=given) if any(given.values()) else None)


async def _page(request: AnyRequest, work: Work, wrong: Form[Any] | None = None) -> Template:
    person = await queries.person(work.session, person_of(work.actor))
    told = await views.profile(work, person)
    values = {name: str(getattr(told, name)) for name in (*NAME, *DETAILS)}
    asked = await renaming.last_of(work, person.id)
    if asked is not None and asked.state is NameChangeState.REFUSED:  # nobody types a name twice
        values |= {name: str(getattr(asked, name)) for name in NAME} | {"reason": asked.reason}
    values["message_box"] = "true" if told.message_box else ""
    form: Form[Any] = Form(values=values)
    if wrong is not None:
        form = wrong
        form.values = {**values, **wrong.values}
    posts = await registrations.appointments(work, person.id)
    mine = await registrations.own_registrations(work)
    named = await schools.locations_by_code(work, {post.location_code for post in posts})
    return render(
        request,
        "mine/details.html",
        work,
        form=form,
        chosen=await schools.chosen_place(work, form.values.get("location_code", "")),
        profile=told,
        countries=countries.options(spoken()),
        version=person.version,
        asks_name=await renaming.must_ask(work, person.id),
        change=await renaming.view(work, asked) if asked else None,
        change_version=asked.version if asked else "",
        name_remedy=renaming.REMEDY,
        accept=ACCEPT,
        max_size=MAX_SIZE,
        orders=options(NameOrder, "name-order"),
        roles=role_choices(Role),
        may_keep_posts=work.actor.can(Permission.APPLICATION_FILE),
        overdue=[row.register_code.value for row in mine if row.duty_overdue],
        posts=[
            {
                "role": label(post.role, "role"),
                "place": named[post.location_code].name if post.location_code in named else post.stated_place,
                "unresolved": not post.location_code,
                "term": post_in_words(post.appointed_on, post.ended_on, work.today),
                "version": post.version,
                "end": "" if post.ended_on else f"{HERE}/functies/{post.id}/beeindigen",
            }
            for post in posts
        ],
    )


@post(HERE + "/naam", requires=SIGNED_IN, if_match=True)
async def rename(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Change one's name, or ask for another as somebody who is or was registered."""
    asks = await renaming.must_ask(work, person_of(work.actor))
    form: Form[Any] = read(NewNameChange if asks else NewName, await form_values(request))

    async def renamed(new: Any) -> Redirect:
        if not asks:
            await own.rename(work, new)
            return redirect(HERE, "saved")
        file = await uploaded(request, "document")
        await renaming.ask(work, new, await work.outside(opened(*file)) if file else None)
        return redirect(HERE, "name-asked")

    return await submitted(request, work, form, _page, renamed, names={"file": "document"})


async def _change_email(work: Work, new: NewEmail) -> None:
    account = await queries.account_of(work.session, person_of(work.actor))
    await addresses.change(work, account, new.password, new.email)


on_page = Forms(HERE, _page)
change_details = on_page("/adres", SIGNED_IN, NewDetails, own.change_details, "saved", if_match=True)
change_email = on_page("/e-mail", SIGNED_IN, NewEmail, _change_email, "email-asked", idempotent=False)
add_appointment = on_page(
    "/functies", Permission.APPLICATION_FILE, PostForm, own.add_appointment, "saved", names={"brin": "location_code"}
)
end_appointment = Forms(HERE, lambda request, work, appointment_id, form: _page(request, work, form), if_match=True)(
    "/functies/{appointment_id:uuid}/beeindigen",
    Permission.APPLICATION_FILE,
    EndForm,
    lambda work, id, new: own.end_appointment(work, id, new.ended_on),
    "saved",
)

HANDLERS = [page, rename, change_details, change_email, add_appointment, end_appointment]
