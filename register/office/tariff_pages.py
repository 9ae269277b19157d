"""The tariffs on a page: each figure with its article, from when it holds, its source and the day it was noted."""

from litestar import get
from litestar.response import Template

from auth.permissions import Permission
from core.web.http import AnyRequest, WorkDep
from core.web.pages import label, render
from register.rules.figures import in_words

HERE = "/kantoor/tarieven"


@get(HERE, requires=Permission.OFFICE_READ)
async def tariffs(request: AnyRequest, work: WorkDep) -> Template:
    """Every figure that this installation works with, those that ship and its own."""
    settings = work.means.settings
    tariffs = sorted(settings.rates.rows, key=lambda row: (row.what, row.valid_from))
    caos = [(label(name, "cao"), [in_words(row) for row in cao.rows]) for name, cao in settings.caos.items()]
    return render(request, "office/tariffs.html", work, rows=[in_words(row) for row in tariffs], caos=caos)


HANDLERS = [tariffs]
