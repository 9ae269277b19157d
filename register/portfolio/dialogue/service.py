"""A dialogue from the request to the decision: nobody of the same board hears it, and two hear it together."""

from collections.abc import Collection
from datetime import UTC, datetime, time
from uuid import UUID

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Role
from core import agenda
from core.clock import AMSTERDAM
from core.decisions import Decision
from core.errors import Forbidden, Invalid, NotFound, Refused
from core.law.days import add_years
from core.records import filled
from core.store.work import Work
from core.texts import day_time
from register.entries import queries as registrations
from register.entries.entry import REGISTERED_NOW
from register.entries.policy import Register
from register.portfolio import queries as portfolios
from register.portfolio import service as portfolio
from register.portfolio.dialogue import queries
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.policy import (
    DIALOGUE,
    DialogueEvent,
    points_of,
    require_claimed,
    require_partners,
    require_talk,
)
from register.portfolio.dialogue.schemas import DialogueLine, DialogueView, NewDialogueValuation, NewTalk
from register.portfolio.models import PortfolioEntry
from register.portfolio.policy import EntryState, require_meant
from register.portfolio.schemas import NewValuation

CASE, PLAN = "valuation-dialogue", "plan"


async def ask(work: Work, entry_id: UUID, preparation: str) -> ValuationDialogue:
    """Ask for a talk about an entry of one's own that waits to be valued.

    NotFound("no-such-entry"); Refused: `not-in-a-talk`, `not-under-valuation`, `dialogue-runs`.
    """
    entry = await portfolios.own_entry(work, entry_id)
    require_talk(entry.valuation)
    if entry.state is not EntryState.UNDER_VALUATION:
        raise Refused("not-under-valuation")
    if await queries.open_for(work, entry.id):
        raise Refused("dialogue-runs")
    row = ValuationDialogue(
        person_id=entry.person_id,
        entry_id=entry.id,
        register_code=entry.register_code,
        preparation=preparation,
        asked_at=work.now,
    )
    work.add(row)
    await work.flush()
    work.log("dialogue:ask", row, entry=str(entry.id))
    await _expect(work, row)
    return row


async def _expect(work: Work, row: ValuationDialogue) -> None:
    due = add_years(work.today, 1)  # no term was found (NF): it stands on the list until it is planned
    await agenda.expect(
        work, CASE, row.id, PLAN, role=Role.SECRETARY.value, due_on=due, register=row.register_code.value
    )


async def give_back(work: Work, id: UUID, question: str) -> ValuationDialogue:
    """The preparation is not ready: back to its owner with what it lacks. Forbidden("own-case")."""
    row = await _others(work, id)
    row.state, row.question = DIALOGUE.after(row.state, DialogueEvent.RETURN), question
    work.log("dialogue:return", row)
    await agenda.done(work, row.id, PLAN)
    return row


async def prepare(work: Work, id: UUID, preparation: str) -> ValuationDialogue:
    """The owner prepares again."""
    row = await _own(work, id)
    row.state, row.preparation, row.question = DIALOGUE.after(row.state, DialogueEvent.PREPARE), preparation, ""
    work.log("dialogue:prepare", row)
    await _expect(work, row)
    return row


async def withdraw(work: Work, id: UUID) -> ValuationDialogue:
    """The owner takes the request back, as long as nobody has told of a talk."""
    row = await _own(work, id)
    row.state = DIALOGUE.after(row.state, DialogueEvent.WITHDRAW)
    work.log("dialogue:withdraw", row)
    await agenda.done(work, row.id)
    return row


