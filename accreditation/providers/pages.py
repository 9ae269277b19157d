"""The provider's room: its account, and asking to be admitted."""

from typing import Annotated, Any

from litestar import get, post
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.providers import members, queries, service
from accreditation.providers.policy import StaffLevel
from accreditation.providers.schemas import NewMembership, NewProvider, Register
from auth.permissions import PUBLIC, SIGNED_IN
from auth.schemas import NewPerson
from core import countries
from core.boards import BoardNames
from core.store.work import Work
from core.texts import spoken
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import form_values, options, read, redirect, render
from core.web.submissions import Forms

HOME = "/aanbieder"
MOST = 100


def words(value: object) -> object:
    """What was ticked, joined to one text, taken apart again."""
    return value.split() if isinstance(value, str) else value


def squeezed(value: object) -> object:
    """A number as people type it, without blanks and points."""
    return value.replace(" ", "").replace(".", "") if isinstance(value, str) else value


class ProviderForm(NewProvider):
    """The application of a provider as it is typed."""

    kvk_number: Annotated[str, BeforeValidator(squeezed), Field(pattern=r"^[0-9]{8}$")]
    registers: Annotated[list[Register], BeforeValidator(words), Field(min_length=1, max_length=10)]


@get(HOME + "/account", requires=PUBLIC)
async def account_page(request: AnyRequest) -> Template:
    """The form for an account."""
    return _account(request, Form())


def _account(request: AnyRequest, form: Form[Any]) -> Template:
    return render(request, "provider/account.html", form=form, countries=countries.options(spoken()))


@get(HOME, requires=SIGNED_IN)
async def home(request: AnyRequest, work: WorkDep) -> Template:
    """The providers for which one acts."""
    return await _home(request, work, Form())


async def _home(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    rows = await queries.own_providers(work)
    return render(
        request,
        "provider/home.html",
        work,
        form=form,
        providers=[{"href": f"/aanbieders/{row.id}", "name": row.name, "town": row.town} for row in rows],
    )


@post(HOME + "/uitnodiging", requires=SIGNED_IN)
async def accept(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Become a member with the code of an invitation."""
    form = read(NewMembership, await form_values(request))
    if form.value is None:
        return await _home(request, work, form)
    row = await members.accept(work, form.value.code)
    return redirect(f"/aanbieders/{row.provider_id}", "joined")


@get(HOME + "/nieuw", requires=SIGNED_IN)
async def apply_page(request: AnyRequest, work: WorkDep) -> Template:
    """The application of a provider; a board that was chosen comes along in the address."""
    chosen = request.query_params.get("board_number", "")
    return await _apply(request, work, Form(values={"board_number": chosen}))


async def _apply(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    return render(
        request,
        "provider/apply.html",
        work,
        form=form,
        board=await work.port(BoardNames).name_of(work, form.values.get("board_number", "")),
        chosen=form.values.get("registers", "").split(),
        registers=options(work.rules.registers(), "register"),
        staff_levels=options(StaffLevel, "staff-level"),
    )


async def _applied(work: Work, new: ProviderForm) -> Redirect:
    """Apply; a postcode that another provider has is only warned of."""
    row = await service.apply(work, NewProvider.model_validate(new.model_dump()))
    twice = await queries.same_postcode(work, row.postcode, row.id)
    return redirect(f"/aanbieders/{row.id}", "same-postcode" if twice else "applied")


apply = Forms(HOME, _apply)("/nieuw", SIGNED_IN, ProviderForm, _applied, boxes=("registers",))
account = Forms(HOME, lambda request, work, form: _account(request, form))(
    "/account",
    PUBLIC,
    NewPerson,
    service.enrol,
    to=lambda _: redirect("/inloggen", "account-opened", next=HOME),
    idempotent=False,
)
HANDLERS = [
    account_page,
    account,
    home,
    accept,
    apply_page,
    apply,
]
