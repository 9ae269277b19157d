"""The keys of learning platforms on pages: drawn and shown once, replaced, closed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
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
from core.web.http import WorkDep
from core.web.pages import MENDABLE, AnyRequest, label, read, render, typed, undone
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


@post(KEYS, requires=Permission.ATTENDANCE_REPORT, status_code=200, idempotent=False)
async def draw(request: AnyRequest, work: WorkDep) -> Template:
    """Draw a key; this answer is the only place where it stands, so nothing keeps it for a repetition."""
    form = read(KeyForm, await typed(request))
    if form.value is None:
        return await _keys(request, work, form)
    try:
        drawn = await keys.draw(work, form.value.platform, provider_of(work, form.value.provider_id))
    except MENDABLE as error:
        return await _keys(request, work, await undone(work, form, error))
    return await _keys(request, work, Form(), drawn)


@post(KEYS + "/{id:uuid}/vervangen", requires=Permission.ATTENDANCE_REPORT, status_code=200, idempotent=False)
async def replace(request: AnyRequest, work: WorkDep, id: FromPath[UUID]) -> Template:
    """Draw a new key under the same user; the one before still works for a while."""
    form: Form[Any] = Form(values=await typed(request))
    try:
        drawn = await keys.replace(work, id)
    except MENDABLE as error:
        return await _keys(request, work, await undone(work, form, error))
    return await _keys(request, work, Form(), drawn)


action = Forms(KEYS + "/{id:uuid}", lambda request, work, id, form: _keys(request, work, form))
close = action("/sluiten", Permission.ATTENDANCE_REPORT, None, keys.end, "key-closed", KEYS)

HANDLERS = [own_keys, draw, replace, close]
