"""What an applicant is told of the day on which will be decided: that it moved, and that it was not made."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from auth import queries as people
from core.law.days import previous_day
from core.store.work import Work
from core.texts import day
from register.entries.models import Application
from register.entries.policy import ApplicationState

AT_ONCE = 100
UNDECIDED = frozenset({ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.ON_AGENDA})


async def tell_due(work: Work, application: Application) -> None:
    """Tell of another last day than was told, because the term stood still for a completion (Awb 4:15).

    Nothing is promised on a day that has passed: `tell_late` says that, as of any other.
    """
    due_on = application.decision_due_on
    if application.told_due_on in {None, due_on} or due_on is None or due_on < work.today:
        return
    await _tell(
        work,
        application,
        "application-due",
        f"Een andere dag voor het besluit op {application.number}",
        "Zolang uw aanvraag moet worden aangevuld, staat de termijn stil.\n"
        f"U krijgt uiterlijk op {day(due_on, 'nl')} een besluit.\n"
        f"Eerder noemden wij {day(application.told_due_on, 'nl')}.\n",
    )
    application.told_due_on, application.late_told_on = due_on, None


def overdue(on: date) -> SelectOfScalar[Application]:
    """Where the day to decide went by before a day, and the applicant was not told."""
    return select(Application).where(
        col(Application.state).in_(UNDECIDED),
        col(Application.decision_due_on) < on,
        col(Application.late_told_on).is_(None),
    )


async def tell_late(work: Work, on: date) -> int:
    """Tell that it was not decided in time, and what one can do (Awb 4:14, 6:12); how many, a hundred at most."""
    rows = (await work.session.exec(overdue(on).order_by(col(Application.id)).limit(AT_ONCE))).all()
    for application in rows:
        application.late_told_on = on
        await _tell(
            work,
            application,
            "application-late",
            f"Het besluit op uw aanvraag {application.number} is te laat",
            f"Wij hadden uiterlijk op {day(application.decision_due_on, 'nl')} moeten besluiten. Dat is niet gelukt.\n"
            "Wij besluiten zo snel mogelijk. U kunt ons schriftelijk vragen om alsnog binnen twee weken te besluiten\n"
            "(een ingebrekestelling). Dat kan op de pagina van uw aanvraag. Doen wij dat niet, dan kunt u daartegen\n"
            "beroep instellen.\n",
        )
        work.log("application:tell-late", application, due_on=application.decision_due_on)
    return len(rows)


async def tell_notice(work: Work, application: Application, received_on: date, from_on: date) -> None:
    """Confirm a notice of default, with the last of the two weeks and what one can do then (Awb 4:17(3), 6:12)."""
    await _tell(
        work,
        application,
        "application-notice",
        f"Uw ingebrekestelling over {application.number} is ontvangen",
        f"Wij ontvingen uw ingebrekestelling op {day(received_on, 'nl')}.\n"
        f"Besluiten wij niet uiterlijk op {day(previous_day(from_on), 'nl')}, dan kunt u vanaf {day(from_on, 'nl')} "
        "beroep instellen\n"
        f"tegen het niet op tijd beslissen. Noem daarbij uw aanvraag: {application.number}.\n",
    )


async def tell_set(work: Work, application: Application, until: date) -> None:
    """Tell until when must be decided by the ruling on an appeal against silence."""
    await _tell(
        work,
        application,
        "application-set",
        f"Een dag voor het besluit op {application.number}",
        f"De Commissie van Beroep heeft bepaald dat wij alsnog op uw aanvraag moeten besluiten. U krijgt uiterlijk op\n"
        f"{day(until, 'nl')} een besluit.\n",
    )


async def tell_sent_on(work: Work, application: Application, sent_to: str) -> None:
    """Tell to whom it was sent on, when it came in here, and that nothing follows from us (Awb 2:3)."""
    await _tell(
        work,
        application,
        "application-sent-on",
        f"Uw aanvraag {application.number} is doorgestuurd",
        f"U vroeg dit bij ons aan, en wij ontvingen het op {day(application.received_on, 'nl')}. Niet wij, maar een\n"
        f"ander gaat hierover: {sent_to}.\n"
        f"Wij stuurden uw aanvraag met alle bewijsstukken op {day(work.today, 'nl')} daarheen, met de dag van\n"
        "ontvangst.\n"
        "U krijgt van ons dus geen besluit. Denkt u dat wij hier wel over gaan? Laat het ons dan weten, of vraag het\n"
        "opnieuw aan.\n",
    )


async def _tell(work: Work, application: Application, topic: str, subject: str, body: str) -> None:
    person = await people.person(work.session, application.person_id)
    work.send(topic, address=person.email, subject=subject, body=body, person_id=person.id, about=application)
