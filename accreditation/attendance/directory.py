"""PURE: which run a row is about, and whether anybody can have credit for it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accreditation.attendance.reading import Sent
from accreditation.courses.succession import on_day
from core.errors import Refused

E_LEARNING = "e-learning"


@dataclass(frozen=True)
class Accredited:
    """What a course is worth in one register, from a day until a day, that day included."""

    register: str
    from_on: date
    until_on: date
    withdrawn_on: date | None
    points: int
    hours: Mapping[str, int]


@dataclass(frozen=True)
class Course:
    """A course as platforms name it."""

    id: str
    provider: str
    code: str
    pe_course_id: str
    external_id: str
    accredited: Sequence[Accredited]


@dataclass(frozen=True)
class Meeting:
    """One meeting, on the day on which it begins."""

    id: str
    pe_meeting_id: str
    external_id: str
    on: date


@dataclass(frozen=True)
class Run:
    """A run as a row can name it."""

    id: str
    course: Course
    pe_edition_id: str
    external_id: str
    form: str
    withdrawn: bool
    starts_on: date
    ends_on: date
    place: str
    capacity: int | None
    meetings: Sequence[Meeting] = ()

    @property
    def in_place(self) -> str:
        """Where it is, if it is in a place at all."""
        return self.place if self.form == "classroom" else ""

    def day_that_counts(self, ended_on: date) -> date:
        """The day that must lie in the accreditation: the end of a run, or of an e-learning when somebody finished."""
        return ended_on if self.form == E_LEARNING else self.ends_on

    def accredited(self, ended_on: date) -> list[Accredited]:
        """The accreditations that give credit: in each register at most one."""
        day = self.day_that_counts(ended_on)
        registers = dict.fromkeys(one.register for one in self.course.accredited)
        found = [on_day([one for one in self.course.accredited if one.register == name], day) for name in registers]
        return [one for one in found if one is not None]


@dataclass(frozen=True)
class Place:
    """Where a row belongs: the run, the meeting if it names one, and the day."""

    run: Run
    meeting: Meeting | None
    ended_on: date


@dataclass
class Directory:
    """The courses and runs of one provider; `foreign` are PECourseIDs of others."""

    courses: Sequence[Course]
    runs: Sequence[Run]
    foreign: frozenset[str] = frozenset()
    _by_id: dict[str, Run] = field(default_factory=dict)
    _by_name: dict[str, list[Run]] = field(default_factory=dict)
    _found: dict[tuple[object, ...], Place | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for run in self.runs:
            self._by_id[run.id] = self._by_id[run.pe_edition_id] = run
            if run.external_id:
                self._by_name.setdefault(run.external_id, []).append(run)

    def place_of(self, sent: Sent, today: date) -> Place | str:
        """Where a row belongs, or why nowhere; thousands of rows name the same place.

        `no-such-course`, `course-not-unique`, `not-this-provider`, `run-missing`, `run-withdrawn`, `no-such-meeting`,
        `outside-run`, `outside-accreditation`, `date-unreadable`, `not-yet`.
        """
        named = (sent.run_id, sent.course, sent.run, sent.meeting, sent.ended_on, sent.register)
        key = (*named, sent.pe_course_id, sent.pe_edition_id, sent.pe_meeting_id)
        found = self._found.get(key)
        if found is None:
            try:
                found = self._place(sent, today)
            except Refused as refused:
                found = refused.code
            self._found[key] = found
        return found

    def _place(self, sent: Sent, today: date) -> Place:
        run = self._search(sent)
        if run.withdrawn:
            raise Refused("run-withdrawn")
        meeting = _meeting(run, sent)
        if sent.ended_on is None and run.form == E_LEARNING:
            raise Refused("date-unreadable")
        ended_on = sent.ended_on or (meeting.on if meeting else run.ends_on)
        if not run.starts_on <= ended_on <= run.ends_on:
            raise Refused("outside-run")
        registers = [one.register for one in run.accredited(ended_on)]
        if not registers or (sent.register and sent.register not in registers):
            raise Refused("outside-accreditation")
        if ended_on > today:
            raise Refused("not-yet")
        return Place(run, meeting, ended_on)

    def _search(self, sent: Sent) -> Run:
        course = self._course(sent)
        if sent.run_id or sent.pe_edition_id:
            run = self._by_id.get(sent.run_id or sent.pe_edition_id)
            if run is None or (course and run.course.id != course.id):
                raise Refused("run-missing")
            return run
        if sent.run:
            named = [run for run in self._by_name.get(sent.run, ()) if course is None or run.course.id == course.id]
            if len(named) > 1:
                raise Refused("course-not-unique")
            if not named:
                raise Refused("run-missing")
            return named[0]
        if course is None:
            raise Refused("no-such-course")
        return self._open(course, sent)

    def _course(self, sent: Sent) -> Course | None:
        if not (sent.course or sent.pe_course_id):
            return None
        named = [
            one
            for one in self.courses
            if (sent.pe_course_id and one.pe_course_id == sent.pe_course_id)
            or (not sent.pe_course_id and sent.course in {one.external_id, one.code})
        ]
        if len(named) > 1:
            raise Refused("course-not-unique")
        if not named:
            raise Refused("not-this-provider" if sent.pe_course_id in self.foreign else "no-such-course")
        if sent.register and not any(one.register == sent.register for one in named[0].accredited):
            raise Refused("no-such-course")
        return named[0]

    def _open(self, course: Course, sent: Sent) -> Run:
        """The one e-learning that was open on the day; a classroom must be named (1022)."""
        found = [
            run
            for run in self.runs
            if run.course.id == course.id and run.form == E_LEARNING and not run.withdrawn
            if sent.ended_on is None or run.starts_on <= sent.ended_on <= run.ends_on
        ]
        if len(found) == 1:
            return found[0]
        whole = [run for run in self.runs if run.course.id == course.id]
        if sent.ended_on and whole and all(run.form == E_LEARNING for run in whole) and not found:
            raise Refused("outside-accreditation")
        raise Refused("run-missing")


def _meeting(run: Run, sent: Sent) -> Meeting | None:
    asked = {name for name in (sent.meeting, sent.pe_meeting_id) if name}
    if not asked:
        return None
    for one in run.meetings:
        if asked & {one.id, one.external_id, one.pe_meeting_id} - {""}:
            return one
    raise Refused("no-such-meeting")
