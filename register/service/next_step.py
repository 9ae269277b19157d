"""The one thing that somebody can best do now, the most pressing first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from auth.actor import person_of
from core.law.days import add_months
from core.store.work import Work
from core.texts import day_time
from core.web.pages import _
from register.committee.doubts.models import Doubt
from register.committee.measures.models import Measure
from register.committee.measures.policy import MeasureState, limit_of
from register.entries.models import Application, CompletionRequest, Registration
from register.entries.policy import ENDED, MAY_ASK, ApplicationKind, ApplicationState, Status
from register.portfolio.dialogue.models import ValuationDialogue
from register.portfolio.dialogue.policy import DialogueState
from register.portfolio.models import PortfolioEntry

SOON_MONTHS = 6
"""From so long before the day by which one asks, asking comes first."""


@dataclass(frozen=True)
class Standing:
    """Everything of one's own that a next step may follow from, as it is today."""

    work: Work
    registrations: Sequence[Registration]
    applications: Sequence[Application]
    measures: Sequence[Measure] = ()
    lacking: CompletionRequest | None = None
    card: Mapping[str, Any] | None = None
    to_ask: Sequence[PortfolioEntry] = ()
    """Activities that are valued in a talk, of which none was asked."""
    to_prepare: Sequence[ValuationDialogue] = ()
    """Talks of which the preparation came back."""
    to_hold: Sequence[ValuationDialogue] = ()
    """Talks with somebody else at which one is the colleague or the assessor, the first one first."""
    doubted: Sequence[Doubt] = ()
    """Facts of an application that differ from one's own, and on which one is heard."""
    said_of_me: int = 0
    """How many appointments wait for one's word."""


def next_step(now: Standing) -> dict[str, Any] | None:
    """What to do, why, and by which day; None when nothing waits for one. What was decided stands above it."""
    first = _to_say(now) or _to_finish(now) or _to_confirm(now) or _to_prepare(now)
    first = first or _to_account(now)
    return first or _to_ask(now) or _to_talk(now) or _to_renew(now) or _to_hold(now) or _to_fill(now)


def may_apply(row: Registration, asked: Sequence[Application]) -> bool:
    """Whether a registration may be asked for this entry."""
    open_already = any(each.registration_id == row.id and each.state not in ENDED for each in asked)
    return not open_already and row.status in MAY_ASK[ApplicationKind.REGISTRATION]


def apply_by(work: Work, row: Registration) -> date | None:
    """The last day to ask for a renewal as advised; under conditions, before the committee may let it lapse."""
    if row.due_on is None or row.status not in MAY_ASK[ApplicationKind.REREGISTRATION]:
        return None
    rules = work.rules.chosen(row.register_code.value, work.today)
    if row.status is Status.CONDITIONAL:
        return limit_of(row.due_on, rules.conditional_months)
    return add_months(row.due_on, -rules.apply_before_due_months)


def ask_before(work: Work, row: Registration) -> date | None:
    """The last day to ask that is still to come: as advised, after that the due date; None when both are past."""
    days = (apply_by(work, row), row.due_on if row.status in MAY_ASK[ApplicationKind.REREGISTRATION] else None)
    return next((day for day in days if day is not None and day >= work.today), None)


def is_advice(work: Work, row: Registration, day: date | None) -> bool:
    """Whether that day is the advised one: who asks after it is late, and in time."""
    return day is not None and row.status is not Status.CONDITIONAL and day == apply_by(work, row)


def _to_say(now: Standing) -> dict[str, Any] | None:
    """A measure, or a refusal on other facts than one's own, is intended: one is heard first (Awb 4:7, 4:8)."""
    for row in now.measures:
        if row.state is MeasureState.INTENDED:
            text = _(
                "Het register is van plan een besluit over uw registratie te nemen. U mag eerst zeggen wat u vindt."
            )
            href, said = f"/maatregelen/{row.id}", _("Lees wat er speelt")
            return _step(_("Geef uw zienswijze"), text, href, said, tone="bad", due_on=row.hearing_until)
    for doubt in now.doubted:
        text = _("Wij vonden gegevens die anders zijn dan wat u bij uw aanvraag gaf. U mag eerst zeggen wat u vindt.")
        title, href = _("Geef uw zienswijze"), f"/zienswijzen/{doubt.id}"
        return _step(title, text, href, _("Lees wat er speelt"), tone="bad", due_on=doubt.until_on)
    return None


def _to_finish(now: Standing) -> dict[str, Any] | None:
    for row in now.applications:
        here = f"/mijn/aanvragen/{row.id}"
        if row.state is ApplicationState.INCOMPLETE:
            text, until = _("De secretaris mist nog iets. Vul het aan, dan gaat de behandeling verder."), None
            if now.lacking is not None and now.lacking.application_id == row.id:
                until = now.lacking.until_on
            return _step(_("Vul uw aanvraag aan"), text, here, _("Naar de aanvraag"), tone="warn", due_on=until)
        if row.state is ApplicationState.DRAFT:
            text = _("Beantwoord wat nog open staat en dien de aanvraag in.")
            return _step(_("Maak uw aanvraag af"), text, f"{here}/verder", _("Verder met de aanvraag"))
    return None


def _to_ask(now: Standing) -> dict[str, Any] | None:
    for row in now.registrations:
        if not may_apply(row, now.applications):
            continue
        title, href = _("Vraag uw registratie aan"), "/mijn/aanvragen/nieuw"
        if row.status is Status.IN_TRAINING:
            text = _("U volgt de opleiding. Vraag registratie aan zodra u uw diploma hebt.")
            return _step(title, text, href, _("Registratie aanvragen"), due_on=row.due_on)
        if row.status is Status.ENROLLED:
            text = _("U bent ingeschreven. Met een diploma of certificaat vraagt u de registratie aan.")
        else:
            text = _("U staat niet meer in het register. Wilt u terug, vraag dan opnieuw registratie aan.")
        return _step(title, text, href, _("Registratie aanvragen"))
    return None


