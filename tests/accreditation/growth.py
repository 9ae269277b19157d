"""One more of everything that the lists of this room show, written straight into the tables."""

from datetime import date
from uuid import UUID

from accreditation.courses.models import Course, CourseAccreditation, CourseApplication, CourseFile
from accreditation.courses.policy import ApplicationKind, FileState
from accreditation.kinds import CourseKind
from accreditation.providers.members import join
from accreditation.providers.models import Provider, ProviderAuthorisation
from accreditation.providers.policy import MemberRole, StaffLevel
from accreditation.providers.service import name_key
from core.decisions import Decision, Verdict, case_number
from core.panel.service import PanelSession
from core.store.db import new_id
from core.store.work import Work

PO = "schoolleiders-po"


async def grow_courses(work: Work, member: UUID, n: int) -> None:
    """A provider with its member, a course with an accreditation, a file that waits, and a session."""
    provider = Provider(
        number=case_number("P", work.today),
        name=f"Academie {n}",
        name_key=name_key(f"Academie {n}"),
        kvk_number="12345678",
        postcode="8011AA",
        town="Zwolle",
        email="info@academie.example",
        telephone="0381234567",
        staff_level=StaffLevel.HBO,
        started_at=work.now,
    )
    session = PanelSession(committee="accreditation", held_on=work.today, chair_id=member, quorum=4)
    work.add(provider, session)
    await work.flush()
    await join(work, provider.id, member, MemberRole.OWNER)
    asked = ProviderAuthorisation(
        provider_id=provider.id, register_code=PO, asked_on=work.today, asked_by=member, decide_by_on=work.today
    )
    course = Course(
        provider_id=provider.id,
        code=f"K-{n}",
        pe_course_id=1000 + n,
        kind=CourseKind.COURSE,
        title=f"Cursus {n}",
        made_at=work.now,
    )
    decision = Decision(
        number=case_number("B", work.today),
        kind="course-accreditation",
        subject_kind="course-file",
        subject_id=new_id(),
        person_id=member,
        organisation_id=provider.id,
        register_code=PO,
        outcome=Verdict.GRANTED,
        reasons="Past.",
        rule_set="schoolleiders-po-2022",
        taken_by="system",
        decided_on=work.today,
    )
    work.add(asked, course, decision)
    await work.flush()
    application = CourseApplication(
        number=case_number("C", work.today),
        provider_id=provider.id,
        course_id=course.id,
        kind=ApplicationKind.NEW,
        started_by=member,
        started_at=work.now,
    )
    given = CourseAccreditation(
        course_id=course.id,
        register_code=PO,
        points=40,
        from_on=date(2024, 1, 1),
        until_on=date(2027, 12, 31),
        decision_id=decision.id,
    )
    work.add(application, given)
    await work.flush()
    file = CourseFile(
        application_id=application.id,
        course_id=course.id,
        provider_id=provider.id,
        register_code=PO,
        state=FileState.SUBMITTED,
        submitted_by=member,
        received_on=work.today,
        decide_by_on=work.today,
    )
    work.add(file)
    await work.flush()
    for row in (provider, session, asked, course, decision, application, given, file):
        work.log("test:grow", row)
