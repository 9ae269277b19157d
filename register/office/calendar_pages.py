"""The calendar on a page: the days of a year on which no term ends, and the years of which not all are known."""

from datetime import date
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter
from litestar.response import Template

from auth.permissions import Permission
from core.law.workdays import Calendar, statutory_holidays
from core.store.work import Work
from core.texts import weekday
from core.web.http import AnyRequest, WorkDep
from core.web.pages import _, render

HERE = "/kantoor/kalender"
AHEAD = 2
"""So many years on, terms are counted already: an adjourned appeal, a late application."""


def unknown_years(work: Work) -> list[int]:
    """The years in which terms end already and of which the designated days are not known (Atw 3(3))."""
    return [year for year in range(work.today.year, work.today.year + AHEAD + 1) if not work.calendar.knows(year)]


@get(HERE, requires=Permission.OFFICE_READ)
async def calendar(
    request: AnyRequest,
    work: WorkDep,
    year: Annotated[int | None, QueryParameter(name="jaar", ge=1990, le=2200)] = None,
) -> Template:
    """The holidays of a year, by law and by decree."""
    chosen = year or work.today.year
    known = work.calendar.known_years
    return render(
        request,
        "office/calendar.html",
        work,
        year=chosen,
        knows=work.calendar.knows(chosen),
        unknown=unknown_years(work),
        days=[[weekday(day), name, source] for day, name, source in _days(work.calendar, chosen)],
        years=[
            {"year": each, "href": f"{HERE}?jaar={each}", "here": each == chosen, "knows": each in known}
            for each in range(min(known, default=chosen), work.today.year + AHEAD + 1)
        ],
    )


def _days(calendar: Calendar, year: int) -> list[tuple[date, str, str]]:
    by_law = [(day, name, "Atw 3") for day, name in statutory_holidays(year).items()]
    designated = [
        (day, _("Aangewezen dag"), source)
        for day, source in calendar.designated.items()
        if day.year == year and calendar.is_designated(day)
    ]
    return sorted([*by_law, *designated])


HANDLERS = [calendar]
