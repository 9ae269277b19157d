"""The posting list of the office on pages: print a letter, note the day on which it went; and the mail that failed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BeforeValidator

from auth import queries as people
from auth.permissions import Permission
from auth.schemas import Schema
from core import typed
from core.decisions import Decision
from core.fields import Day
from core.store import outbox
from core.store.work import Work
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, render
from core.web.submissions import Forms
from register.notification import announcing, sending, service
from register.notification.letter_pages import as_pdf
from register.notification.letters import if_sent_on
from register.notification.pages import as_if_sent, letter_of
from register.notification.policy import Delivery

HERE = "/kantoor/post"
PAGE = 100


class Posted(Schema):
    """The day on which a letter went."""

    sent_on: Annotated[Day, BeforeValidator(typed.day)]


@get(HERE, requires=Permission.POST_SEND)
async def posting_list(request: AnyRequest, work: WorkDep) -> Template:
    """Every letter that waits, and the mail that failed."""
    letters = await announcing.posting_list(work, None, PAGE)
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
async def letter(request: AnyRequest, work: WorkDep, letter_id: FromPath[UUID]) -> Template:
    """One letter to print, with the form for the day on which it went."""
    return await _letter(request, work, letter_id, Form())


async def _letter(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await announcing.letter(work, id)
    work.looked("delivery:print", stream=row.stream(), delivery=str(row.id))
    decision = await work.session.get_one(Decision, row.decision_id)
    person = await people.addressee(work.session, row.person_id)
    earlier = await service.decision(work, decision.replaces) if decision.replaces else None
    waits = row.state is Delivery.TO_POST
    told = letter_of(decision, person.name, earlier)
    if waits:  # the letter says until when, as it will be when it goes today
        told |= as_if_sent(decision, if_sent_on(decision, work.today, work.means)) | {"sent_on": work.today}
    return render(
        request,
        "office/letter.html",
        work,
        form=form,
        decision=told,
        to=[person.name, *person.lines],
        sent_on=row.sent_on,
        version=row.version,
        action=f"{HERE}/{row.id}/verzonden" if waits else "",
        pdf=f"{HERE}/{row.id}/brief",
        back=(HERE, _("Post")),
        day=written(work.today),
    )


@get(HERE + "/{letter_id:uuid}/brief", requires=Permission.POST_SEND)
async def printed(work: WorkDep, letter_id: FromPath[UUID]) -> Response[bytes]:
    """The letter as PDF, to print: as it goes today, or as it went."""
    row = await announcing.letter(work, letter_id)
    work.looked("delivery:print", stream=row.stream(), delivery=str(row.id))
    decision = await work.session.get_one(Decision, row.decision_id)
    waits = row.state is Delivery.TO_POST
    return as_pdf(decision, await (sending.to_post if waits else sending.letter)(work, decision))


posted = Forms(HERE + "/{letter_id:uuid}", _letter, if_match=True)(
    "/verzonden",
    Permission.POST_SEND,
    Posted,
    lambda work, id, new: announcing.posted(work, id, new.sent_on),
    "posted",
    HERE,
)

HANDLERS = [posting_list, letter, printed, posted]
