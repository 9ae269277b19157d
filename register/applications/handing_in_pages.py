"""The end of an application on pages: the last look at every answer, handing in, and the confirmation."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from auth import queries as people
from auth.permissions import Permission
from core.law.articles import basis
from core.store.work import Work
from core.texts import day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, form_values, label, read, redirect, render
from core.web.submissions import submitted
from register.applications import service
from register.applications.answers import warnings
from register.applications.asked import summary_of
from register.applications.choosing import BY_BUREAU
from register.applications.declaration import WORDING, declaration
from register.applications.drafts import the_draft
from register.applications.facts import facts_for
from register.applications.following import forecast_in_words
from register.applications.forecast import forecast
from register.applications.mine import shown
from register.applications.question_forms import DeclarationForm
from register.entries import queries
from register.entries.models import Application
from register.entries.policy import ApplicationKind, ApplicationState, Route
from register.rules.assessment.answer import FACTS_MISSING, Outcome
from register.rules.assessment.assess import assess_facts
from register.schools import queries as schools

HERE = "/mijn/aanvragen/{application_id:uuid}"


@get(HERE + "/controle", requires=Permission.APPLICATION_FILE)
async def check(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Every answer with the way to change it, and the button."""
    return await _check(request, work, await service.own_application(work, application_id), Form())


@post(HERE + "/indienen", requires=Permission.APPLICATION_FILE, if_match=True)
async def hand_in(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """Hand the draft in."""
    row = await service.own_application(work, application_id)
    form: Form[Any] = Form(value=WORDING)  # what was handed in already says so, whatever was declared
    if row.state is ApplicationState.DRAFT:
        form = read(DeclarationForm, await form_values(request))
    return await submitted(
        request,
        work,
        form,
        _back,
        lambda _declared: service.hand_in(work, application_id, WORDING),
        f"/mijn/aanvragen/{application_id}/ingediend",
        names={"proofs": "", "statement": ""},
    )


async def _back(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template | Redirect:
    row = await service.own_application(work, id)
    return await (
        _check(request, work, row, form) if row.state is ApplicationState.DRAFT else shown(request, work, id, form)
    )


@get(HERE + "/ingediend", requires=Permission.APPLICATION_READ_OWN)
async def confirmation(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template | Redirect:
    """The number, what happens next and when, and what one can do meanwhile."""
    row = await service.own_application(work, application_id)
    here = f"/mijn/aanvragen/{row.id}"
    if row.received_on is None:
        return redirect(here)
    person = await people.person(work.session, row.person_id)
    return render(
        request,
        "mine/handed_in.html",
        work,
        application={
            "kind": label(row.kind, "kind"),
            "number": row.number,
            "received_on": row.received_on,
            "decide_by": row.decision_due_on,
            "basis": basis(work, row.register_code.value, service.CASE, service.DECIDE),
            "renewal": row.kind is ApplicationKind.REREGISTRATION,
        },
        email=person.email,
        by_message_box=person.message_box,
        waits=forecast_in_words(await forecast(work, row)),
        here=here,
        href=here,
    )


async def _check(request: AnyRequest, work: Work, row: Application, form: Form[Any]) -> Template | Redirect:
    here = f"/mijn/aanvragen/{row.id}"
    if row.state is not ApplicationState.DRAFT:
        return redirect(here)
    draft = await the_draft(work, row)
    if (left := draft.open_before(len(draft.steps))) and not form.summary:
        return redirect(left)
    return render(
        request,
        "mine/check.html",
        work,
        form=form,
        application={
            "kind": label(row.kind, "kind"),
            "register": row.register_code.value,
            "version": row.version,
            "by_portfolio": row.route is Route.PORTFOLIO,
        },
        known=await _known(work, row),
        answers=summary_of(row, draft.steps, draft.documents, draft.offers, here),
        doubts=await _doubts(work, row),
        late="later-than-advised" in await warnings(work, row),
        declaration=declaration(),
        action=f"{here}/indienen",
        back=draft.before_check(),
    )


async def _known(work: Work, row: Application) -> list[dict[str, str]]:
    """What the register knows and does not ask again."""
    person = await people.person(work.session, row.person_id)
    told = [{"what": _("Naam"), "said": person.full_name(), "href": "/mijn/gegevens"}]
    for post_ in (await queries.appointments(work, row.person_id))[:1]:
        place = (await schools.locations_by_code(work, [post_.location_code])).get(post_.location_code)
        where = place.name if place else post_.stated_place
        said = ", ".join(part for part in (label(post_.role, "role"), where) if part)
        told.append({"what": _("Functie"), "said": said, "href": "/mijn/gegevens"})
        told.append({"what": _("In functie sinds"), "said": day(post_.appointed_on), "href": "/mijn/gegevens"})
    return told


async def _doubts(work: Work, row: Application) -> list[str]:
    """Why the rules would refuse a first registration as it stands; a letter is for the committee alone.

    Where no programme or bureau was chosen, that is what is wrong, not that it is not recognised.
    """
    if row.kind is not ApplicationKind.REGISTRATION or row.route is Route.FREE_FORM:
        return []
    answer = assess_facts(await facts_for(work, row), work.rules)
    if answer.outcome is not Outcome.REFUSED:
        return []
    proofs = await queries.proofs(work, row.id)
    unnamed = bool(proofs) and all(proof.programme_code is None for proof in proofs)
    bureau = any(proof.kind in BY_BUREAU for proof in proofs)
    said = {"not-recognised": _("U hebt geen bureau gekozen.") if bureau else _("U hebt geen opleiding gekozen.")}
    codes = [code for code in dict.fromkeys(answer.grounds) if code != FACTS_MISSING]
    return [said.get(code, label(code, "ground")) if unnamed else label(code, "ground") for code in codes]


HANDLERS = [check, hand_in, confirmation]
