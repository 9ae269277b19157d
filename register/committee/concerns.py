"""`/zorgen`: where the public goes with a concern, what the register can do with it, and what it cannot."""

from litestar import get
from litestar.response import Template

from auth.permissions import PUBLIC, Permission
from core.web.http import AnyRequest, WorkDep
from core.web.pages import options, render
from register.committee.measures.policy import GROUNDS, MeasureKind


@get("/zorgen", requires=PUBLIC)
async def concerns(request: AnyRequest, work: WorkDep) -> Template:
    """The way for each kind of concern; nothing is sent from here."""
    house = work.means.settings.house
    grounds = options(sorted(GROUNDS[MeasureKind.STRIKE_OFF]), "ground")
    return render(
        request,
        "public/concerns.html",
        work,
        address=house.email,
        grounds=[said for _code, said in grounds],
        may_rate=work.actor.session_ref is None or work.actor.can(Permission.COURSE_RATE),
    )


HANDLERS = [concerns]
