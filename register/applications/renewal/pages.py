"""One's own portfolio on pages, and the request for reregistration that follows from it."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from pydantic import ValidationError

from auth.permissions import Permission
from core.errors import Invalid
from core.store.files import opened
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import ACCEPT, MAX_SIZE, form_values, label, options, read, redirect, render, uploaded
from core.web.submissions import Forms, submitted
from core.web.uploads import download
from register.applications.renewal.views import HERE, portfolio_card, running_registers, training_until, waits
from register.entries import queries as registrations
from register.entries.policy import Register
from register.entries.views import register_in
from register.portfolio import queries, service
from register.portfolio.dialogue.queries import stages
from register.portfolio.forms import AddForm
from register.portfolio.models import PortfolioEntry
from register.portfolio.page_views import category_choices, entry_shown
from register.portfolio.policy import (
    ENTRY,
    IN_A_TALK,
    STANDING,
    EntryState,
    Measure,
    kinds_of,
    measure_of,
    ways_to_value,
)
from register.portfolio.schemas import NewEntry
from register.rules.assessment.facts import Valuation

TALKS = "/waarderingsgesprekken"
FIELDS = {"evidence": "file", "hours": "amount", "points": "amount"}


@get("/mijn/portfolio", requires=Permission.PORTFOLIO_READ_OWN)
async def portfolio(request: AnyRequest, work: WorkDep, register: FromQuery[Register | None] = None) -> Template:
    """What counts now, what is missing, line by line; and one more activity."""
    return await _portfolio(request, work, Form(), register)


@post("/mijn/portfolio", requires=Permission.PORTFOLIO_KEEP)
async def add(request: AnyRequest, work: WorkDep) -> Template | Redirect:
    """Add an activity, with its proof or without, handed in or kept as a draft: all of it or nothing."""
    form, file = read(AddForm, await form_values(request)), await uploaded(request, "file")

    async def added(new: AddForm) -> Redirect:
        evidence = await work.outside(opened(*file)) if file else None
        row = await service.add_entry(work, _new(work, new))
        if evidence:
            await service.attach_evidence(work, row.id, evidence)
        register = row.register_code.value
        if not new.hand_in:
            return redirect(HERE, "entry-kept", register=register)
        await service.submit_entry(work, row.id)
        return _handed_in(row, HERE, register=register)

    return await submitted(request, work, form, _portfolio, added, names=FIELDS)


def _handed_in(row: PortfolioEntry, to: str, **query: str) -> Redirect:
    """On to where a talk is asked for, where it is valued in one."""
    if row.valuation in IN_A_TALK:
        return redirect(TALKS, "entry-awaits-talk", activiteit=str(row.id))
    return redirect(to, "entry-submitted", **query)


def _new(work: Work, typed_in: AddForm) -> NewEntry:
    try:
        return typed_in.entry(_measure(work, typed_in.register_code))
    except ValidationError as error:
        raise Invalid("invalid-input", [_misread(error)]) from error


def _misread(error: ValidationError) -> tuple[str, str]:
    """What of the form could not be read: a theme that is too long, else what it was about."""
    about_themes = any("themes" in problem["loc"] for problem in error.errors())
    return ("themes", "string-too-long") if about_themes else ("category", "enum")


def _measure(work: Work, register: Register) -> Measure:
    return measure_of(work.rules.chosen(register.value, work.today))


async def _portfolio(request: AnyRequest, work: Work, form: Form[Any], register: Register | None = None) -> Template:
    own = await registrations.own_registrations(work)
    mine = await running_registers(work, own)
    if not mine:
        return render(
            request, "mine/no_portfolio.html", work, form=form, waiting=waits(own), training_until=training_until(own)
        )
    register = register or register_in(form.values)
    chosen = register if register in mine else mine[0]
    card = await portfolio_card(work, chosen)
    form.values.setdefault("register_code", chosen.value)
    form.values.setdefault("valuation", Valuation.AFTERWARDS.value)
    in_hours = card["unit"] == Measure.HOURS.value
    return render(
        request,
        "mine/portfolio.html",
        work,
        form=form,
        **card,
        registers=[each.value for each in mine],
        valuations=options(ways_to_value(work.rules.chosen(chosen.value, work.today)), "valuation-way"),
        kinds=options(kinds_of(Measure(card["unit"])), "entry-kind") if in_hours else [],
        categories=category_choices() if in_hours else options(kinds_of(Measure(card["unit"])), "entry-kind"),
        accept=ACCEPT,
        max_size=MAX_SIZE,
        actions={"add": HERE, "apply": f"/mijn/herregistratie?register={chosen.value}"},
    )


@get("/mijn/portfolio/{entry_id:uuid}", requires=Permission.PORTFOLIO_READ_OWN)
async def entry(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template:
    """One activity: its proof, what became of it, and what can be done now."""
    return await _entry(request, work, entry_id, Form())


async def _entry(request: AnyRequest, work: Work, entry_id: UUID, form: Form[Any]) -> Template:
    row = await queries.own_entry(work, entry_id)
    files = await queries.files_of(work, [row])
    here, moves = f"{HERE}/{row.id}", ENTRY.open(row.state)
    drafted, endorsed = row.state is EntryState.DRAFT, row.endorsed_sha256 is not None
    actions = {"peers": f"{here}/collega"} if drafted else {}
    # What a colleague put their name to stands still: neither its words nor its proof change.
    actions |= {"change": f"{here}/wijzigen", "attach": f"{here}/bewijs"} if drafted and not endorsed else {}
    actions |= {"submit": f"{here}/indienen"} if "submit" in moves and row.claim().has_evidence else {}
    actions |= {"delete": f"{here}/verwijderen"} if drafted and not row.peers_asked else {}
    actions |= {"withdraw": f"{here}/intrekken"} if "withdraw" in moves and "delete" not in actions else {}
    at_turn = (await stages(work, [row])).get(row.id, "")
    if at_turn.startswith("talk-"):
        actions["talk"] = f"{TALKS}?activiteit={row.id}" if at_turn == "talk-to-ask" else TALKS
    used_on = await queries.used_on(work, row)
    out = await queries.out_of_time(work, row) if row.state in STANDING and not used_on else None
    return render(
        request,
        "mine/entry.html",
        work,
        form=form,
        entry=entry_shown(row, files.get(row.file_id) if row.file_id else None, used_on)
        | {"out": label(out, "why") if out else "", "at_turn": at_turn},
        file_href=f"{here}/bewijs",
        accept=ACCEPT,
        max_size=MAX_SIZE,
        actions=actions,
    )


@get("/mijn/portfolio/{entry_id:uuid}/bewijs", requires=Permission.PORTFOLIO_READ_OWN)
async def evidence(work: WorkDep, entry_id: FromPath[UUID]) -> Response[bytes]:
    """The proof of one's own activity."""
    await queries.own_entry(work, entry_id)
    return download(*await service.evidence(work, entry_id))


@post("/mijn/portfolio/{entry_id:uuid}/bewijs", requires=Permission.PORTFOLIO_KEEP)
async def attach(request: AnyRequest, work: WorkDep, entry_id: FromPath[UUID]) -> Template | Redirect:
    """Put a proof behind a draft."""
    file = await uploaded(request, "file")

    async def attached() -> None:
        if file is None:
            raise Invalid("invalid-input", [("file", "file-not-chosen")])
        await service.attach_evidence(work, entry_id, await work.outside(opened(*file)))

    return await submitted(request, work, None, _entry, attached, f"{HERE}/{entry_id}", "proof-added")


action = Forms("", _entry, if_match=True)
submit = action(
    "/mijn/portfolio/{entry_id:uuid}/indienen",
    Permission.PORTFOLIO_KEEP,
    None,
    service.submit_entry,
    to=lambda row: _handed_in(row, f"{HERE}/{row.id}"),
    names=FIELDS,
)
withdraw = action(
    "/mijn/portfolio/{entry_id:uuid}/intrekken",
    Permission.PORTFOLIO_KEEP,
    None,
    service.withdraw_entry,
    "entry-withdrawn",
    HERE,
)

HANDLERS = [portfolio, add, entry, evidence, attach, submit, withdraw]
