"""Asking an applicant for a view before a refusal that rests on other facts than theirs (Awb 4:7), and answering it."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select

from auth import queries as people
from auth.actor import Actor, person_of
from auth.permissions import Permission
from core import agenda
from core.errors import Forbidden, NotFound, Refused
from core.law.articles import ARTICLES
from core.law.heard import answered
from core.law.term_run import Term, run
from core.panel.sessions import digest_of_text
from core.proposals import Proposal
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from register.applications.service import others_application
from register.committee import filed_views
from register.committee.doubts.models import Doubt
from register.committee.doubts.policy import Unheard, is_heard, require_heard, require_raisable
from register.committee.doubts.schemas import NewDoubt
from register.committee.filed_views import FiledView
from register.committee.grounds import library
from register.entries.models import Application
from register.entries.policy import ApplicationState

CASE, HEAR = "application-doubt", "hear"
OPEN = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.ON_AGENDA})
"""While an application waits to be decided, and is not with its applicant to be completed."""


async def raise_doubt(work: Work, application_id: UUID, new: NewDoubt) -> Doubt:
    """Tell an applicant what differs from what they said, and until when they may say what they think of it.

    Refused: `wrong-state`, `doubt-runs`; Forbidden("own-case"); Invalid as policy.require_raisable.
    """
    application = await others_application(work, application_id)
    if application.state not in OPEN:
        raise Refused("wrong-state", state=application.state.value)
    require_raisable(new.grounds, library.heard_first(), new.unheard or "", new.unheard_reasons)
    if any(not is_heard(each, work.today) for each in await doubts_of(work, application.id)):
        raise Refused("doubt-runs")
    length = work.rules.chosen(application.register_code.value, work.today).terms["hearing"]
    term = Term(length.length, length.unit, ARTICLES[CASE, HEAR], length.rolled)
    row = Doubt(
        application_id=application.id,
        person_id=application.person_id,
        number=application.number,
        grounds=list(dict.fromkeys(new.grounds)),
        differs=new.differs,
        raised_on=work.today,
        until_on=work.today if new.unheard else run(work.today, term, work.calendar).last_day,
        unheard=new.unheard or "",
        unheard_reasons=new.unheard_reasons,
    )
    work.add(row)
    await work.flush()
    about = str(application.id)
    work.log(
        "application:doubt", row, application=about, grounds=row.grounds, until_on=row.until_on, unheard=row.unheard
    )
    if not row.unheard:
        register = application.register_code.value
        await agenda.expect(work, CASE, row.id, HEAR, role="professional", due_on=row.until_on, register=register)
        await _tell(work, row, application)
    return row


async def _tell(work: Work, row: Doubt, application: Application) -> None:
    person = await people.person(work.session, row.person_id)
    said = "; ".join(SAID.label(code, "ground", "nl") for code in row.grounds)
    work.send(
        "application-doubt",
        address=person.email,
        subject=f"Wij horen graag wat u ervan vindt: uw aanvraag {row.number}",
        body=f"Wij vonden gegevens die anders zijn dan wat u bij uw aanvraag {row.number} gaf ({said}).\n"
        f"Als dat zo blijft, kan de commissie uw aanvraag daarom afwijzen. Lees wat wij vonden op\n"
        f"{work.means.settings.address}/zienswijzen/{row.id}.\n"
        f"U kunt tot en met {day(row.until_on, 'nl')} zeggen wat u ervan vindt, schriftelijk of mondeling. Daarna\n"
        "beslist de commissie.\n",
        person_id=person.id,
        about=application,
    )


async def doubts_of(work: Work, application_id: UUID) -> Sequence[Doubt]:
    """What was raised on an application, oldest first."""
    wanted = select(Doubt).where(Doubt.application_id == application_id)
    return (await work.session.exec(wanted.order_by(col(Doubt.id)))).all()


async def own_running(work: Work) -> Sequence[Doubt]:
    """What waits for a view of the actor."""
    wanted = select(Doubt).where(
        Doubt.person_id == person_of(work.actor),
        Doubt.view == "",
        Doubt.unheard == "",
        col(Doubt.until_on) >= work.today,
    )
    return (await work.session.exec(wanted.order_by(col(Doubt.id)))).all()


async def doubt(work: Work, id: UUID) -> Doubt:
    """One's own, or any for who handles applications; NotFound("no-such-doubt")."""
    row = await work.session.get(Doubt, id)
    own = row is not None and isinstance(work.actor, Actor) and work.actor.person_id == row.person_id
    if row is None or not (own or work.actor.can(Permission.APPLICATION_ADMIT)):
        raise NotFound("no-such-doubt")
    if not own:
        work.looked("application:read", stream=row.stream(), application=str(row.application_id))
    return row


async def say(work: Work, id: UUID, view: str) -> Doubt:
    """What the applicant themselves says; Forbidden("party-acts-only"), Refused("wrong-state") once it is decided."""
    row = await doubt(work, id)
    work.expect(row)
    filed_views.require_own(work, row.person_id)
    return await record(work, id, view)


async def file_view(work: Work, id: UUID, new: FiledView) -> Proposal:
    """Write down what the applicant said on paper or by telephone, for a colleague to read and sign (Awb 4:9)."""
    row = await doubt(work, id)
    work.expect(row)
    if isinstance(work.actor, Actor) and work.actor.person_id == row.person_id:
        raise Forbidden("own-case")
    return await filed_views.propose(work, FILED, row.id, row.person_id, new)


async def record(work: Work, id: UUID, view: str) -> Doubt:
    """Add to what was said: by the applicant, or by two who read it."""
    row = await doubt(work, id)
    await _open_for(work, id)
    row.view, row.viewed_on = f"{row.view}\n\n{view}".strip(), work.today
    work.log("application:view", row, sha256=digest_of_text(row.view))
    await agenda.done(work, row.id, HEAR)
    return row


async def _open_for(work: Work, id: UUID) -> tuple[UUID, str]:
    row = await doubt(work, id)
    application = await work.session.get_one(Application, row.application_id)
    if application.state not in OPEN or row.unheard:
        raise Refused("wrong-state", state=application.state.value)
    return row.person_id, row.number


FILED = filed_views.deed("application-view", _open_for, record)


async def heard(work: Work, application: Application, grounds: Collection[str], answer: str) -> str:
    """What a refusal on these grounds says of the hearing, to go after its reasons: each view with its answer.

    Refused as policy.require_heard; Invalid("view-unanswered") (Awb 3:46).
    """
    doubts = await doubts_of(work, application.id)
    require_heard(grounds, library.heard_first(), doubts, work.today)
    views = [each.view for each in doubts if each.view and set(each.grounds) & set(grounds)]
    said = answered(views, answer)
    for each in doubts:
        if each.unheard and set(each.grounds) & set(grounds):
            said += f"\nWij hoorden u hierover niet vooraf: {UNHEARD[Unheard(each.unheard)]}. {each.unheard_reasons}"
    return said


UNHEARD = {
    Unheard.URGENT: "het kon niet wachten",
    Unheard.HEARD_BEFORE: "u kon er al eerder uw mening over geven, en er is niets nieuws",
    Unheard.PURPOSE: "het doel van het besluit liet dat niet toe",
}
"""The grounds of Awb 4:11, as a letter says them."""
