"""Reconsiderations: opened when another decision changes; a person lets it stand, or puts another in its place."""

from uuid import UUID

from appeals.ports import Proposal
from auth import queries as people
from auth.actor import Actor
from core import agenda
from core.decisions import Decision, DecisionState, case_number, take
from core.errors import Forbidden, Refused
from core.store.work import Work
from core.texts import day
from register.committee.reconsideration import outcomes as reconsideration
from register.committee.reconsideration import queries
from register.committee.reconsideration.models import Reconsideration
from register.committee.reconsideration.policy import REOPENED, ReopenedEvent
from register.committee.reconsideration.schemas import Replacement, Standing
from register.notification import announcing

TASK = "reconsider"
AT_ONCE = 100


async def open_file(work: Work, decision: Decision, because_of: Decision) -> None:
    """Look again at a decision that rested on one that was replaced (Awb 7:11); its addressee knows of it."""
    if await queries.opened(work, decision, because_of) is not None:
        return
    row = Reconsideration(
        number=case_number("H", work.today),
        person_id=decision.person_id,
        register_code=decision.register_code,
        decision_id=decision.id,
        because_of=because_of.id,
        opened_on=work.today,
        due_on=because_of.last_day_to_object or work.today,
    )
    work.add(row)
    await work.flush()
    work.log("reconsideration:open", row, decision=str(decision.id), because_of=str(because_of.id), due_on=row.due_on)
    await agenda.expect(
        work, "reconsideration", row.id, TASK, role="secretary", due_on=row.due_on, register=row.register_code
    )
    await _tell(
        work,
        row,
        "opened",
        f"Wij kijken opnieuw naar besluit {decision.number}",
        f"Besluit {because_of.number} is veranderd. Daarom kijken wij opnieuw naar besluit {decision.number}.\n"
        f"Dat doen wij uiterlijk op {day(row.due_on, 'nl')}. U hoeft niets te doen.\n",
    )


async def let_stand(work: Work, id: UUID, new: Standing) -> queries.Told:
    """Nothing changes, with reasons (Awb 3:46). As `_mine`."""
    row, decision, because = await _theirs(work, id)
    row.reasons = new.reasons
    await _conclude(work, row, ReopenedEvent.LEAVE)
    await _tell(
        work,
        row,
        "concluded",
        f"Besluit {decision.number} blijft zoals het is",
        f"Wij hebben opnieuw naar besluit {decision.number} gekeken. Het blijft zoals het is.\n"
        "Log in om te lezen waarom.\n",
    )
    return row, decision, because


async def replace(work: Work, id: UUID, new: Replacement) -> queries.Told:
    """Put another decision in its place, and send that on its way. As `_theirs` and reconsideration.reconsider;
    Refused("replaced-already")."""
    row, decision, because = await _theirs(work, id)
    if decision.state is not DecisionState.NOTIFIED:
        raise Refused("replaced-already")
    proposal = Proposal(
        decision_id=decision.id, reasons=new.reasons, grounds=new.grounds, repair=new.repair, level=new.level
    )
    following = await reconsideration.reconsider(work, decision, proposal)
    following.taken_in = row.id
    await take(work, following)
    row.following_id, row.reasons = following.id, new.reasons
    await _conclude(work, row, ReopenedEvent.REPLACE, following=str(following.id))
    await announcing.announce(work, following, None)
    return row, decision, because


async def overtake(work: Work) -> int:
    """Close what is about a decision that was replaced meanwhile, by another way; how many, a hundred at most."""
    rows = await queries.overtaken(work, AT_ONCE)
    for row in rows:
        await _conclude(work, row, ReopenedEvent.OVERTAKE)
    return len(rows)


async def read(work: Work, id: UUID) -> queries.Told:
    """One that the actor may see; a look by somebody else leaves a trace."""
    found = await queries.reconsideration(work, id)
    if getattr(work.actor, "person_id", None) != found[0].person_id:
        work.looked("reconsideration:read", stream=found[0].stream(), reconsideration=str(id))
    return found


async def _theirs(work: Work, id: UUID) -> queries.Told:
    """Somebody else's, as it was seen. Forbidden("own-case")."""
    found = await queries.reconsideration(work, id)
    if isinstance(work.actor, Actor) and work.actor.person_id == found[0].person_id:
        raise Forbidden("own-case")
    work.expect(found[0])
    return found


async def _conclude(work: Work, row: Reconsideration, event: ReopenedEvent, **facts: str) -> None:
    row.state = REOPENED.after(row.state, event)
    row.concluded_on = work.today
    work.log(f"reconsideration:{event.value}", row, state=row.state.value, **facts)
    await agenda.done(work, row.id)


async def _tell(work: Work, row: Reconsideration, what: str, subject: str, body: str) -> None:
    person = await people.person(work.session, row.person_id)
    work.send(f"reconsideration-{what}", address=person.email, subject=subject, body=body, person_id=person.id)
