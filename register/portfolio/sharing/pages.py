"""The owner's side on pages: what one shares, and who looked."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field, ValidationError

from auth.permissions import Permission
from auth.schemas import RegisterNumber, Schema
from core.errors import Invalid, NotFound
from core.fields import Line, TypedDay
from core.store.work import Work
from core.web.forms import Form
from core.web.http import PAGE, AnyRequest, WorkDep, cursor, place, place_id
from core.web.pages import _, label, options, redirect, render
from core.web.submissions import Forms
from register.entries import queries as registrations
from register.entries.policy import Register
from register.entries.views import register_in
from register.portfolio import queries as portfolios
from register.portfolio.ledger import counts_from
from register.portfolio.page_views import period_in_words
from register.portfolio.policy import EntryState
from register.portfolio.sharing import queries, service
from register.portfolio.sharing.policy import Scope
from register.portfolio.sharing.schemas import LookView, NewShare, ShareView
from register.portfolio.sharing.views import look_views, share_views

PERSON = "person"


class ShareForm(Schema):
    """Who may look, how far, and until when. `reader` is a board's number or `person`."""

    register_code: Register
    scope: Scope
    period_id: UUID | None = None
    entry_ids: Annotated[list[UUID], BeforeValidator(str.split)] = []
    with_files: bool = False
    reader: Annotated[str, Field(max_length=10)]
    register_number: RegisterNumber = ""
    family_name: Line = ""
    until_on: TypedDay

    def share(self) -> NewShare:
        """What the service takes; a period or entries only where the scope asks for them. Invalid("field-missing")."""
        given: dict[str, Any] = self.model_dump(include={"register_code", "scope", "with_files", "until_on"})
        if self.scope is Scope.PERIOD:
            given["period_id"] = self.period_id
        if self.scope is Scope.ENTRIES:
            given["entry_ids"] = self.entry_ids
        if self.reader == PERSON:
            self._require_named()
            given["reader"] = {"register_number": self.register_number, "family_name": self.family_name}
        else:
            given["board_number"] = self.reader
        return NewShare.model_validate(given)

    def _require_named(self) -> None:
        lacking = [(name, "field-missing") for name in ("register_number", "family_name") if not getattr(self, name)]
        if lacking:
            raise Invalid("invalid-input", lacking)


HERE = "/mijn/delen"
LOOKS = "/mijn/inzage"


@get(HERE, requires=Permission.PORTFOLIO_SHARE)
async def shares(
    request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None, na: FromQuery[str | None] = None
) -> Template:
    """What one shares, and one share more."""
    return await _shares(request, work, Form(), register, na)


async def _grant(work: Work, new: ShareForm) -> Redirect:
    try:
        asked = new.share()
    except ValidationError as error:
        raise Invalid("invalid-input", [("reader", "enum")]) from error
    await service.share(work, asked)
    return redirect(HERE, "shared", register=new.register_code.value)


async def _shares(
    request: AnyRequest,
    work: Work,
    form: Form[Any],
    register: Register | None = None,
    na: str | None = None,
) -> Template:
    mine = await registrations.own_registrations(work)
    if not mine:
        raise NotFound("no-such-registration")
    chosen, register = form.values.get("entry_ids", "").split(), register or register_in(form.values)
    here = next((row for row in mine if row.register_code is register), mine[0])
    found = await portfolios.portfolio_of(work, here)
    periods = [row.period() for row in found.periods]
    rows = await queries.own_shares(work, place_id(na), PAGE + 1)
    boards = await queries.names_of_boards(work, await queries.boards_employing(work, here.person_id))
    form.values.setdefault("register_code", here.register_code.value)
    form.values.setdefault("scope", Scope.WHOLE.value)
    views = await share_views(work, rows[:PAGE])
    return render(
        request,
        "mine/shares.html",
        work,
        form=form,
        register=here.register_code.value,
        registers=[row.register_code.value for row in mine],
        shares=[_share(view, row.version) for view, (row, _holds) in zip(views, rows, strict=False)],
        more=f"{HERE}?na={cursor(str(rows[PAGE - 1][0].id))}" if len(rows) > PAGE else "",
        readers=[*((number, name) for number, name in sorted(boards.items())), (PERSON, _("Een persoon"))],
        scopes=options(Scope, "share-scope"),
        periods=[
            (str(row.id), period_in_words(counts_from(row.period(), periods), row.due_on)) for row in found.periods
        ],
        entries=[
            {"id": str(row.id), "title": row.title, "done_on": row.done_on, "chosen": str(row.id) in chosen}
            for row in found.entries.values()
            if row.state not in {EntryState.DRAFT, EntryState.WITHDRAWN}
        ],
        action=HERE,
        looks_href=LOOKS,
    )


def _share(view: ShareView, version: int) -> dict[str, Any]:
    return {
        "to": view.to,
        "scope": label(view.scope, "share-scope"),
        "files": view.with_files,
        "register": view.register_code,
        "until_on": view.until_on,
        "why": label(view.why, "share-ended") if view.why else "",
        "end": f"{HERE}/{view.id}/beeindigen" if view.ended_at is None else "",
        "version": version,
    }


@get(LOOKS, requires=Permission.PORTFOLIO_READ_OWN)
async def looks(request: AnyRequest, work: WorkDep, na: FromQuery[str | None] = None) -> Template:
    """Who looked, or tried to."""
    keys = place(na, 1)
    before = int(keys[0]) if keys and keys[0].isascii() and keys[0].isdigit() and len(keys[0]) < 16 else None
    events = await queries.looks(work, before, PAGE + 1)
    views = await look_views(work, events[:PAGE])
    return render(
        request,
        "mine/looks.html",
        work,
        looks=[_look(view) for view in views],
        more=f"{LOOKS}?na={cursor(str(events[PAGE - 1].seq))}" if len(events) > PAGE else "",
    )


def _look(view: LookView) -> dict[str, Any]:
    return {
        "at": view.at,
        "who": view.name or label(view.capacity, "looked-as"),
        "what": label(view.what, "looked-at"),
        "outcome": view.outcome,
        "href": f"/mijn/portfolio/{view.entry_id}" if view.entry_id else "",
    }


share = Forms(HERE, _shares)(
    "",
    Permission.PORTFOLIO_SHARE,
    ShareForm,
    _grant,
    boxes=["entry_ids"],
    names={"board_number": "reader"},
)
action = Forms(
    HERE + "/{share_id:uuid}", lambda request, work, share_id, form: _shares(request, work, form), if_match=True
)
end = action("/beeindigen", Permission.PORTFOLIO_SHARE, None, service.end_share, "share-ended", HERE)

HANDLERS = [shares, share, end, looks]
