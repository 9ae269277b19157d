"""The page on which somebody rates what they attended."""

from typing import Any

from litestar import get
from litestar.response import Template

from accreditation.rating import queries, service
from accreditation.rating.policy import LEAST, MOST
from accreditation.rating.schemas import NewRating
from auth.permissions import Permission
from core.store.work import Work
from core.web.forms import Form
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from core.web.submissions import Forms

HERE = "/mijn/cursussen"
SHOWN = 50


@get(HERE, requires=Permission.COURSE_RATE)
async def mine(request: AnyRequest, work: WorkDep) -> Template:
    """What one attended, and what one thought of it."""
    return await _mine(request, work, Form())


async def _mine(request: AnyRequest, work: Work, form: Form[Any]) -> Template:
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
                "form": form if form.at == action else Form(values=filled),
            }
        )
    stars = [(str(n), label(n, "stars")) for n in range(MOST, LEAST - 1, -1)]
    return render(request, "rating/mine.html", work, form=form, runs=shown, stars=stars)


on_run = Forms(HERE, lambda request, work, *more: _mine(request, work, more[-1]))
rate = on_run("/{run_id:uuid}", Permission.COURSE_RATE, NewRating, service.rate, "course-rated")
change = on_run(
    "/{run_id:uuid}/{rating_id:uuid}",
    Permission.COURSE_RATE,
    NewRating,
    lambda work, run_id, rating_id, new: service.change(work, rating_id, new),
    "course-rated",
    if_match=True,
)

HANDLERS = [mine, rate, change]
