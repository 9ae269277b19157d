"""What the frame around a page shows of who is signed in: the name, and where one may go."""

from typing import Any

from litestar import Request

from auth import queries as people
from auth.actor import Actor
from auth.permissions import SIGNED_IN, Permission
from core.store.work import Work
from core.web.asgi import is_api
from core.web.pages import _
from register.notification.remedies import to_read

HOMES = frozenset({"/begin", "/mijn", "/aanbieder"})
"""Where one lands: a decision against somebody stands above whatever else waits there."""


async def before(request: Request[Any, Any, Any]) -> None:
    """Find the name, and at home what was decided, once: a handler that is undone later finds them too."""
    work: Work | None = request.scope["state"].get("work")
    if work is None or not isinstance(work.actor, Actor) or is_api(request.scope["path"]):
        return
    request.scope["state"]["name"] = (await people.person(work.session, work.actor.person_id)).full_name()
    if request.scope["path"] in HOMES:
        request.scope["state"]["to_read"] = await to_read(work)


FIRST = frozenset(
    {
        "/begin",
        "/mijn",
        "/mijn/portfolio",
        "/mijn/berichten",
        "/werk",
        "/zittingen",
        "/waarderen",
        "/accreditatie",
        "/accreditatie/zittingen",
        "/aanbieder",
        "/presentie",
        "/bezwaren",
        "/bestuur",
        "/kantoor",
        "/kantoor/personen",
        "/beheer/rollen",
        "/logboek",
    }
)
"""What people come for most: these stand in the menu itself, the rest behind one word."""
FITS = 7
"""As many rooms as stand on one line; whoever has no more sees them all."""


def navigation(work: Work, path: str) -> list[dict[str, Any]]:
    """The rooms that this actor may enter, with the one where they are; `first`: in the menu itself."""
    rooms = [
        ("/begin", _("Begin"), SIGNED_IN),
        ("/mijn", _("Mijn register"), Permission.APPLICATION_READ_OWN),
        ("/mijn/portfolio", _("Mijn portfolio"), Permission.PORTFOLIO_READ_OWN),
        ("/bestuur", _("Ons personeel"), Permission.STAFF_READ),
        ("/mijn/cursussen", _("Mijn cursussen"), Permission.COURSE_RATE),
        ("/waarderingsgesprekken", _("Waarderingsgesprekken"), Permission.PORTFOLIO_KEEP),
        ("/presentie", _("Presentie"), Permission.ATTENDANCE_REPORT),
        ("/mijn/aanstellingen", _("Aanstellingen"), Permission.APPOINTMENT_KEEP),
        ("/werk", _("Wat er wacht"), Permission.WORK_READ),
        ("/secretariaat", _("Aanvragen en besluiten"), Permission.WORKLIST_READ),
        ("/presentie-controle", _("Presentie nakijken"), Permission.ATTENDANCE_JUDGE),
        ("/zittingen", _("Zittingen"), Permission.SESSION_READ),
        ("/maatregelen", _("Maatregelen"), Permission.MEASURE_PROPOSE),
        ("/heroverwegingen", _("Heroverwegingen"), Permission.WORKLIST_READ),
        ("/maatregelen", _("Te ondertekenen"), Permission.MEASURE_SIGN),
        ("/correcties", _("Correcties"), Permission.MEASURE_PROPOSE),
        ("/correcties", _("Te corrigeren"), Permission.MEASURE_SIGN),
        ("/kantoor", _("Kantoor"), Permission.OFFICE_READ),
        ("/kantoor/personen", _("Personen"), Permission.PERSON_FIND),
        ("/voorstellen", _("Voorstellen"), Permission.PERSON_KEEP),
        ("/voorstellen", _("Voorstellen"), Permission.PROVIDER_ADMIT),
        ("/voorstellen", _("Voorstellen"), Permission.OBJECTION_HANDLE),
        ("/voorstellen", _("Voorstellen"), Permission.APPEAL_HANDLE),
        ("/kantoor/post", _("Post"), Permission.POST_SEND),
        ("/logboek", _("Logboek"), Permission.TRAIL_READ),
        ("/beheer/rollen", _("Functies"), Permission.ROLE_READ),
        ("/waarderen", _("Waarderen"), Permission.ENTRY_VALUE),
        ("/waarderingsgesprekken", _("Waarderingsgesprekken"), Permission.ENTRY_VALUE),
        ("/waarderingsgesprekken", _("Waarderingsgesprekken"), Permission.DIALOGUE_PLAN),
        ("/bezwaren", _("Bezwaar en beroep"), SIGNED_IN),
        ("/uitspraken", _("Uitspraken"), Permission.LIBRARY_READ),
        ("/aanbieder", _("Mijn aanbieders"), Permission.PROVIDER_KEEP),
        ("/accreditatie", _("Accreditatie"), Permission.COURSE_ASSESS),
        ("/accreditatie/instellingen", _("Instellingsaccreditatie"), Permission.COURSE_ASSESS),
        ("/controles", _("Verificatieaudits"), Permission.AUDIT_KEEP),
        ("/controles", _("Verificatieaudits"), Permission.AUDIT_DO),
        ("/controles", _("Verificatieaudits"), Permission.PROVIDER_KEEP),
        ("/accreditatie/zittingen", _("Accreditatiezittingen"), Permission.COURSE_VOTE),
        ("/mijn/gegevens", _("Mijn gegevens"), SIGNED_IN),
        ("/mijn/berichten", _("Berichten"), SIGNED_IN),
    ]
    open_rooms = list({href: (href, said) for href, said, permission in rooms if work.actor.can(permission)}.values())
    inside = [href for href, _said in open_rooms if path == href or path.startswith(f"{href}/")]
    here = max(inside, key=len, default="")
    few = len(open_rooms) <= FITS
    return [
        {"href": href, "label": said, "current": href == here, "first": few or href in FIRST or href == here}
        for href, said in open_rooms
    ]
