"""Dialogues on pages: a list, and one page on which each does their part."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Template

from auth import queries as people
from auth.permissions import SIGNED_IN, Permission, Role
from auth.schemas import Schema
from core.clock import AMSTERDAM, legal_day
from core.errors import Invalid
from core.fields import NeededText, Text
from core.store.work import Work
from core.texts import day_time
from core.typed import written
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import checked_values, form_values, label, options, read, redirect, render
from core.web.submissions import Forms, submitted
from register.entries import queries as registrations
from register.portfolio.dialogue import queries, service
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.policy import DialogueEvent
from register.portfolio.dialogue.schemas import (
    NewAccount,
    NewDialogueValuation,
    NewPreparation,
    NewQuestion,
    NewTalk,
    Number,
)
from register.portfolio.policy import GROUNDS, in_a_talk
from register.portfolio.schemas import Code

HERE = "/waarderingsgesprekken"
ONE = HERE + "/{dialogue_id:uuid}"
SHOWN = 100
PATHS = {
    DialogueEvent.RETURN: "terug",
    DialogueEvent.PREPARE: "voorbereiding",
    DialogueEvent.PLAN: "plannen",
    DialogueEvent.CALL_OFF: "afzeggen",
    DialogueEvent.TELL: "verslag",
    DialogueEvent.VALUE: "waardering",
    DialogueEvent.WITHDRAW: "intrekken",
}


@get(HERE, requires=SIGNED_IN)
async def dialogues(
    request: AnyRequest, work: WorkDep, activity: Annotated[UUID | None, QueryParameter(name="activiteit")] = None
) -> Template:
    """The dialogues in which one has a part, and one's own activities that may be talked about."""
    return await _dialogues(request, work, Form(values={"entry_id": str(activity)} if activity else {}))


