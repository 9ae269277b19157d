"""The keys of learning platforms on pages: drawn and shown once, replaced, closed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.response import Template
from pydantic import StringConstraints

from accreditation.attendance.finding import authorised_registers
from accreditation.attendance.service import provider_of
from accreditation.peonline import keys, queries
from accreditation.peonline.models import PlatformKey
from accreditation.peonline.policy import EDUCATOR, organisation_of
from accreditation.providers import queries as providers
from accreditation.sandbox.policy import DOOR
from auth.permissions import Permission
from auth.schemas import Schema
from core.fields import NeededLine
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms

KEYS = "/presentie/sleutels"


class KeyForm(Schema):
    """A platform that will send attendance."""

    platform: Annotated[NeededLine, StringConstraints(max_length=80)]
    provider_id: UUID | None = None


@get(KEYS, requires=Permission.ATTENDANCE_REPORT)
async def own_keys(request: AnyRequest, work: WorkDep) -> Template:
    """The keys of one's providers, without the keys themselves."""
    return await _keys(request, work, Form())


async def _keys(
    request: AnyRequest, work: Work, form: Form[Any], drawn: tuple[PlatformKey, str] | None = None
) -> Template:
    own = await providers.own_providers(work)
    rows = await queries.keys_of(work, [one.id for one in own])
    used = await queries.last_used(work, [row.id for row in rows])
    names = {one.id: one.name for one in own}
    return render(
        request,
        "attendance/keys.html",
        work,
        form=form,
        drawn=await _shown(work, *drawn) if drawn else [],
        keys=[
            {
                "platform": row.platform,
                "provider": names[row.provider_id],
                "user_id": row.user_id,
                "from_on": row.from_on,
                "until_on": row.until_on,
                "open": work.today in row.days(),
                "used_at": used.get(row.id),
                "version": row.version,
                "replace": f"{KEYS}/{row.id}/vervangen" if row.until_on is None else "",
                "close": f"{KEYS}/{row.id}/sluiten" if work.today in row.days() else "",
            }
            for row in rows
        ],
        providers=[(str(one.id), one.name) for one in own] if len(own) > 1 else [],
        action=KEYS,
    )


async def _shown(work: Work, row: PlatformKey, key: str) -> list[tuple[str, str]]:
    """What a platform fills in; the key is shown this once."""
    registers = sorted(await authorised_registers(work, row.provider_id))
    organisations = ", ".join(f"{organisation_of(one)} ({label(one, 'register')})" for one in registers)
    return [
        ("URL", DOOR),
        ("userID", row.user_id),
        ("userKey", key),
        ("userRole", EDUCATOR),
        ("orgID", organisations),
    ]


action = Forms(KEYS, lambda request, work, *rest: _keys(request, work, rest[-1]))
# A key stands in its answer and nowhere else, so nothing keeps that for a repetition.
draw = action(
    "",
    Permission.ATTENDANCE_REPORT,
    KeyForm,
    lambda work, new: keys.draw(work, new.platform, provider_of(work, new.provider_id)),
    shows=lambda request, work, drawn: _keys(request, work, Form(), drawn),
    idempotent=False,
)
# The key before still works for a while, under the same user.
replace = action(
    "/{id:uuid}/vervangen",
    Permission.ATTENDANCE_REPORT,
    None,
    keys.replace,
    shows=lambda request, work, drawn: _keys(request, work, Form(), drawn),
    idempotent=False,
)
close = action("/{id:uuid}/sluiten", Permission.ATTENDANCE_REPORT, None, keys.end, "key-closed")

HANDLERS = [own_keys, draw, replace, close]
