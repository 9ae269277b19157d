"""The posting list of the office on pages: print a letter, note the day on which it went; and the mail that failed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from pydantic import BeforeValidator

from auth.actor import person_of
from auth.permissions import Permission
from auth.schemas import Schema
from core import texts, typed
from core.decisions import Decision, DecisionState
from core.errors import Invalid
from core.fields import Day
from core.store import outbox
from core.store.work import Work
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import SAID, _, label, options, read, render
from core.web.submissions import Forms
from register.notification import announcing, case_letters, sending, service
from register.notification.case_letter_pages import listed
from register.notification.letter_pages import as_pdf
from register.notification.letters import if_sent_on
from register.notification.pages import as_if_sent, letter_of
from register.notification.policy import CameBack, Delivery, WrongDay
from register.notification.post_forms import Posted, Return

HERE = "/kantoor/post"
PAGE = 100
WENT = 20


class Correction(Posted):
    """Another day than was noted, and how that came."""

    reason: WrongDay


class Printing(Schema):
    """The day on which a letter will go to the post."""

    dag: Annotated[Day, BeforeValidator(typed.day)]


@get(HERE, requires=Permission.POST_SEND)
async def posting_list(request: AnyRequest, work: WorkDep) -> Template:
    """Every letter that waits, and the mail that failed."""
    letters = await announcing.posting_list(work, None, PAGE)
    went = await announcing.went_by_post(work, WENT)
    may_resend = work.actor.can(Permission.OUTBOX_KEEP)
    failed = await outbox.failures(work.session, None, PAGE) if may_resend else []
    return render(
        request,
        "office/post.html",
        work,
        letters=[
            {
                "href": f"{HERE}/{row.id}",
                "number": decision.number,
                "kind": label(decision.kind, "decision-kind"),
                "addressee": person.name,
                "decided_on": decision.decided_on,
                "again": decision.notified_on is not None,
            }
            for row, decision, person in letters
        ],
        went=[
            {
                "href": f"{HERE}/{row.id}",
                "number": decision.number,
                "kind": label(decision.kind, "decision-kind"),
                "addressee": person.name,
                "sent_on": row.sent_on,
            }
            for row, decision, person in went
        ],
        cases=[listed(row) for row in await case_letters.waiting(work, None, PAGE)],
        cases_went=[listed(row) for row in await case_letters.went(work, WENT)],
        failed=[
            {
                "topic": label(row.topic, "mail-topic"),
                "error": label(row.error, "mail-error"),
                "created_at": row.created_at,
                "given_up": row.failed_at is not None,
                "again": f"/kantoor/uitgaand/{row.id}/opnieuw",
            }
            for row in failed
        ],
    )


@get(HERE + "/{letter_id:uuid}", requires=Permission.POST_SEND)
async def letter(
    request: AnyRequest, work: WorkDep, letter_id: FromPath[UUID], dag: FromQuery[str | None] = None
) -> Template:
    """One letter to print for the post of a day, today unless another was asked; with the form for the day it went."""
    return await _letter(request, work, letter_id, Form() if dag is None else read(Printing, {"dag": dag}))


async def _letter(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await announcing.letter(work, id)
    work.looked("delivery:print", stream=row.stream(), delivery=str(row.id))
    decision = await work.session.get_one(Decision, row.decision_id)
    (person,) = await sending.addressees(work, [decision])
    earlier = await service.decision(work, decision.replaces) if decision.replaces else None
    waits, own = row.state is Delivery.TO_POST, row.person_id == person_of(work.actor)
    counts = decision.state is DecisionState.NOTIFIED and decision.notified_on == row.sent_on
    told = letter_of(decision, person.name, earlier)
    on = _day(work, decision, form)
    if waits:  # the letter says until when, as it will be when it goes that day
        told |= as_if_sent(decision, if_sent_on(decision, on, work.means)) | {"sent_on": on}
    return render(
        request,
        "office/letter.html",
        work,
        form=form,
        decision=told,
        to=[person.name, *person.lines],
        sent_on=row.sent_on,
        version=row.version,
        action=f"{HERE}/{row.id}/verzonden" if waits and not own else "",
        here=f"{HERE}/{row.id}" if waits else "",
        went=f"{HERE}/{row.id}" if row.state is Delivery.POSTED and counts and not own else "",
        state=row.state.value,
        wrong_days=options(WrongDay, "wrong-day"),
        came_back=options(CameBack, "came-back"),
        own=own,
        printed_for=await sending.printed_for(work, decision.id, await announcing.again_since(work, row)),
        on=on,
        pdf=f"{HERE}/{row.id}/brief" + (f"?dag={on}" if waits else ""),
        back=(HERE, _("Post")),
        day=written(work.today),
    )


def _day(work: Work, decision: Decision, form: Form[Any]) -> date:
    """For which day a letter is shown; a day for which nobody prints stands with its reason in the form."""
    if not isinstance(form.value, Printing):
        return work.today
    try:
        sending.require_printing_day(work, decision, form.value.dag)
    except Invalid as error:
        form.refused(error, SAID, texts.spoken())
        return work.today
    return form.value.dag


@get(HERE + "/{letter_id:uuid}/brief", requires=Permission.POST_SEND)
async def printed(work: WorkDep, letter_id: FromPath[UUID], dag: FromQuery[date | None] = None) -> Response[bytes]:
    """The letter as PDF, to print for the post of a day, today unless told; or as it went."""
    row = await announcing.letter(work, letter_id)
    work.looked("delivery:print", stream=row.stream(), delivery=str(row.id))
    decision = await work.session.get_one(Decision, row.decision_id)
    waits = row.state is Delivery.TO_POST
    if waits:
        return as_pdf(decision, await sending.to_post(work, decision, dag or work.today))
    return as_pdf(decision, await sending.letter(work, decision))


on_letter = Forms(HERE + "/{letter_id:uuid}", _letter, if_match=True)
posted = on_letter(
    "/verzonden",
    Permission.POST_SEND,
    Posted,
    lambda work, id, new: announcing.posted(work, id, new.sent_on),
    "posted",
    HERE,
)
corrected = on_letter(
    "/andere-dag",
    Permission.POST_SEND,
    Correction,
    lambda work, id, new: announcing.correct(work, id, new.sent_on, new.reason),
    "posting-corrected",
    HERE,
)
came_back = on_letter(
    "/teruggekomen",
    Permission.POST_SEND,
    Return,
    lambda work, id, new: announcing.returned(work, id, new.cause),
    "letter-returned",
    HERE,
)

HANDLERS = [posting_list, letter, printed, posted, corrected, came_back]
