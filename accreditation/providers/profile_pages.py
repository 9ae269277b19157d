"""What a provider says of itself, on a page: to read and to change, also after it was refused for it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromPath
from litestar.response import Template
from pydantic import BeforeValidator, Field

from accreditation.providers import queries, service
from accreditation.providers.pages import squeezed
from accreditation.providers.policy import OWNERS, StaffLevel, require_role
from accreditation.providers.schemas import NewProfile
from auth.permissions import Permission
from core.boards import BoardNames
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import options, render
from core.web.submissions import Forms

PROFILE = "/aanbieders/{provider_id:uuid}/gegevens"


class ProfileForm(NewProfile):
    """What a provider says of itself, as it is typed."""

    kvk_number: Annotated[str, BeforeValidator(squeezed), Field(pattern=r"^[0-9]{8}$")]


@get(PROFILE, requires=Permission.PROVIDER_KEEP)
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


action = Forms(PROFILE, _profile, if_match=True)
change_profile = action(
    "", Permission.PROVIDER_KEEP, ProfileForm, service.change_profile, "saved", "/aanbieders/{provider_id}"
)

HANDLERS = [profile_page, change_profile]
