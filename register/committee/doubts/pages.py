"""A doubt on a page: what we found, for its applicant to say what they think of it; asked for from the file."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from auth.actor import Actor
from auth.permissions import SIGNED_IN, Permission
from auth.schemas import Schema
from core.fields import NeededText, Text
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, options, redirect, render
from core.web.submissions import Forms
from register.applications import service as applications
from register.committee.doubts import service
from register.committee.doubts.policy import Unheard
from register.committee.doubts.schemas import NewDoubt, NewView
from register.committee.filed_views import CHANNELS, FiledView
from register.committee.grounds import library

HERE = "/zienswijzen/{doubt_id:uuid}"
ASK = "/secretariaat/aanvragen/{application_id:uuid}/zienswijze"


def _list(value: object) -> object:
    return value.split() if isinstance(value, str) else value


class DoubtForm(Schema):
    """What differs, and on which grounds that might be refused."""

    grounds: Annotated[list[str], BeforeValidator(_list), Field(min_length=1, max_length=5)]
    differs: NeededText
    unheard: Annotated[Unheard | None, BeforeValidator(lambda value: value or None)] = None
    unheard_reasons: Text = ""

    def doubt(self) -> NewDoubt:
        """What the service takes."""
        return NewDoubt.model_validate(self.model_dump())


@get(HERE, requires=SIGNED_IN)
async def one(request: AnyRequest, work: WorkDep, doubt_id: FromPath[UUID]) -> Template:
    """What we found, and what was said of it."""
    return await _one(request, work, doubt_id, Form())


async def _one(request: AnyRequest, work: Work, doubt_id: UUID, form: Form[Any]) -> Template:
    row = await service.doubt(work, doubt_id)
    own = isinstance(work.actor, Actor) and work.actor.person_id == row.person_id
    here = f"/zienswijzen/{row.id}"
    return render(
        request,
        "doubts/one.html",
        work,
        form=form,
        doubt={
            "number": row.number,
            "grounds": [label(code, "ground") for code in row.grounds],
            "differs": row.differs,
            "raised_on": row.raised_on,
            "until_on": None if row.unheard else row.until_on,
            "view": row.view,
            "unheard": f"{label(row.unheard, 'unheard')} {row.unheard_reasons}" if row.unheard else "",
            "version": row.version,
        },
        channels=options(CHANNELS, "channel"),
        actions={"say": f"{here}/zienswijze"} if own else {"file": f"{here}/ontvangen"},
        back=f"/mijn/aanvragen/{row.application_id}" if own else f"/secretariaat/aanvragen/{row.application_id}",
    )


@get(ASK, requires=Permission.APPLICATION_ADMIT)
async def ask_page(request: AnyRequest, work: WorkDep, application_id: FromPath[UUID]) -> Template:
    """The form by which a view is asked, and what was asked before."""
    return await _ask(request, work, application_id, Form())


async def _ask(request: AnyRequest, work: Work, application_id: UUID, form: Form[Any]) -> Template:
    application = await applications.others_application(work, application_id)
    return render(
        request,
        "doubts/ask.html",
        work,
        form=form,
        number=application.number,
        grounds=options(sorted(library.heard_first()), "ground"),
        exceptions=options(Unheard, "unheard"),
        doubts=[
            (f"/zienswijzen/{row.id}", row.raised_on, bool(row.view))
            for row in await service.doubts_of(work, application.id)
        ],
        action=ASK.replace("{application_id:uuid}", str(application.id)),
        back=f"/secretariaat/aanvragen/{application.id}",
    )


async def _asked(work: Work, application_id: UUID, new: DoubtForm) -> Redirect:
    row = await service.raise_doubt(work, application_id, new.doubt())
    return redirect(f"/zienswijzen/{row.id}", "view-asked")


action = Forms(HERE, _one, if_match=True)
HANDLERS = [
    one,
    ask_page,
    Forms(ASK, _ask)("", Permission.APPLICATION_ADMIT, DoubtForm, _asked),
    action("/zienswijze", SIGNED_IN, NewView, lambda work, id, new: service.say(work, id, new.view), "heard"),
    action("/ontvangen", Permission.APPLICATION_ADMIT, FiledView, service.file_view, "proposal-made"),
]
