"""What is kept of oneself as JSON, and all of it to take away."""

from litestar import Router, get

from auth.permissions import SIGNED_IN
from core.web.http import WorkDep
from register.office.personal_data import service
from register.office.personal_data.service import KeptView, Package


@get("/profile/kept", requires=SIGNED_IN, tags=["people"])
async def own(work: WorkDep) -> KeptView:
    """How much is kept of oneself on each subject, and until when."""
    return await service.own(work)


@get("/profile/package", requires=SIGNED_IN, tags=["people"])
async def package(work: WorkDep) -> Package:
    """Everything that is kept of oneself, by subject and table (AVG 15 and 20)."""
    return await service.package(work)


ROUTES = Router("/", route_handlers=[own, package])
