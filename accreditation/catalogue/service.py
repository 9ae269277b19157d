"""The agenda as people and machines take it: a page of it, one course of it, a file, a feed for a diary."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from accreditation.catalogue import queries
from accreditation.catalogue.queries import Place
from accreditation.catalogue.schemas import ListedCourse, ListedMeeting, ListedRun, Wish
from accreditation.courses import wizard
from accreditation.courses.hours import in_words
from accreditation.rating import queries as ratings
from accreditation.rating.policy import least_shown, mean
from core.diary import Event, icalendar
from core.errors import NotFound
from core.spreadsheet import encoded, heads
from core.store.work import Work
from core.web.pages import label

MOST_IN_A_FILE = 5_000
MOST_IN_A_FEED = 500
MOST_OF_A_COURSE = 100
HEAD = (
    "list",
    "register",
    "course",
    "title",
    "provider",
    "themes",
    "form",
    "starts_on",
    "ends_on",
    "place",
    "points",
    "hours",
    "level",
    "ects",
)


async def runs(work: Work, wish: Wish, after: Place | None, most: int) -> Sequence[ListedRun]:
    """A page of the agenda, with what participants thought; two queries, whatever its length."""
    return await _rated(work, await queries.runs(work, wish, after, most))


async def _rated(work: Work, found: Sequence[ListedRun]) -> Sequence[ListedRun]:
    sums = await ratings.sums(work, {run.course_id for run in found})
    return [replace(run, **_mean(work, run, *sums[run.course_id])) if run.course_id in sums else run for run in found]


def _mean(work: Work, run: ListedRun, stars: int, count: int) -> dict[str, Any]:
    least = least_shown(work.rules.chosen(run.register_code, work.today))
    told = mean(stars, count, least) if least else None
    return {"rating": told.tenths / 10, "ratings": told.count} if told else {}


async def course(work: Work, code: str) -> ListedCourse:
    """One course that is in the agenda or accredited today; NotFound("no-such-course") for any other, known or not."""
    found = await _rated(work, await queries.runs_of(work, code, MOST_OF_A_COURSE))
    known = (found[0].kind, found[0].title, found[0].provider) if found else await queries.accredited_today(work, code)
    if known is None:
        raise NotFound("no-such-course")
    kind, title, provider = known
    return ListedCourse(
        code=code,
        kind=kind,
        title=title,
        provider=provider,
        answers=wizard.public(await queries.answers_of(work, code)),
        runs=found,
        meetings=await queries.meetings(work, {run.run_id for run in found}),
    )


async def in_agenda(work: Work, codes: Collection[str]) -> set[str]:
    """Which of these courses have a page in the agenda."""
    return await queries.in_agenda(work, codes) if codes else set()


async def as_csv(work: Work, wish: Wish, *, bom: bool) -> bytes:
    """The agenda for a spreadsheet, 5,000 lines at most."""
    rows: list[Sequence[object]] = [heads(HEAD)]
    for each in await queries.runs(work, wish, None, MOST_IN_A_FILE):
        hours = in_words(each.hours)
        listed, register = label(each.list, "listing"), label(each.register_code, "register")
        told = (listed, register, each.course_code, each.title, each.provider, ", ".join(each.themes))
        when = (label(each.form, "given"), each.starts_on, each.ends_on, each.place)
        rows.append((*told, *when, each.points, hours, each.level, each.ects))
    return encoded(rows, bom=bom)


async def as_feed(work: Work, wish: Wish, name: str) -> bytes:
    """The agenda for a diary: each run once, its meetings where it has them, 500 runs at most."""
    found = {each.run_id: each for each in await queries.runs(work, wish, None, MOST_IN_A_FEED)}
    meetings: dict[UUID, list[ListedMeeting]] = defaultdict(list)
    for meeting in await queries.meetings(work, found):
        meetings[meeting.run_id].append(meeting)
    events = [event for run in found.values() for event in _events(work, run, meetings[run.run_id])]
    return icalendar(name, events, work.now)


def _events(work: Work, run: ListedRun, meetings: Sequence[ListedMeeting]) -> list[Event]:
    address = f"{work.means.settings.address}/agenda/{run.course_code}"

    def event(part: str, starts: date, ends: date) -> Event:
        return Event(f"{run.run_id}{part}", run.title, starts, ends, run.place, run.provider, address)

    if not meetings:
        return [event("", run.starts_on, run.ends_on)]
    times: list[tuple[datetime, datetime]] = [(one.starts_at, one.ends_at) for one in meetings]
    return [event(f"-{at}", *moments) for at, moments in enumerate(times, 1)]
