"""The start page of the office, the administrator and the auditor: where they may go, and what waits there."""

from typing import Any

from litestar import get
from litestar.response import Template

from auth import roles
from auth.permissions import Permission
from core.store.work import Work
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, render
from register.notification import announcing, case_letters
from register.office import jobs, outbox
from register.office.calendar_pages import unknown_years
from register.office.proposals import service as two_persons
from register.office.renaming import service as renaming

HERE = "/kantoor"


@get(HERE, requires=Permission.OFFICE_READ)
async def start(request: AnyRequest, work: WorkDep) -> Template:
    """What waits, and every room of the office."""
    return render(request, "office/start.html", work, rooms=[room for room in await _rooms(work) if room["open"]])


async def _rooms(work: Work) -> list[dict[str, Any]]:
    can = work.actor.can
    posts = await announcing.waiting_count(work) if can(Permission.POST_SEND) else 0
    posts += await case_letters.waiting_count(work) if can(Permission.POST_SEND) else 0
    failed = (await outbox.counts(work))[outbox.Stand.FAILED] if can(Permission.OUTBOX_KEEP) else 0
    proposed = await roles.to_sign_count(work)
    two = await two_persons.to_sign_count(work) if two_persons.mine(work) else 0
    names = len(await renaming.waiting(work)) if can(Permission.PERSON_KEEP) else 0
    unknown = unknown_years(work)
    return [
        _room(
            "/kantoor/personen",
            _("Personen"),
            _("Zoek iemand op, scherm gegevens af, meld een overlijden, voeg dubbele personen samen."),
            can(Permission.PERSON_FIND),
        ),
        _room(
            "/kantoor/namen",
            _("Namen"),
            _("Bevestig of weiger een andere naam van wie geregistreerd is of was."),
            can(Permission.PERSON_KEEP),
            _("{n} te bevestigen", n=names) if names else "",
        ),
        _room(
            "/voorstellen",
            _("Voorstellen"),
            _("Lees wat een collega voorstelt, en teken of wijs het af."),
            bool(two_persons.mine(work)),
            _("{n} te ondertekenen", n=two) if two else "",
        ),
        _room(
            "/kantoor/post",
            _("Post"),
            _("Druk brieven af en noteer wanneer zij op de post gingen."),
            can(Permission.POST_SEND),
            _("{n} te versturen", n=posts) if posts else "",
        ),
        _room(
            "/kantoor/uitgaand",
            _("Uitgaande berichten"),
            _("Zie wat wacht, wat verstuurd is en wat mislukte, en probeer het opnieuw."),
            can(Permission.OUTBOX_KEEP),
            _("{n} mislukt", n=failed) if failed else "",
        ),
        _room(
            "/accreditatie/aanbieders",
            _("Toegelaten aanbieders"),
            _("Zie wie is toegelaten, en stel een schorsing of intrekking voor; een tweede persoon tekent."),
            can(Permission.PROVIDER_ADMIT),
        ),
        _room(
            "/presentie-controle",
            _("Presentie nakijken"),
            _("Beoordeel meldingen van deelname die niet vanzelf tellen."),
            can(Permission.ATTENDANCE_JUDGE),
        ),
        _room(
            "/beheer/rollen",
            _("Functies"),
            _("Geef iemand een functie of neem die terug; een tweede persoon tekent."),
            can(Permission.ROLE_READ),
            _("{n} te ondertekenen", n=proposed) if proposed else "",
        ),
        _room(
            "/logboek",
            _("Logboek"),
            _("Lees wat er in het register is gedaan, door wie en wanneer."),
            can(Permission.TRAIL_READ),
        ),
        _room("/kantoor/regels", _("Regels"), _("Lees welke normen gelden, golden en gaan gelden."), True),
        _room(
            "/kantoor/kalender",
            _("Kalender"),
            _("Zie op welke dagen geen termijn eindigt, en waarom."),
            True,
            _("Van {years} zijn de dagen nog niet bekend", years=", ".join(map(str, unknown))) if unknown else "",
        ),
        _room("/kantoor/tarieven", _("Tarieven"), _("Zie met welke bedragen wordt gerekend, en hun bron."), True),
        _room(
            "/kantoor/gewist", _("Gewist"), _("Zie hoeveel is gewist omdat de termijn voorbij was, en wanneer."), True
        ),
        _room(
            "/kantoor/cijfers",
            _("Het verloop"),
            _("Zie per kwartaal wie geregistreerd was, en hoeveel besluiten op tijd kwamen."),
            can(Permission.STATISTICS_READ),
        ),
        _room(
            "/kantoor/taken",
            _("Dagelijkse taken"),
            _("Zie of de taken van vandaag zijn gedaan, wat zij deden, en of er mail bleef liggen."),
            True,
            _("vandaag nog niet gedaan") if jobs.is_overdue(work, await jobs.runs(work)) else "",
        ),
        _room("/cijfers", _("Cijfers"), _("Zie hoeveel mensen waar staan, op elke dag die u kiest."), True),
    ]


def _room(href: str, title: str, about: str, is_open: bool, waits: str = "") -> dict[str, Any]:
    return {"href": href, "title": title, "about": about, "open": is_open, "waits": waits}


HANDLERS = [start]
