"""What a provider says of itself, on a page: to read and to change, also after it was refused for it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.providers import queries, service
from accreditation.providers.pages import AnyRequest, squeezed
from accreditation.providers.policy import OWNERS, StaffLevel, require_role
from accreditation.providers.schemas import NewProfile
from auth.permissions import Permission
from core.boards import BoardNames
from core.forms import Form
from core.http import WorkDep
from core.pages import MENDABLE, moved, options, read, render, typed, undone
from core.work import Work

PROFILE = "/aanbieders/{provider_id:uuid}/gegevens"


class ProfileForm(NewProfile):
    """What a provider says of itself, as it is typed."""

    kvk_number: Annotated[str, BeforeValidator(squeezed), Field(pattern=r"^[0-9]{8}$")]


@get(PROFILE, requires=Permission.PROVIDER_KEEP, include_in_schema=False)
async def profile_page(request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID]) -> Template:
    """What the provider says of itself, to be changed."""
    row = await queries.provider(work, provider_id)
    values = {name: str(getattr(row, name) or "") for name in NewProfile.model_fields}
    return await _profile(request, work, provider_id, Form(values=values))


async def _profile(request: AnyRequest, work: Work, provider_id: UUID, form: Form[Any]) -> Template:
    row = await queries.provider(work, provider_id)
    require_role((await queries.membership(work, row.id)).role, OWNERS)
    return render(
        request,
        "provider/profile.html",
        work,
        form=form,
        name=row.name,
        board=await work.port(BoardNames).name_of(work, row.board_number or ""),
        version=row.version,
        action=f"/aanbieders/{row.id}/gegevens",
        back=f"/aanbieders/{row.id}",
        staff_levels=options(StaffLevel, "staff-level"),
    )


@post(PROFILE, requires=Permission.PROVIDER_KEEP, if_match=True, include_in_schema=False)
async def change_profile(request: AnyRequest, work: WorkDep, provider_id: FromPath[UUID]) -> Template | Redirect:
    """Change it."""
    form = read(ProfileForm, await typed(request))
    if form.value is None:
        return await _profile(request, work, provider_id, form)
    try:
        await service.change_profile(work, provider_id, form.value)
    except MENDABLE as error:
        return await _profile(request, work, provider_id, await undone(work, form, error))
    return moved(f"/aanbieders/{provider_id}", "saved")


HANDLERS = [profile_page, change_profile]