async def plan(work: Work, id: UUID, new: NewTalk) -> ValuationDialogue:
    """Plan the talk, or plan it otherwise.

    Invalid: `unknown-number`, `not-registered-now` (the colleague), `not-an-assessor`, `same-person`, `held-before`,
    `talk-with-oneself`, `talk-same-board` (now or in the years that count); Forbidden("own-case") for one's own.
    """
    row = await _others(work, id)
    was, invited = _when(row) if row.held_at else "", set(_partners(row))
    row.state = DIALOGUE.after(row.state, DialogueEvent.PLAN)
    peer = await _colleague(work, new.peer_number, row.register_code)
    if new.assessor_id not in {id for id, _ in await people.holders(work.session, Role.ASSESSOR, work.today)}:
        raise Invalid("invalid-input", [("assessor_id", "not-an-assessor")])
    require_partners(row.person_id, peer, new.assessor_id)
    for field, partner in (("peer_number", peer), ("assessor_id", new.assessor_id)):
        if await _together(work, row, partner):
            raise Invalid("invalid-input", [(field, "talk-same-board")])
    if new.held_on < work.today:
        raise Invalid("invalid-input", [("held_on", "held-before")])
    row.peer_id, row.assessor_id, row.place = peer, new.assessor_id, new.place
    row.held_at = datetime.combine(new.held_on, time.fromisoformat(new.begins), AMSTERDAM).astimezone(UTC)
    work.log("dialogue:plan", row, peer=str(peer), assessor=str(new.assessor_id), held_on=new.held_on)
    await agenda.done(work, row.id, PLAN)
    partners = set(_partners(row))
    await _tell(work, row, partners - invited if was else partners)
    if was:
        await _tell_moved(work, row, partners & invited, was)
        await _tell_off(work, invited - partners, was, "Iemand anders neemt uw plaats in.")
    return row


async def _colleague(work: Work, number: str, register: Register) -> UUID:
    """Who stands in the same register under a number."""
    try:
        found = await people.person_by_number(work.session, number)
    except NotFound as error:
        raise Invalid("invalid-input", [("peer_number", "unknown-number")]) from error
    for one in await registrations.registrations_of(work, found.id):
        if one.register_code is register and one.status in REGISTERED_NOW:
            return found.id
    raise Invalid("invalid-input", [("peer_number", "not-registered-now")])


async def _together(work: Work, row: ValuationDialogue, partner: UUID) -> bool:
    """Whether somebody works for the board of the owner, or did in the years that count."""
    years = work.rules.chosen(row.register_code.value, work.today).committee.conflict_years
    since = add_years(work.today, -years)
    return await registrations.shares_board(work.session, partner, row.person_id, since)


async def call_off(work: Work, id: UUID) -> ValuationDialogue:
    """The talk that was planned is off: all three are told, and it is to be planned anew. Forbidden("own-case")."""
    row = await _others(work, id)
    row.state = DIALOGUE.after(row.state, DialogueEvent.CALL_OFF)
    partners, said = _partners(row), _when(row)
    row.peer_id = row.assessor_id = row.held_at = None
    row.place = ""
    work.log("dialogue:call-off", row)
    await _expect(work, row)
    await _tell_off(work, partners, said, "De secretaris plant een ander gesprek.")
    return row


def _partners(row: ValuationDialogue) -> list[UUID]:
    return [one for one in (row.person_id, row.peer_id, row.assessor_id) if one]


def _when(row: ValuationDialogue) -> str:
    """Day, time and place, as a mail tells them."""
    at = day_time(row.held_at, "nl") if row.held_at else ""
    return f"{at} ({row.place})" if row.place else at


async def _tell(work: Work, row: ValuationDialogue, whom: Collection[UUID]) -> None:
    """Word to owner, colleague and assessor: when and where; who they are stands behind the sign-in."""
    said = f"Er is een waarderingsgesprek gepland: {_when(row)}.\n{_where_to_read(work, row)}"
    await _send(work, whom, "dialogue-planned", "Een waarderingsgesprek is gepland", said)


async def _tell_moved(work: Work, row: ValuationDialogue, whom: Collection[UUID], was: str) -> None:
    """Word to who was invited already: from when to when, or that somebody else takes part."""
    if was == _when(row):
        said = f"Bij het waarderingsgesprek van {was} zijn nu andere mensen aanwezig.\n"
    else:
        said = f"Het waarderingsgesprek van {was} is verplaatst. Het is nu: {_when(row)}.\n"
    said += _where_to_read(work, row)
    await _send(work, whom, "dialogue-moved", "Een waarderingsgesprek is veranderd", said)


async def _tell_off(work: Work, whom: Collection[UUID], was: str, then: str) -> None:
    """Word that a talk does not go on, for these at least, and what comes after it."""
    said = f"Het waarderingsgesprek van {was} gaat voor u niet door. {then}\n"
    await _send(work, whom, "dialogue-called-off", "Een waarderingsgesprek gaat niet door", said)


async def _send(work: Work, whom: Collection[UUID], topic: str, subject: str, said: str) -> None:
    for person_id, address in (await people.addresses_of(work.session, list(whom))).items():
        work.send(topic, address=address, subject=subject, body=said, person_id=person_id)


