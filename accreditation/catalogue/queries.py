"""The agenda: a hot read of columns. What is not accredited, or not by who may, is not in it from the next read on."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from accreditation.catalogue.policy import LISTED, kinds_in
from accreditation.catalogue.schemas import ListedMeeting, ListedRun, Wish
from accreditation.courses.models import Course, CourseAccreditation
from accreditation.providers.models import Provider, ProviderAuthorisation
from accreditation.providers.policy import AuthorisationState
from accreditation.runs.models import Meeting, Run
from accreditation.runs.policy import RunState
from core.names import plain_key
from core.store.work import Work

RUN: sa.Table = Run.__table__  # type: ignore[attr-defined]
MEETING: sa.Table = Meeting.__table__  # type: ignore[attr-defined]
COURSE: sa.Table = Course.__table__  # type: ignore[attr-defined]
GIVEN: sa.Table = CourseAccreditation.__table__  # type: ignore[attr-defined]
PROVIDER: sa.Table = Provider.__table__  # type: ignore[attr-defined]
STANDING: sa.Table = ProviderAuthorisation.__table__  # type: ignore[attr-defined]
Place = tuple[date, UUID, str]
"""Where a page ends: the first day, the run, the register."""

COLUMNS = (
    RUN.c.id,
    COURSE.c.id.label("course_id"),
    COURSE.c.code,
    GIVEN.c.register_code,
    COURSE.c.kind,
    COURSE.c.title,
    PROVIDER.c.name,
    COURSE.c.themes,
    RUN.c.form,
    RUN.c.starts_on,
    RUN.c.ends_on,
    RUN.c.place,
    GIVEN.c.points,
    GIVEN.c.hours,
    GIVEN.c.level,
    GIVEN.c.ects,
)
# A run is in the list of a register as long as who attends it gets credit there: its last day is inside an
# accreditation that stands (runs.policy.require_run), and its provider may work in that register today.
LISTED_RUNS = (
    sa.select(*COLUMNS)
    .join(COURSE, COURSE.c.id == RUN.c.course_id)
    .join(GIVEN, GIVEN.c.course_id == COURSE.c.id)
    .join(PROVIDER, PROVIDER.c.id == COURSE.c.provider_id)
    .join(
        STANDING,
        sa.and_(STANDING.c.provider_id == COURSE.c.provider_id, STANDING.c.register_code == GIVEN.c.register_code),
    )
    .where(
        RUN.c.state == RunState.PLANNED,
        STANDING.c.state == AuthorisationState.AUTHORISED,
        GIVEN.c.from_on <= RUN.c.ends_on,
        GIVEN.c.until_on >= RUN.c.ends_on,
        sa.or_(GIVEN.c.withdrawn_on.is_(None), GIVEN.c.withdrawn_on > RUN.c.ends_on),
    )
    .order_by(RUN.c.starts_on, RUN.c.id, GIVEN.c.register_code)
)
ACCENTS = {"a": "áàâäãå", "c": "ç", "e": "éèêë", "i": "íìîï", "n": "ñ", "o": "óòôöõø", "u": "úùûü"}


def spelled(word: str) -> str:
    """A folded word as a pattern that finds it however it is spelled: the same on both databases."""
    letters = (letter + ACCENTS.get(letter, "") for letter in word)
    return "".join(f"[{one}{one.upper()}]" for one in letters)


def listed(row: Any) -> ListedRun:
    """A row as everybody may see it."""
    run, id, code, register, kind, title, provider, themes, form, starts_on, ends_on, place, *worth = row
    said = (LISTED[kind].value, kind.value, title, provider, themes, form.value, starts_on, ends_on, place)
    return ListedRun(run, id, code, register, *said, *worth)


async def runs(work: Work, wish: Wish, after: Place | None, most: int) -> Sequence[ListedRun]:
    """The runs that somebody looks for, the first to begin on top; one query, whatever their number."""
    rows = await work.means.database.ask(_wished(wish, work.today, after).limit(most))
    return [listed(row) for row in rows]


def _wished(wish: Wish, today: date, after: Place | None) -> sa.Select[Any]:
    wanted = LISTED_RUNS.where(RUN.c.ends_on >= max(wish.from_on or today, today))
    if wish.until_on is not None:
        wanted = wanted.where(RUN.c.starts_on <= wish.until_on)
    if wish.listing is not None:
        wanted = wanted.where(COURSE.c.kind.in_(kinds_in(wish.listing)))
    if wish.register_code is not None:
        wanted = wanted.where(GIVEN.c.register_code == wish.register_code)
    if wish.form is not None:
        wanted = wanted.where(RUN.c.form == wish.form)
    if wish.min_points is not None:
        wanted = wanted.where(GIVEN.c.points >= wish.min_points)
    if wish.max_points is not None:
        wanted = wanted.where(GIVEN.c.points <= wish.max_points)
    if key := _key(wish.theme):
        wanted = wanted.where(COURSE.c.theme_keys.contains(key, autoescape=True))
    for word in _key(wish.place).split():
        wanted = wanted.where(RUN.c.place.regexp_match(spelled(word)))
    for word in _key(wish.q).split():
        wanted = wanted.where(
            sa.or_(
                COURSE.c.title.regexp_match(spelled(word)),
                PROVIDER.c.name_key.contains(word, autoescape=True),
            )
        )
    if after is not None:
        wanted = wanted.where(_beyond(*after))
    return wanted


def _beyond(day: date, run: UUID, register: str) -> Any:
    begins, id, code = RUN.c.starts_on, RUN.c.id, GIVEN.c.register_code
    return sa.or_(begins > day, sa.and_(begins == day, sa.or_(id > run, sa.and_(id == run, code > register))))


def _key(text: str) -> str:
    return plain_key(text) if text.strip() else ""


async def runs_of(work: Work, code: str, most: int) -> Sequence[ListedRun]:
    """The runs to come of one course."""
    wanted = LISTED_RUNS.where(COURSE.c.code == code, RUN.c.ends_on >= work.today)
    return [listed(row) for row in await work.means.database.ask(wanted.limit(most))]


def _accredited(today: date) -> sa.Select[Any]:
    """Courses that are accredited on a day in a register where their provider may work; once for each register."""
    return (
        sa.select(COURSE.c.code, COURSE.c.kind, COURSE.c.title, PROVIDER.c.name)
        .join(GIVEN, GIVEN.c.course_id == COURSE.c.id)
        .join(PROVIDER, PROVIDER.c.id == COURSE.c.provider_id)
        .join(
            STANDING,
            sa.and_(STANDING.c.provider_id == COURSE.c.provider_id, STANDING.c.register_code == GIVEN.c.register_code),
        )
        .where(
            STANDING.c.state == AuthorisationState.AUTHORISED,
            GIVEN.c.from_on <= today,
            GIVEN.c.until_on >= today,
            sa.or_(GIVEN.c.withdrawn_on.is_(None), GIVEN.c.withdrawn_on > today),
        )
    )


async def accredited_today(work: Work, code: str) -> tuple[str, str, str] | None:
    """Kind, title and provider of a course that is accredited today, with or without a run; None for any other."""
    rows = await work.means.database.ask(_accredited(work.today).where(COURSE.c.code == code).limit(1))
    return next(((kind.value, title, provider) for _code, kind, title, provider in rows), None)


async def in_agenda(work: Work, codes: Collection[str]) -> set[str]:
    """Which of these courses have a page: a run to come is in the agenda, or they are accredited today."""
    runs = LISTED_RUNS.with_only_columns(COURSE.c.code).order_by(None).where(RUN.c.ends_on >= work.today)
    given = _accredited(work.today).with_only_columns(COURSE.c.code)
    wanted = [one.where(COURSE.c.code.in_(list(codes))) for one in (runs, given)]
    return {code for (code,) in await work.means.database.ask(sa.union(*wanted))}


async def answers_of(work: Work, code: str) -> dict[str, Any]:
    """The accredited answers of a course, public or not."""
    rows = await work.means.database.ask(sa.select(COURSE.c.answers).where(COURSE.c.code == code))
    return dict(rows[0][0]) if rows else {}


async def meetings(work: Work, run_ids: Collection[UUID]) -> Sequence[ListedMeeting]:
    """The meetings of runs, the first one first."""
    columns = (MEETING.c.run_id, MEETING.c.starts_at, MEETING.c.ends_at)
    wanted = sa.select(*columns).where(MEETING.c.run_id.in_(list(run_ids))).order_by(MEETING.c.starts_at, MEETING.c.id)
    return [ListedMeeting(*row) for row in await work.means.database.ask(wanted)]
