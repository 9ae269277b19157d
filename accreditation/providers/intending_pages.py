"""An intention on the provider's own page: what is meant, and saying what one thinks of it."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from accreditation.providers import intentions, queries
from accreditation.providers.schemas import NewView
from accreditation.providers.timeline import timeline_of
from auth.permissions import SIGNED_IN
from core.errors import NotFound
from core.store.work import Work
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms

HERE = "/aanbieders/{provider_id:uuid}/voornemens/{intention_id:uuid}"


@get(HERE, requires=SIGNED_IN)
async def intention(
    request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID], intention_id: FromPath[UUID]
) -> Template:
    """One intention about a provider one acts for."""
    return await _shown(request, work, provider_id, intention_id, Form())


async def _shown(request: AnyRequest, work: Work, provider_id: UUID, id: UUID, form: Form[Any]) -> Template:
    row = await intentions.intention(work, id)
    if row.provider_id != provider_id:
        raise NotFound("no-such-intention")
    own = await queries.is_member(work, provider_id)
    return render(
        request,
        "provider/intention.html",
        work,
        form=form,
        title=label(row.kind, "decision-kind"),
        register=row.register_code,
        grounds=[label(code, "ground") for code in row.grounds.split()],
        reasons=row.reasons,
        urgent=row.urgent,
        until=row.view_until,
        view=row.view,
        version=row.version,
        action="" if row.ended_on else f"/aanbieders/{provider_id}/voornemens/{id}/zienswijze",
        timeline=timeline.shown(
            await timeline_of(work, row.subject_id, provider_id, row.register_code),
            own=own,
        ),
        back=f"/aanbieders/{provider_id}" if own else "/accreditatie/aanbieders",
        own=own,
    )


async def _say(work: Work, _provider_id: UUID, id: UUID, new: NewView) -> None:
    await intentions.say(work, id, new.view)


say = Forms(HERE, _shown, if_match=True)("/zienswijze", SIGNED_IN, NewView, _say, "view-given")

HANDLERS = [intention, say]
