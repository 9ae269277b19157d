"""A provider with an accredited course and a run, in a house: valid by default, one line to vary."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from accreditation.attendance.policy import Source
from accreditation.attendance.reading import Sent
from accreditation.attendance.receiving import receive
from accreditation.courses.models import Course, CourseAccreditation
from accreditation.courses.policy import Given as Form
from accreditation.kinds import CourseKind
from accreditation.providers.models import Provider, ProviderAuthorisation, ProviderMember
from accreditation.providers.policy import AuthorisationState, MemberRole, StaffLevel
from accreditation.runs import service as runs
from accreditation.runs.schemas import NewRun
from accreditation.runs.service import draw_number
from auth import service as auth
from auth.permissions import Role
from core.decisions import Decision, Verdict, case_number, take
from core.store.work import Work
from register.entries.models import Registration
from register.portfolio.books import open_period
from tests.builders import House

PO = "schoolleiders-po"
FROM, UNTIL = date(2024, 1, 1), date(2027, 12, 31)


@dataclass(frozen=True)
class Given:
    """What was made: ids, and the member who reports."""

    provider: UUID
    course: UUID
    run: UUID
    member: str


async def a_provider(house: House, member: str = "paula", name: str = "Academie Een") -> UUID:
    """A provider that may work in two registers, with one member."""
    await house.world.staff(member, Role.PROVIDER, "plain", "Paula", "", "Aanbieder")
    person = house.id_of(member)

    async def deed(work: Work) -> UUID:
        provider = Provider(
            number=case_number("P", work.today),
            name=name,
            name_key=name.lower(),
            kvk_number="12345678",
            postcode="3511AA",
            town="Utrecht",
            email=f"{member}@aanbieder.example",
            telephone="030 1234567",
            staff_level=StaffLevel.HBO,
            quality_procedure="ja",
            complaints_procedure="ja",
            started_at=work.now,
        )
        work.add(provider)
        await work.flush()
        work.log("provider:start", provider)
        for register in (PO, "leraren"):
            row = ProviderAuthorisation(
                provider_id=provider.id,
                register_code=register,
                state=AuthorisationState.AUTHORISED,
                asked_on=work.today,
                asked_by=person,
                decide_by_on=work.today,
            )
            work.add(row)
            work.log("provider:authorise", row)
        one = ProviderMember(provider_id=provider.id, person_id=person, role=MemberRole.OWNER, joined_at=work.now)
        work.add(one)
        work.log("member:join", one)
        await auth.grant(work, person, Role.PROVIDER, work.today, str(provider.id))
        return provider.id

    return UUID(str(await house.system(deed)))


async def a_course(
    house: House,
    provider: UUID,
    *,
    title: str = "Leiden met moed",
    external_id: str | None = "LMM-1",
    points: int | None = 20,
    hours: dict[str, int] | None = None,
    register: str = PO,
    from_on: date = FROM,
    until_on: date = UNTIL,
) -> UUID:
    """An accredited course."""

    async def deed(work: Work) -> UUID:
        course = Course(
            provider_id=provider,
            code=case_number("C", work.today),
            pe_course_id=draw_number(),
            external_id=external_id,
            kind=CourseKind.COURSE,
            title=title,
            themes=["leiding"],
            made_at=work.now,
        )
        work.add(course)
        await work.flush()
        work.log("course:make", course)
        decision = await take(
            work,
            Decision(
                number=case_number("K", work.today),
                kind="accreditation-of-a-test",
                subject_kind="course",
                subject_id=course.id,
                person_id=house.id_of("secretaris"),
                register_code=register,
                outcome=Verdict.GRANTED,
                reasons="Past.",
                rule_set="schoolleiders-po-2022",
                taken_by="system",
                decided_on=work.today,
            ),
        )
        accreditation = CourseAccreditation(
            course_id=course.id,
            register_code=register,
            points=points,
            hours=hours or {},
            from_on=from_on,
            until_on=until_on,
            decision_id=decision.id,
        )
        work.add(accreditation)
        work.log("accreditation:give", accreditation)
        return course.id

    return UUID(str(await house.system(deed)))


async def a_run(house: House, course: UUID, **more: Any) -> UUID:
    """A run of one day in Utrecht with twenty seats."""
    details = {
        "form": Form.CLASSROOM,
        "starts_on": date(2024, 9, 3),
        "ends_on": date(2024, 9, 3),
        "place": "Utrecht",
        "capacity": 20,
        "external_id": "NAJAAR",
    }
    run = await house.system(lambda work: runs.plan(work, course, NewRun(**{**details, **more})))
    return UUID(str(run.id))


async def given(house: House, member: str = "paula", name: str = "Academie Een", **more: Any) -> Given:
    """A provider with an accredited course and a run."""
    provider = await a_provider(house, member, name)
    course = await a_course(house, provider)
    return Given(provider, course, await a_run(house, course, **more), member)


async def one_more(house: House, who: str, n: int) -> None:
    """One more run, with somebody who was there and somebody who may have been in two places."""
    async with house.means.database.reading() as session:
        course = (await session.exec(select(Course).order_by(col(Course.id)).limit(1))).one()
    for place in ("Utrecht", "Zwolle"):
        run = await a_run(house, course.id, place=place, external_id=f"{place} {n}")
        numbers = [house.number_of(who), house.number_of("nadia")]
        sent = [Sent(line, number, run_id=str(run)) for line, number in enumerate(numbers, 1)]
        await house.system(lambda work, sent=sent: receive(work, course.provider_id, Source.API, sent))


async def a_period(house: House, who: str) -> None:
    """A period of five years that runs, for somebody who stands in one register."""

    async def deed(work: Work) -> None:
        wanted = select(Registration).where(Registration.person_id == house.id_of(who))
        entry = (await work.session.exec(wanted)).one()
        entry.due_on = date(2029, 1, 1)
        work.log("registration:renew", entry, due_on=entry.due_on)
        await open_period(work, entry, date(2024, 1, 1), entry.due_on)

    await house.system(deed)