def _where_to_read(work: Work, row: ValuationDialogue) -> str:
    return (
        "Wie erbij zijn, leest u als u inlogt bij Bekwaam en kijkt bij Waarderingsgesprekken: "
        f"{work.means.settings.address}/waarderingsgesprekken/{row.id}\n"
    )


async def tell(work: Work, id: UUID, account: str) -> ValuationDialogue:
    """The colleague says what they heard, after the talk.

    Refused("talk-not-held-yet"); Forbidden: `not-your-talk`, `conflict-of-interest`.
    """
    row = await queries.dialogue(work, id)
    if row.peer_id != person_of(work.actor):
        raise Forbidden("not-your-talk")
    work.expect(row)
    following = DIALOGUE.after(row.state, DialogueEvent.TELL)
    if await _together(work, row, row.peer_id):
        raise Forbidden("conflict-of-interest", grounds=["same-board"])
    if row.held_at is None or row.held_at > work.now:
        raise Refused("talk-not-held-yet")
    row.state, row.account = following, account
    work.log("dialogue:tell", row)
    return row


async def value(work: Work, id: UUID, new: NewDialogueValuation) -> tuple[ValuationDialogue, Decision]:
    """The assessor decides what the talk gives: the decision is made known at once, and the credit lands.

    Forbidden("not-your-talk") and as portfolio.value_heard; Invalid: `theme-not-claimed`, `above-claim`, and as
    policy.points_of.
    """
    row = await queries.dialogue(work, id)
    if row.assessor_id != person_of(work.actor):
        raise Forbidden("not-your-talk")
    work.expect(row)
    row.state = DIALOGUE.after(row.state, DialogueEvent.VALUE)
    entry = await portfolios.handed_in(work, row.entry_id)
    themes = list(dict.fromkeys(new.themes))
    require_claimed(themes, entry.themes)
    periods = [each.period() for each in await portfolios.periods_of(work, entry.registration_id)]
    rules = portfolios.rules_on(work, entry.register_code, entry.done_on, periods)
    require_meant(new.points, entry.claimed_points, meant=new.above_claim)
    points = points_of(rules, entry.valuation, len(themes), new.level, new.points)
    said = NewValuation(points=points, themes=themes, reasons=new.reasons, grounds=new.grounds, repair=new.repair)
    _, decision = await portfolio.value_heard(work, entry.id, said)
    row.report, row.decision_id = new.report, decision.id
    work.log("dialogue:value", row, decision=str(decision.id), points=points, themes=len(themes))
    return row, decision


async def _own(work: Work, id: UUID) -> ValuationDialogue:
    row = await queries.dialogue(work, id)
    if row.person_id != person_of(work.actor):
        raise Forbidden("not-your-talk")
    work.expect(row)
    return row


async def _others(work: Work, id: UUID) -> ValuationDialogue:
    row = await queries.dialogue(work, id)
    if isinstance(work.actor, Actor) and row.person_id == work.actor.person_id:
        raise Forbidden("own-case")
    work.expect(row)
    return row


async def read(work: Work, id: UUID) -> ValuationDialogue:
    """A dialogue; a look by anybody but its owner leaves a line in the owner's stream."""
    row = await queries.dialogue(work, id)
    if isinstance(work.actor, Actor) and row.person_id != work.actor.person_id:
        work.looked("dialogue:read", stream=f"person/{row.person_id}", dialogue=str(row.id))
    return row


async def view(work: Work, row: ValuationDialogue) -> DialogueView:
    """A dialogue with its entry and who is in it."""
    entry = await work.session.get_one(PortfolioEntry, row.entry_id)
    names = await people.names_of(work.session, [one for one in (row.person_id, row.peer_id, row.assessor_id) if one])
    return filled(
        DialogueView,
        row,
        title=entry.title,
        valuation=entry.valuation.value,
        themes=entry.themes,
        claimed_points=entry.claimed_points,
        owner=names.get(row.person_id, ""),
        peer=names.get(row.peer_id) if row.peer_id else None,
        assessor=names.get(row.assessor_id) if row.assessor_id else None,
        open_moves=DIALOGUE.open(row.state),
    )


def line(row: ValuationDialogue) -> DialogueLine:
    """A dialogue in a list."""
    return DialogueLine(row.id, row.register_code.value, row.state.value, row.held_at, row.asked_at)
