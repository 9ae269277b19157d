"""The committee's deeds: plan, list, vote, step aside, decide. Nobody judges their own case or a colleague's."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Role
from core import panel
from core.days import add_years
from core.decisions import Decision, Verdict, case_number, take
from core.errors import Forbidden, Invalid, NotFound
from core.files import StoredFile
from core.panel import PanelItem, PanelRecusal, PanelSession, PanelVote
from core.voting import ItemEvent, ItemState, Outcome, Tally
from core.work import Work
from register.assessment.answer import Assessment
from register.assessment.assess import assess_facts
from register.assessment.facts import Facts
from register.committee.policy import Proposal, rule
from register.committee.schemas import NewRuling, NewSession, NewVote
from register.intake import service as intake
from register.registration import queries as registrations
from register.registration import service as registration
from register.registration.models import Application
from register.registration.policy import APPLICATION, ApplicationEvent, Route
from register.renewal.cases import facts_of

COMMITTEE = "registration"
_JSON = msgspec.json.Encoder(decimal_format="number")


async def plan(work: Work, new: NewSession) -> PanelSession:
    """Plan a session; Invalid("not-a-member") for who is not in the pool, and as core.panel.plan."""
    pool = {member for member, _ in await people.holders(work.session, Role.COMMITTEE_MEMBER, work.today)}
    if not set(new.members) <= pool:
        raise Invalid("not-a-member", [("members", "not-a-member")])
    quorum = max(rules.committee.quorum for rules in work.rules if rules.covers(work.today))
    return await panel.plan(work, COMMITTEE, new.held_on, new.chair_id, new.members, quorum)


async def put_on_agenda(work: Work, session_id: UUID, application_id: UUID) -> PanelItem:
    """Put a ripe file on the agenda; Refused: `wrong-state` unless it is in review, `second-opinion-needed`."""
    session = await panel.session_of(work, session_id)
    application = await registrations.application(work, application_id)
    _not_own(work, application)
    await intake.require_read_twice(work, application)
    application.state = APPLICATION.after(application.state, ApplicationEvent.LIST)
    item = await panel.list_case(work, session, registration.CASE, application.id)
    work.log("application:list", application, session=str(session.id))
    return item


async def conflicts(work: Work, _kind: str, case_id: UUID, member: UUID) -> list[str]:
    """Why a member may not judge a file: their own, or of somebody at the same board now or in the last five years."""
    application = await work.session.get(Application, case_id)
    if application is None:
        raise NotFound("no-such-application")
    if application.person_id == member:
        return ["own-case"]
    rules = work.rules.chosen(application.register_code.value, work.today)
    since = add_years(work.today, -rules.committee.conflict_years)
    if await registrations.shares_board(work.session, member, application.person_id, since):
        return ["same-board"]
    return []


async def vote(work: Work, item_id: UUID, new: NewVote) -> PanelVote:
    """Vote on a file, as core.panel.vote."""
    item, session = await panel.item_of(work, item_id)
    await _require_may_see(work, item)
    return await panel.vote(work, item, session, person_of(work.actor), new.vote, new.dissent, conflicts)


async def recuse(work: Work, item_id: UUID, ground: str) -> PanelRecusal:
    """Step aside for a file for good."""
    item, _ = await panel.item_of(work, item_id)
    await _require_may_see(work, item)
    return await panel.recuse(work, item, person_of(work.actor), ground)


async def _require_may_see(work: Work, item: PanelItem) -> None:
    """A member who does not sit in the session does not know of the file."""
    actor = work.actor
    seated = isinstance(actor, Actor) and actor.person_id in await panel.seated(work, item.session_id)
    if not seated and not _is_secretary(work):
        raise NotFound("no-such-item")


def _is_secretary(work: Work) -> bool:
    actor = work.actor
    return not isinstance(actor, Actor) or Role.SECRETARY in actor.roles


def _not_own(work: Work, application: Application) -> None:
    actor = work.actor
    if isinstance(actor, Actor) and actor.person_id == application.person_id:
        raise Forbidden("own-case")


@dataclass(frozen=True)
class File:
    """A file as a reader of it finds it today."""

    item: PanelItem
    session: PanelSession
    application: Application
    facts: Facts
    assessment: Assessment


async def read(work: Work, item_id: UUID) -> File:
    """Read a file, with a trace. Forbidden: `recused`, `conflict-of-interest`, `own-case`; NotFound when not seated."""
    item, session = await panel.item_of(work, item_id)
    await _require_may_see(work, item)
    file = await _open(work, item, session)
    _not_own(work, file.application)
    if not _is_secretary(work):
        await panel.require_judge(work, item, person_of(work.actor), conflicts)
    work.log("application:read", None, stream=file.application.stream(), application=str(file.application.id))
    return file


async def proof(work: Work, item_id: UUID, proof_id: UUID) -> StoredFile:
    """The document of a file, for who may read the file."""
    file = await read(work, item_id)
    found = await registration.own_proof(work, file.application.id, proof_id)
    stored = await work.session.get(StoredFile, found.file_id) if found.file_id else None
    if stored is None:
        raise NotFound("no-such-file")
    return stored


async def _open(work: Work, item: PanelItem, session: PanelSession) -> File:
    application = await work.session.get(Application, item.case_id)
    if application is None:
        raise NotFound("no-such-application")
    facts = await facts_of(work, application)
    return File(item, session, application, facts, assess_facts(facts, work.rules))


async def decide(work: Work, item_id: UUID, new: NewRuling) -> tuple[Tally, Decision | None]:
    """Count the votes on a file and take the decision that follows; a tie sends the file back to the next session.

    Refused: `session-not-open`, `no-quorum`, `wrong-state`, `rules-refuse`; Invalid: `unknown-ground`, `level-needed`,
    `decision-incomplete`; Forbidden("own-case").
    """
    item, session = await panel.item_of(work, item_id)
    file = await _open(work, item, session)
    application = file.application
    _not_own(work, application)
    tally = await panel.conclude(work, item, session, ItemEvent.DECIDE)
    if tally.outcome is Outcome.TIE:
        item.state = ItemState.RETURNED
        application.state = APPLICATION.after(application.state, ApplicationEvent.RETURN)
        work.log("application:return", application, session=str(session.id))
        return tally, None
    rules = work.rules.chosen(application.register_code.value, work.today)
    ruling = rule(
        tally.outcome,
        file.assessment,
        Proposal(new.reasons, new.grounds, new.repair, new.level),
        free_form=application.route is Route.FREE_FORM,
        decided_on=work.today,
        years=rules.period_years,
        levels=rules.levels,
    )
    application.state = APPLICATION.after(application.state, ApplicationEvent.DECIDE)
    decision = Decision(
        number=case_number("B", work.today),
        kind=application.kind.value,
        subject_kind=registration.CASE,
        subject_id=application.id,
        person_id=application.person_id,
        register_code=application.register_code.value,
        outcome=Verdict(ruling.outcome.value),
        level=ruling.level,
        due_on=ruling.due_on,
        grounds=" ".join(ruling.grounds),
        reasons=new.reasons,
        repair=new.repair,
        rule_set=file.assessment.rule_set or rules.name,
        facts=facts_as_json(file.facts),
        result=msgspec.json.decode(_JSON.encode(file.assessment.as_dict())),
        taken_by=f"panel_session/{session.id}",
        taken_in=session.id,
        decided_on=work.today,
    )
    await take(work, decision)
    work.log("application:decide", application, decision=str(decision.id))
    return tally, decision


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """Facts as the calculator reads them, so that a decision can be replayed; what is unknown is left out."""
    known: dict[str, Any] = msgspec.json.decode(_JSON.encode(facts))
    return {name: _known(one) for name, one in known.items() if one is not None}


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_known(one) for one in value]
    return value