async def _dialogues(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
    keeps = work.actor.can(Permission.PORTFOLIO_KEEP)
    asking = await queries.may_be_asked(work) if keeps else ()
    own = await registrations.own_registrations(work) if keeps else ()
    held = [row for row in own if in_a_talk(work.rules.chosen(row.register_code.value, work.today))]
    return render(
        request,
        "dialogue/list.html",
        work,
        form=form,
        dialogues=[
            {
                "href": f"{HERE}/{row.id}",
                "register": row.register_code.value,
                "state": row.state.value,
                "held_at": day_time(row.held_at) if row.held_at else "",
            }
            for row in reversed(await queries.dialogues(work, None, SHOWN))
        ],
        entries=[(str(one.id), one.title) for one in asking],
        asks=bool(held),
        without=bool(own) and not held,
    )


class AskForm(Schema):
    """About which activity, and how one prepared."""

    entry_id: UUID
    preparation: NeededText


@get(ONE, requires=SIGNED_IN)
async def dialogue(request: AnyRequest, work: WorkDep, dialogue_id: FromPath[UUID]) -> Template:
    """One of them, with what the actor may do now."""
    return await _dialogue(request, work, dialogue_id, Form())


async def _dialogue(request: AnyRequest, work: Work, id: UUID, form: Form[Any]) -> Template:
    row = await service.read(work, id)
    me, seen = getattr(work.actor, "person_id", None), await service.view(work, row)
    plans = work.actor.can(Permission.DIALOGUE_PLAN) and me != row.person_id
    mine = {
        DialogueEvent.RETURN: plans,
        DialogueEvent.PLAN: plans,
        DialogueEvent.CALL_OFF: plans,
        DialogueEvent.PREPARE: me == row.person_id,
        DialogueEvent.WITHDRAW: me == row.person_id,
        DialogueEvent.TELL: me == row.peer_id,
        DialogueEvent.VALUE: me == row.assessor_id,
    }
    for name, kept in (await _planned(work, row) if plans else {"preparation": row.preparation}).items():
        form.values.setdefault(name, kept)
    assessors = await people.holders(work.session, Role.ASSESSOR, work.today) if plans else ()
    return render(
        request,
        "dialogue/dialogue.html",
        work,
        form=form,
        dialogue=seen,
        held_at=day_time(row.held_at) if row.held_at else "",
        valuation=label(seen.valuation, "valuation"),
        version=row.version,
        by_theme=seen.valuation == "assessor",
        assessors=[(str(one), name) for one, name in assessors],
        grounds=options(sorted(GROUNDS), "ground"),
        decision=f"/mijn/besluiten/{row.decision_id}" if row.decision_id and me == row.person_id else "",
        actions={
            event.value: f"{HERE}/{row.id}/{PATHS[event]}"
            for event, may in mine.items()
            if may and event.value in seen.open_moves
        },
    )


async def _planned(work: Work, row: ValuationDialogue) -> dict[str, str]:
    """A talk that is planned as one would type it, to plan it otherwise."""
    if row.held_at is None or row.peer_id is None:
        return {}
    at = row.held_at.astimezone(AMSTERDAM)
    return {
        "peer_number": (await people.person(work.session, row.peer_id)).register_number,
        "assessor_id": str(row.assessor_id),
        "held_on": written(legal_day(row.held_at)),
        "begins": f"{at:%H:%M}",
        "place": row.place,
    }


class ValueForm(Schema):
    """As the API, with one ground; the themes are boxes."""

    report: NeededText
    level: Number = 0
    points: Number | None = None
    above_claim: bool = False
    reasons: NeededText
    ground: Code | None = None
    repair: Text = ""

    def filled(self, themes: list[str]) -> NewDialogueValuation:
        """As the API takes it."""
        if len(themes) > SHOWN:
            raise Invalid("invalid-input", [("themes", "theme-not-claimed")])
        grounds = [self.ground] if self.ground else []
        said = self.model_dump(exclude={"ground"})
        return NewDialogueValuation(**said, themes=themes, grounds=grounds)


@post(ONE + "/waardering", requires=Permission.ENTRY_VALUE, if_match=True)
async def value(request: AnyRequest, work: WorkDep, dialogue_id: FromPath[UUID]) -> Template | Redirect:
    """Decide what the talk gives."""
    boxes = await checked_values(request, "themes")
    given = {name: said for name, said in (await form_values(request)).items() if name != "themes"}

    async def valued(new: ValueForm) -> Redirect:
        _, decision = await service.value(work, dialogue_id, new.filled(boxes))
        return redirect(f"{HERE}/{dialogue_id}", "valued" if decision.notified_on else "valued-to-post")

    return await submitted(request, work, read(ValueForm, given), _dialogue, valued, names={"grounds": "ground"})


KEEP = Permission.PORTFOLIO_KEEP
action = Forms(HERE, _dialogues)
ask = action(
    "",
    KEEP,
    AskForm,
    lambda work, new: service.ask(work, new.entry_id, new.preparation),
    to=lambda row: redirect(f"{HERE}/{row.id}", "dialogue-asked"),
)

step = Forms(ONE, _dialogue, if_match=True)
HANDLERS = [
    dialogues,
    ask,
    dialogue,
    step(
        "/terug",
        Permission.DIALOGUE_PLAN,
        NewQuestion,
        lambda work, id, new: service.give_back(work, id, new.question),
        "dialogue-returned",
    ),
    step(
        "/voorbereiding",
        KEEP,
        NewPreparation,
        lambda work, id, new: service.prepare(work, id, new.preparation),
        "dialogue-asked",
    ),
    step("/plannen", Permission.DIALOGUE_PLAN, NewTalk, service.plan, "dialogue-planned"),
    step("/afzeggen", Permission.DIALOGUE_PLAN, None, service.call_off, "dialogue-called-off"),
    step("/verslag", KEEP, NewAccount, lambda work, id, new: service.tell(work, id, new.account), "dialogue-told"),
    value,
    step("/intrekken", KEEP, None, service.withdraw, "dialogue-withdrawn"),
]
