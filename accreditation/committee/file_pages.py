"""A file of the accreditation committee on a page: read, votes, stepping aside, more information, the decision."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect, Template
from pydantic import BeforeValidator, Field

from accreditation.committee import queries, service
from accreditation.committee.pages import HERE, SESSION, title_of
from accreditation.committee.schemas import NewVote
from accreditation.courses import hours
from accreditation.courses.award import REFUSAL_GROUNDS, categories
from accreditation.courses.desk_pages import answers_shown
from accreditation.courses.hours import TypedHours
from accreditation.courses.policy import FileState
from accreditation.courses.schemas import NewCourseRuling, Question
from accreditation.providers.schemas import Code
from auth.actor import Actor, person_of
from auth.permissions import Permission
from auth.schemas import Schema
from core.errors import NotFound
from core.fields import Day, NeededText, Text
from core.panel import queries as panel_queries
from core.panel.service import PanelItem
from core.panel.votes import ItemState, SessionState, Vote
from core.store.work import Work
from core.typed import day as typed_day
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, label, options, redirect, render
from core.web.submissions import Forms

FILE = SESSION + "/dossiers/{item_id:uuid}"
RECUSAL_GROUNDS = ("personal-relation", "worked-together", "advised-before", "other-interest")


class VoteForm(Schema):
    """One vote."""

    vote: Vote
    vote_reason: Text = ""


class RecuseForm(Schema):
    """Why a member steps aside."""

    recuse_ground: Annotated[str, Field(pattern=f"^({'|'.join(RECUSAL_GROUNDS)})$")]


class RulingForm(Schema):
    """What goes into the decision beside the votes."""

    reasons: NeededText
    points: Annotated[int, Field(ge=0, le=1000)] | None = None
    hours: TypedHours = {}
    from_on: Annotated[Day, BeforeValidator(typed_day)] | None = None
    ground: Code | None = None
    repair: Text = ""

    def ruling(self) -> NewCourseRuling:
        """What the service takes."""
        grounds = [self.ground] if self.ground else []
        return NewCourseRuling(grounds=grounds, **self.model_dump(exclude={"ground"}))


@get(FILE, requires=Permission.COURSE_JUDGE)
async def file(
    request: AnyRequest,
    work: WorkDep,
    session_id: FromPath[UUID],
    item_id: FromPath[UUID],
) -> Template:
    """Read a file; the look leaves a trace."""
    return await _file(request, work, session_id, item_id, Form())


async def _file(request: AnyRequest, work: Work, session_id: UUID, item_id: UUID, form: Form[Any]) -> Template:
    found = await service.read(work, item_id)
    if found.session.id != session_id:
        raise NotFound("no-such-item")
    here = f"{HERE}/{session_id}/dossiers/{item_id}"
    my_vote = await queries.own_vote(work, item_id)
    advice = found.file.advice
    rules = work.rules.chosen(found.file.register_code, work.today)
    return render(
        request,
        "accreditation/item.html",
        work,
        form=form,
        item={
            "title": found.file.answers.get("title") or found.application.number,
            "number": found.application.number,
            "kind": label(found.item.case_kind, "case-kind"),
            "panel_only": found.item.case_kind == service.PANEL_CASE,
            "state": found.item.state.value,
            "version": found.item.version,
            "provider": found.provider.name,
            "register": found.file.register_code,
            "decide_by": found.file.decide_by_on,
        },
        session={"title": title_of(found.session), "href": f"{HERE}/{session_id}"},
        answers=answers_shown(found.file),
        advice=advice
        and {
            "positive": advice.get("positive"),
            "points": advice.get("points"),
            "hours": hours.in_words(advice.get("hours") or {}),
            "reasons": advice.get("reasons", ""),
        },
        panel=found.panel
        and {
            "bureau": found.panel.bureau,
            "composition": found.panel.composition,
            "report": found.panel.report,
            "state": found.panel.state.value,
        },
        my_vote=my_vote or "",
        categories=hours.fields(categories(rules)),
        quorum=found.session.quorum,
        count=await panel_queries.count_shown(
            work,
            found.item,
            keeps=work.actor.can(Permission.SESSION_DECIDE),
            reader=work.actor.person_id if isinstance(work.actor, Actor) else None,
        ),
        grounds=options(sorted(REFUSAL_GROUNDS), "ground"),
        recusal_grounds=options(RECUSAL_GROUNDS, "recusal"),
        following=await _following(work, found.item),
        waiting_text=_waiting(found, my_vote),
        actions=_actions(work, found, here, my_vote),
    )


async def _following(work: Work, item: PanelItem) -> dict[str, Any]:
    """The place of a file on its agenda, and the next one that waits for the actor."""
    voter = person_of(work.actor) if work.actor.can(Permission.COURSE_VOTE) else None
    at, of, following = await panel_queries.place_of(work, item, voter)
    return {"at": at, "of": of, "href": f"{HERE}/{item.session_id}/dossiers/{following}" if following else ""}


def _waiting(found: service.Dossier, my_vote: str | None) -> str:
    """Why nobody can vote yet, or what comes after one's vote; "" when it is one's turn."""
    if found.session.state is not SessionState.OPEN:
        return label(found.session.state, "voting")
    if found.item.state is ItemState.LISTED and my_vote:
        return _("Zodra iedereen heeft gestemd, legt de secretaris het besluit vast.")
    return ""


def _actions(work: Work, found: service.Dossier, here: str, my_vote: str | None) -> dict[str, str]:
    if found.item.state is not ItemState.LISTED:
        return {}
    voting = found.session.state is SessionState.OPEN
    member = work.actor.can(Permission.COURSE_VOTE)
    actions = {"vote": f"{here}/stem"} if member and voting and my_vote is None else {}
    actions |= {"recuse": f"{here}/verschoning"} if member else {}
    if voting and work.actor.can(Permission.SESSION_DECIDE):
        actions["decide"] = f"{here}/besluit"
        if found.item.case_kind != service.PANEL_CASE:
            actions["letter"] = f"{here}/brief"
        if found.file.state is FileState.ASSESSED:
            actions["ask"] = f"{here}/vraag"
    return actions


async def _vote(work: Work, session_id: UUID, item_id: UUID, new: VoteForm) -> Redirect:
    await service.vote(work, item_id, NewVote(vote=new.vote, dissent=new.vote_reason))
    voted = await work.session.get(PanelItem, item_id)
    following = (await panel_queries.place_of(work, voted, person_of(work.actor)))[2] if voted else None
    return redirect(f"{HERE}/{session_id}/dossiers/{following or item_id}", "voted-next" if following else "voted")


async def _letter(work: Work, _session_id: UUID, item_id: UUID, new: RulingForm) -> Response[bytes]:
    """The letter with the words as they are typed, before the decision is taken."""
    content = await service.draft_letter(work, await service.read(work, item_id), new.ruling())
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'"}
    return Response(content, media_type="application/pdf", headers=headers, status_code=200)


async def _expect(work: Work, item_id: UUID) -> None:
    """The item as it stood when the form was drawn up."""
    if row := await work.session.get(PanelItem, item_id):
        work.expect(row)


async def _ask_more(work: Work, session_id: UUID, item_id: UUID, new: Question) -> None:
    await _expect(work, item_id)
    await service.ask_more(work, item_id, new.question)


async def _decide(work: Work, session_id: UUID, item_id: UUID, new: RulingForm) -> Redirect:
    """Count the votes and take the decision that follows."""
    await _expect(work, item_id)
    _tally, decision = await service.decide(work, item_id, new.ruling())
    return redirect(f"{HERE}/{session_id}", "decided" if decision else "counted")


action = Forms(FILE, _file, if_match=True)
vote = action("/stem", Permission.COURSE_VOTE, VoteForm, _vote, if_match=False)
letter_as_typed = action(
    "/brief",
    Permission.SESSION_DECIDE,
    RulingForm,
    _letter,
    if_match=False,
    idempotent=False,  # it makes nothing
    names={"grounds": "ground"},
    reader=hours.read_with,
)
decide = action("/besluit", Permission.SESSION_DECIDE, RulingForm, _decide, reader=hours.read_with)
recuse = action(
    "/verschoning",
    Permission.COURSE_VOTE,
    RecuseForm,
    lambda work, session_id, item_id, new: service.recuse(work, item_id, new.recuse_ground),
    "recused",
    HERE + "/{session_id}",
    if_match=False,
)
ask_more = action("/vraag", Permission.SESSION_DECIDE, Question, _ask_more, "asked-more", HERE + "/{session_id}")

HANDLERS = [file, vote, letter_as_typed, recuse, ask_more, decide]
