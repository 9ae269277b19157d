"""The page on which somebody rates what they attended."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from accreditation.rating import queries, service
from accreditation.rating.policy import LEAST, MOST
from accreditation.rating.schemas import NewRating
from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import WorkDep
from core.web.pages import MENDABLE, AnyRequest, label, moved, read, render, typed, undone

HERE = "/mijn/cursussen"
SHOWN = 50


@get(HERE, requires=Permission.COURSE_RATE)
async def mine(request: AnyRequest, work: WorkDep) -> Template:
    """What one attended, and what one thought of it."""
    return await _mine(request, work, Form())


async def _mine(request: AnyRequest, work: Work, form: Form[Any], wrong: UUID | None = None) -> Template:
    shown = []
    for one in await queries.attended(work, SHOWN):
        given = service.view(work, one.rating, one.course) if one.rating else None
        stands = given is not None and work.today > given.change_until
        action = f"{HERE}/{one.run_id}" if given is None else f"{HERE}/{one.run_id}/{given.id}"
        filled = {"stars": str(given.stars), "remark": given.remark} if given else {}
        if given is not None and given.complaint:
            filled["complaint"] = "true"
        shown.append(
            {
                "id": str(one.run_id),
                "course": one.course,
                "provider": one.provider,
                "ended_on": one.ended_on,
                "given": label(given.stars, "stars") if given else "",
                "until": given.change_until if given and not stands else "",
                "version": one.rating.version if one.rating else "",
                "action": "" if stands else action,
                "form": form if one.run_id == wrong else Form(values=filled),
                "open": one.run_id == wrong,
            }
        )
    stars = [(str(n), label(n, "stars")) for n in range(MOST, LEAST - 1, -1)]
    return render(request, "rating/mine.html", work, form=form, runs=shown, stars=stars)


@post(HERE + "/{run_id:uuid}", requires=Permission.COURSE_RATE)
async def rate(request: AnyRequest, work: WorkDep, run_id: FromPath[UUID]) -> Template | Redirect:
    """Rate a run."""
    return await _kept(request, work, run_id, lambda new: service.rate(work, run_id, new))


@post(HERE + "/{run_id:uuid}/{rating_id:uuid}", requires=Permission.COURSE_RATE, if_match=True)
async def change(
    request: AnyRequest, work: WorkDep, run_id: FromPath[UUID], rating_id: FromPath[UUID]
) -> Template | Redirect:
    """Think otherwise."""
    return await _kept(request, work, run_id, lambda new: service.change(work, rating_id, new))


async def _kept(request: AnyRequest, work: Work, run_id: UUID, deed: Any) -> Template | Redirect:
    form = read(NewRating, await typed(request))
    if form.value is None:
        return await _mine(request, work, form, run_id)
    try:
        await deed(form.value)
    except MENDABLE as error:
        return await _mine(request, work, await undone(work, form, error), run_id)
    return moved(HERE, "course-rated")


HANDLERS = [mine, rate, change]
