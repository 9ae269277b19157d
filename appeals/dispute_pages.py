"""Objections and appeals on pages: the list with its terms, lodging, the file, a form for each deed."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from appeals import page_forms, steps
from appeals.dispute_api import PATH
from appeals.disputes import dossier, queries
from appeals.disputes.filing import FilingChannel, FormItem
from appeals.disputes.policy import Kind
from appeals.disputes.queries import Relation
from appeals.disputes.schemas import KEPT_GROUNDS, DisputeView, NewFiling, ServiceView
from appeals.file_pages import downloads
from appeals.outlook import outlook
from appeals.pages import said
from appeals.timeline import timeline_of
from appeals.verbs import VERBS, Verb, do, lodge, read
from appeals.views import contested, service_of, view
from auth import queries as people
from auth.permissions import SIGNED_IN, Permission
from core.errors import Invalid, NotFound
from core.store.files import opened
from core.store.work import Work
from core.texts import day, day_time
from core.web import timeline
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import ACCEPT, MAX_SIZE, form_values, label, options, redirect, render, uploaded
from core.web.submissions import Back, Forms, submitted

HOME = {Kind.OBJECTION: "/bezwaren", Kind.APPEAL: "/beroepen"}
MOST = 100


@get("/bezwaren", requires=SIGNED_IN)
async def listing(request: AnyRequest, work: WorkDep) -> Template:
    """What the actor filed, handles or sits on, and every term that runs in it, nearest first."""
    rows = [row for kind in Kind for row in await queries.disputes(work, kind, None, None, MOST)]
    running = [pair for kind in Kind for pair in await queries.terms_of(work, kind, MOST)]
    running.sort(key=lambda pair: (pair[0].due_on, pair[1].number))
    office = [kind for kind in Kind if work.actor.can(queries.HANDLE[kind])]
    judges = bool(office) or work.actor.can(Permission.DISPUTE_SIT) or work.actor.can(Permission.APPEAL_DEFEND)
    names = await people.names_of(work.session, {row.person_id for row in rows} if judges else ())
    return render(
        request,
        "disputes/list.html",
        work,
        rows=[
            {
                "title": row.number,
                "filer": names.get(row.person_id, ""),
                "href": f"{HOME[row.kind]}/{row.id}",
                "kind": label(row.kind, "dispute-kind"),
                "state": row.state,
                "received_on": row.received_on,
                "due_on": None if row.ended_on else row.decision_due_on,
            }
            for row in rows
        ],
        terms=[
            {
                "task": label(task.task, "task"),
                "due_on": task.due_on,
                "article": task.article,
                "number": row.number,
                "href": f"{HOME[row.kind]}/{row.id}",
                "urgency": "breached" if task.due_on < work.today else "",
            }
            for task, row in running
        ],
        lodge=[(f"{HOME[kind]}/nieuw", label(kind, "dispute-enter")) for kind in office],
        office=bool(office),
    )


def _pages(kind: Kind) -> list[HTTPRouteHandler]:
    home = HOME[kind]

    @get(f"{home}/nieuw", requires=SIGNED_IN)
    async def new(request: AnyRequest, work: WorkDep, besluit: FromQuery[str | None] = None) -> Template:
        """The form to lodge."""
        return _lodge(request, work, kind, Form(values={"decisions": besluit or ""}))

    async def lodged(work: Work, new: NewFiling) -> Redirect:
        row = await lodge(work, kind, new)
        seen = await queries.relation(work, row)
        return redirect(f"{home}/{row.id}" if seen.filer or seen.handler else "/bezwaren", f"{kind.value}-lodged")

    lodging = Forms(home, lambda request, work, form: _lodge(request, work, kind, form))(
        "/nieuw", SIGNED_IN, NewFiling, lodged, boxes=("missing",), also=NotFound
    )

    @get(home + "/{dispute_id:uuid}", requires=SIGNED_IN)
    async def reading(request: AnyRequest, work: WorkDep, dispute_id: FromPath[UUID]) -> Template:
        """The file."""
        return await _case(request, work, kind, dispute_id, "", Form())

    @post(home + "/{dispute_id:uuid}/stukken", requires=SIGNED_IN)
    async def adding(request: AnyRequest, work: WorkDep, dispute_id: FromPath[UUID]) -> Template | Redirect:
        """Put a document into the file."""
        given, chosen = await form_values(request), await uploaded(request, "file")

        async def add() -> None:
            if chosen is None:
                raise Invalid("file-not-chosen", [("file", "file-not-chosen")])
            evidence = await work.outside(opened(*chosen))
            file, who = await read(work, kind, dispute_id)
            mandate, kept = given.get("mandate") == "true", given.get("kept_ground", "")
            await dossier.add_piece(work, file, who, evidence, mandate=mandate, kept_ground=kept)

        here = f"{home}/{dispute_id}"
        return await submitted(request, work, Form(values=given), _posted(kind, "pieces"), add, here, "piece-added")

    return [
        new,
        lodging,
        reading,
        adding,
        *(_deed(kind, verb) for verb in VERBS[kind]),
    ]


def _posted(kind: Kind, form_name: str) -> Back:
    """The file again, with what was sent in one of its forms."""
    return lambda request, work, id, form: _case(request, work, kind, id, form_name, form)


def _deed(kind: Kind, verb: Verb) -> HTTPRouteHandler:
    """The form of one deed."""

    async def done(work: Work, dispute_id: UUID, new: Any) -> Redirect:
        file = await do(work, verb, kind, dispute_id, new)
        await work.flush()
        seen = await queries.sees(work, file.dispute)
        return redirect(f"{HOME[kind]}/{dispute_id}" if seen else "/bezwaren", "dispute-done")

    return Forms(HOME[kind] + "/{dispute_id:uuid}", _posted(kind, verb.name), if_match=True)(
        f"/{verb.name}",
        verb.requires(kind),
        verb.schema,
        done,
        boxes=[one.name for one in verb.fields if one.how == "boxes"],
        reader=lambda _schema, given: page_forms.read_deed(verb, given),
    )


def _lodge(request: AnyRequest, work: Work, kind: Kind, form: Form[Any]) -> Template:
    office = work.actor.can(queries.HANDLE[kind])
    channels = [one for one in FilingChannel if one is not FilingChannel.WEB]
    return render(
        request,
        "disputes/lodge.html",
        work,
        form=form,
        kind=kind.value,
        action=f"{HOME[kind]}/nieuw",
        office=office,
        channels=options(channels, "channel"),
        items=options(FormItem, "form-item"),
        chambers=options(("registration", "certification"), "chamber") if kind is Kind.APPEAL else [],
    )


async def _case(request: AnyRequest, work: Work, kind: Kind, id: UUID, posted: str, form: Form[Any]) -> Template:
    file, who = await read(work, kind, id)
    row = file.dispute
    shown = view(work, file, who)
    seats = {one.member_id for one in file.seats}
    names = await people.names_of(work.session, {row.person_id, *seats} if not who.party else {row.person_id})
    here = f"{HOME[kind]}/{id}"
    following, offered = await steps.steps_of(work, file, who)
    verbs = [
        await page_forms.form_of(work, file, verb, here, form if verb.name == posted else None) for verb in offered
    ]
    return render(
        request,
        "disputes/case.html",
        work,
        form=form,
        posted=posted,
        case=shown,
        ended=row.ended_on is not None,
        version=row.version,
        title=label(kind, "dispute-kind"),
        filer=names.get(row.person_id, ""),
        mine=who.filer,
        contested=[
            (one, label(one.kind, "decision-kind"), f"{here}/besluiten/{one.id}") for one in contested(file, who)
        ],
        following=steps.in_words(following),
        seats=[(names.get(one.member_id, ""), one) for one in shown.seats] if not who.party else [],
        draft=page_forms.draft_shown(file) if shown.draft else None,
        pieces=[(one, f"{here}/stukken/{one.id}") for one in shown.pieces],
        served=[] if who.party else [_served(one) for one in await service_of(work, file)],
        verbs=verbs,
        steps=[{**step, "said": said(step["why"])} for step in shown.due_steps],
        timeline=timeline.shown(await timeline_of(work, file, who), own=who.filer),
        outlook=None if who.party else timeline.standing(await outlook(work, file, who)),
        here=here,
        api=PATH[kind],
        may_add=(who.party or who.handler) and row.ended_on is None,
        kept_grounds=options(KEPT_GROUNDS, "kept") if who.handler else [],
        library="/uitspraken" if who.handler and shown.outcome and work.actor.can(Permission.LIBRARY_KEEP) else "",
        decision_href=_ruling_href(shown, who, here),
        ruling_shown="told" if file.decision and file.decision.notified_on else "taken" if file.decision else "",
        reasons=file.decision.reasons.splitlines() if file.decision and not who.party else [],
        accept=ACCEPT,
        max_size=MAX_SIZE,
    )


def _ruling_href(shown: DisputeView, who: Relation, here: str) -> str:
    """Where to read what was decided: the filer in their own box, the desk as the letter that goes or went."""
    if shown.decision_id is None:
        return ""
    return f"/mijn/besluiten/{shown.decision_id}" if who.filer else f"{here}/besluiten/{shown.decision_id}"


def _served(one: ServiceView) -> list[str]:
    """A row of the table: which decision, how, on which day, what became of the notice, when it was read."""
    sent = day(one.sent_on) if one.sent_on else label(one.state, "delivery")
    notice = label(one.notice, "mail-notice") if one.notice else ""
    return [one.decision, label(one.channel, "channel"), sent, notice, day_time(one.read_at), day(one.term_starts_on)]


HANDLERS: list[Any] = [
    listing,
    *(handler for kind in Kind for handler in (*_pages(kind), *downloads(kind, HOME[kind]))),
]
