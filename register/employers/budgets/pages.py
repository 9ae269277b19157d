"""Ledgers of hours and budget on pages: a board notes, books and takes back; the holder reads the same."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from auth import queries as people
from auth.permissions import Permission
from auth.persons import Person
from core.store.work import Work
from core.texts import euro, hours
from core.typed import written
from core.web.forms import Form
from core.web.http import PAGE, AnyRequest, WorkDep, cursor, place_id
from core.web.pages import _, label, options, render
from core.web.submissions import Forms
from register.employers.budgets import service, views
from register.employers.budgets.schemas import NewSpending, NewTerms, TakeBack
from register.employers.budgets.service import Budget
from register.entries.views import post_in_words
from register.rules.entitlement.policy import Kind
from register.rules.entitlement.words import plain, shown

OWN, ALL = "/mijn/budget", "/bestuur/budget"
ONE = "/bestuur/aanstellingen/{appointment_id:uuid}/budget"


@get(OWN, requires=Permission.BUDGET_READ_OWN)
async def own(request: AnyRequest, work: WorkDep) -> Template:
    """What one's boards keep of one's hours and budget."""
    found = [_shown(work, one) for one in await service.own(work)]
    return render(request, "budgets/mine.html", work, budgets=found)


@get(ALL, requires=Permission.BUDGET_KEEP)
async def of_boards(request: AnyRequest, work: WorkDep, na: FromQuery[str | None] = None) -> Template:
    """What one's boards keep, of who works there and of who left."""
    found = await service.of_boards(work, place_id(na), PAGE + 1)
    return render(
        request,
        "budgets/staff.html",
        work,
        rows=[_row(work, *one) for one in found[:PAGE]],
        more=f"{ALL}?na={cursor(str(found[PAGE - 1][0].post.id))}" if len(found) > PAGE else "",
        back="/bestuur",
    )


def _row(work: Work, budget: Budget, person: Person) -> list[Any]:
    left, post = views.of_staff(budget, person), budget.post
    return [
        {"text": left.name, "href": f"/bestuur/aanstellingen/{post.id}/budget"},
        f"{label(post.role.value, 'role')}, {post_in_words(post.appointed_on, post.ended_on, work.today)}",
        euro(left.available_eur),
        hours(left.available_hours),
        euro(left.to_general_budget_eur),
        str(left.not_counted or ""),
    ]


@get(ONE, requires=Permission.BUDGET_KEEP)
async def of_post(request: AnyRequest, work: WorkDep, appointment_id: FromPath[UUID]) -> Template:
    """The hours and budget of a post at one's board."""
    return await _one(request, work, appointment_id, Form())


async def _one(request: AnyRequest, work: Work, appointment_id: UUID, *line_and_form: Any) -> Template:
    """`line_and_form` ends in the form; before it stands the line that it was about, if any."""
    form: Form[Any] = line_and_form[-1]
    budget = await service.of_post(work, appointment_id)
    here = f"/bestuur/aanstellingen/{appointment_id}/budget"
    person = await people.person(work.session, budget.post.person_id)
    name = person.full_name()
    gone = budget.post.ended_on is not None and budget.post.ended_on < work.today
    last = budget.terms[-1] if budget.terms else None
    return render(
        request,
        "budgets/board.html",
        work,
        form=form,
        name=name,
        back=(ALL, _("Uren en budget")) if gone else (f"/bestuur/personen/{person.register_number}", name),
        budget=_shown(work, budget, here),
        terms=_filled(
            form,
            f"{here}/afspraken",
            holds_from=written(work.today if last else budget.post.appointed_on),
            cao=last.cao if last else "",
            saving=str(last.saving if last else budget.post.role != "teacher").lower(),
        ),
        spending=_filled(form, f"{here}/regels", spent_on=written(work.today), kind=Kind.OWN.value),
        caos=options(work.means.settings.caos, "cao"),
        kinds=options(Kind, "spending-kind"),
    )


def _filled(form: Form[Any], address: str, **begins: str) -> dict[str, Any]:
    """One form of the page with its address: what was typed there, and else what it begins with."""
    typed = form.of(address)
    return {"at": address, "form": typed if typed is form else Form(values=begins)}


def _shown(work: Work, budget: Budget, here: str = "") -> dict[str, Any]:
    """A ledger in words; with the address of its page, the address where each line is taken back."""
    ledger, post = budget.ledger, budget.post
    return {
        "role": label(post.role.value, "role"),
        "term": post_in_words(post.appointed_on, post.ended_on, work.today),
        "result": ledger and shown(ledger.found, ledger.question[2]),
        "terms": [
            {
                "since": one.holds_from,
                "factor": plain(one.terms().factor),
                "cao": label(one.cao, "cao"),
                "saving": one.saving,
                "noted_at": one.noted_at,
            }
            for one in budget.terms
        ],
        "lines": [
            {
                "id": str(one.id),
                "on": one.spent_on,
                "amount": f"{euro(one.eur)} · {hours(one.hours)}",
                "what": one.what,
                "kind": one.kind,
                "reverses": one.reverses_id is not None,
                "reversed": one.reversed,
                "why": label(one.code, "entitlement-refusal") if one.code else "",
                "booked_at": one.booked_at,
                "take_back": "" if one.reversed or one.reverses_id or not here else f"{here}/regels/{one.id}/terug",
            }
            for one in reversed(views.lines(budget.lines, ledger.refused if ledger else {}))
        ],
    }


action = Forms(ONE, _one)


async def _take_back(work: Work, _appointment_id: UUID, line_id: UUID, new: TakeBack) -> object:
    return await service.take_back(work, line_id, new)


HANDLERS = [
    own,
    of_boards,
    of_post,
    action("/afspraken", Permission.BUDGET_KEEP, NewTerms, service.note_terms, "budget-terms-noted"),
    action("/regels", Permission.BUDGET_KEEP, NewSpending, service.book, "spending-booked"),
    action("/regels/{line_id:uuid}/terug", Permission.BUDGET_KEEP, TakeBack, _take_back, "spending-taken-back"),
]
