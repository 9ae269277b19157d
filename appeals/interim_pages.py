"""For who cannot wait for a decision: what an objection does not do by itself, whom one asks here, and which court."""

from litestar import get
from litestar.response import Template

from appeals.disputes.telling_interim import court
from auth.permissions import PUBLIC
from core.law.articles import ARTICLES, in_register
from core.law.articles import PUBLIC as PUBLIC_BODY
from core.store.work import Work
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render


@get("/schorsing", requires=PUBLIC)
async def suspending(request: AnyRequest, work: WorkDep) -> Template:
    """How one asks to suspend a decision, here and at the court of each register (compare Awb 6:16, 8:81)."""
    registers = sorted(work.rules.registers())
    return render(
        request,
        "disputes/suspending.html",
        work,
        courts=[(label(register, "register"), _court(work, register)) for register in registers],
        basis=[(label(one, "register"), in_register(work, one, ARTICLES["objection", "interim"])) for one in registers],
    )


def _court(work: Work, register: str) -> str:
    public = work.rules.chosen(register, work.today).switches[PUBLIC_BODY]
    return court(work.means.settings.house, public=public)


HANDLERS = [suspending]