def _to_confirm(now: Standing) -> dict[str, Any] | None:
    """What a board says of one's post stands in the register once its holder confirms it (po-bestuur)."""
    if not now.said_of_me:
        return None
    text = _("Uw bestuur gaf iets door over uw baan. Het komt pas in het register als u zegt dat het klopt.")
    return _step(_("Zeg of uw aanstelling klopt"), text, "/mijn/aanstellingen", _("Naar de aanstelling"), tone="warn")


def _to_prepare(now: Standing) -> dict[str, Any] | None:
    for row in now.to_prepare:
        text = _("De secretaris stuurde uw voorbereiding terug. Het gesprek wordt gepland als u haar hebt aangevuld.")
        title, href = _("Vul uw voorbereiding aan"), f"/waarderingsgesprekken/{row.id}"
        return _step(title, text, href, _("Naar het gesprek"), tone="warn")
    return None


def _to_account(now: Standing) -> dict[str, Any] | None:
    """A talk was held, and its owner waits for what the colleague heard, or for the assessor's points."""
    for row in now.to_hold:
        if row.held_at is None or row.held_at > now.work.now:
            continue
        peer = row.state is DialogueState.PLANNED and row.peer_id == person_of(now.work.actor)
        if peer or row.state is DialogueState.TOLD:
            title = _("Vertel wat u hoorde") if peer else _("Waardeer het gesprek")
            text = _("Het waarderingsgesprek van {at} is geweest. Degene die het aanvroeg wacht op u.", at=_at(row))
            return _step(title, text, f"/waarderingsgesprekken/{row.id}", _("Naar het gesprek"), tone="warn")
    return None


def _to_hold(now: Standing) -> dict[str, Any] | None:
    for row in now.to_hold:
        if row.held_at is not None and row.held_at > now.work.now:
            text = _("U bent gevraagd bij een waarderingsgesprek op {at}.", at=_at(row))
            href = f"/waarderingsgesprekken/{row.id}"
            return _step(_("Bereid uw waarderingsgesprek voor"), text, href, _("Naar het gesprek"))
    return None


def _at(row: ValuationDialogue) -> str:
    return day_time(row.held_at) if row.held_at else ""


def _to_talk(now: Standing) -> dict[str, Any] | None:
    for entry in now.to_ask:
        text = _("{title} wordt gewaardeerd in een gesprek, dat u zelf aanvraagt.", title=entry.title)
        href = f"/waarderingsgesprekken?activiteit={entry.id}"
        return _step(_("Vraag uw waarderingsgesprek aan"), text, href, _("Vraag het gesprek aan"))
    return None


def _renewing(now: Standing) -> bool:
    return any(each.kind is ApplicationKind.REREGISTRATION and each.state not in ENDED for each in now.applications)


def renewal_waits(now: Standing, row: Registration) -> bool:
    """Whether the renewal of this entry was handed in and is not decided yet."""
    unsent = {*ENDED, ApplicationState.DRAFT}
    asked = [each for each in now.applications if each.registration_id == row.id and each.state not in unsent]
    return any(each.kind is ApplicationKind.REREGISTRATION for each in asked)


def _to_renew(now: Standing) -> dict[str, Any] | None:
    """The end is near or past: ask, or first fill what the rules would refuse for."""
    if _renewing(now):
        return None
    for row in now.registrations:
        by = apply_by(now.work, row)
        if by is None or by > add_months(now.work.today, SOON_MONTHS):
            continue
        past = row.status is Status.CONDITIONAL or by < now.work.today
        until = ask_before(now.work, row)
        advised = is_advice(now.work, row, until)
        dated: dict[str, Any] = {"tone": "bad" if past else "warn", "due_on": until, "advised": advised}
        ending = _("Uw einddatum is voorbij. Bent u te laat, dan kan de commissie uw registratie laten vervallen.")
        why = [ending] if row.status is Status.CONDITIONAL else []
        register = row.register_code.value
        if now.card and now.card["register"] == register and now.card["missing"]:
            why.insert(0, _("Nog nodig: {what}.", what="; ".join(now.card["missing"])))
            if row.status in MAY_ASK[ApplicationKind.POSTPONEMENT]:
                why.append(_("Lukt dat niet op tijd door ziekte of iets anders? Vraag dan uitstel aan."))
            title = _("Vul uw portfolio aan en vraag herregistratie aan")
            return _step(title, " ".join(why), now.card["href"], _("Naar het portfolio"), **dated)
        text, href = _("Uw portfolio gaat als bewijs mee."), f"/mijn/herregistratie?register={register}"
        title, said = _("Vraag herregistratie aan"), _("Herregistratie aanvragen")
        return _step(title, " ".join([text, *why]), href, said, **dated)
    return None


def _to_fill(now: Standing) -> dict[str, Any] | None:
    if now.card is None or not now.card["missing"] or _renewing(now):
        return None
    text = _("Er ontbreekt nog iets voor de volgende herregistratie.")
    return _step(_("Vul uw portfolio aan"), text, now.card["href"], _("Naar het portfolio"))


def _step(
    title: str,
    text: str,
    href: str,
    said: str,
    *,
    tone: str = "",
    due_on: date | None = None,
    advised: bool = False,
) -> dict[str, Any]:
    """`advised`: after its day it is late and may still be done."""
    told = {"title": title, "text": text, "href": href, "label": said, "tone": tone}
    return {**told, "due_on": due_on, "advised": advised}
