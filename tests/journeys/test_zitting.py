"""Zitting: forty files in one sitting, and a strike-off, through pages only."""

from datetime import date, timedelta

from sqlmodel import select

from core.decisions import Decision, case_number
from core.store.work import Work
from register.entries.entry import registration_of
from register.entries.models import Application, ApplicationProof, Registration
from register.entries.policy import ApplicationKind, ApplicationState, Register, Route, Status
from register.rules.assessment.facts import ProofKind
from tests.builders import MEMBERS, PROGRAMME, House, a_leader
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import signed_in

FORTY = 40


async def forty_files(house: House) -> None:
    """So many applications in review, each with its diploma."""
    for n in range(FORTY):
        await a_leader(house.world, f"leider{n}")
        await house.system(lambda work, n=n: _file(work, house, n))


async def _file(work: Work, house: House, n: int) -> None:
    entry = await registration_of(work, house.id_of(f"leider{n}"), Register.LEADERS_PO)
    assert entry is not None
    entry.status = Status.APPLICATION_OPEN
    row = Application(
        number=case_number("A", work.today),
        person_id=entry.person_id,
        registration_id=entry.id,
        register_code=entry.register_code,
        kind=ApplicationKind.REGISTRATION,
        route=Route.PROGRAMME,
        state=ApplicationState.IN_REVIEW,
        started_at=work.now,
        received_on=work.today,
        decision_due_on=work.today + timedelta(weeks=8),
    )
    work.add(row)
    await work.flush()
    proof = ApplicationProof(
        application_id=row.id,
        person_id=entry.person_id,
        kind=ProofKind.PROGRAMME,
        programme_code=PROGRAMME,
        issued_on=date(2024, 8, 31),
    )
    work.add(proof)
    await work.flush()
    for each in (entry, row, proof):
        work.log("test:file", each)


async def test_forty_files_in_one_sitting_take_nine_deeds_of_the_secretary_and_one_of_each_member(house: House):
    await forty_files(house)
    secretary = await signed_in(house, "secretaris")
    ids = [str(house.id_of(member)) for member in MEMBERS[:4]]
    await secretary.open("/zittingen")

    await secretary.send("/zittingen", held_on="12-9-2024", members=ids, chair_id=ids[0])
    session = secretary.path
    await secretary.send("/agenda/vullen", size="40")
    await secretary.send("/openen")
    for member in MEMBERS[:4]:
        one = await signed_in(house, member)
        await one.open(session)
        assert one.page.text.count(f'href="{session}/dossiers/') == FORTY
        await one.send("/stemmen", together="for")
    await secretary.open(session)
    await secretary.send("/besluiten")
    await secretary.send("/bekendmaken")
    await secretary.send("/sluiten")
    await secretary.send("/verslag", minutes="Veertig stukken zijn toegekend.")
    chair = await signed_in(house, MEMBERS[0])
    await chair.open(session)
    await chair.send("/ondertekenen")

    assert "Ondertekend door de voorzitter op 12 september 2024." in chair.text
    assert "/verslag" not in chair.page.text
    async with house.means.database.reading() as reading:
        known = [row for row in await reading.exec(select(Decision)) if row.notified_on]
        entries = select(Registration.status).where(Registration.status == Status.REGISTERED)
        registered = (await reading.exec(entries)).all()
    assert len(known) == len(registered) == FORTY
    assert all(row.reasons for row in known)


async def test_a_strike_off_is_heard_proposed_and_signed_on_pages(house: House):
    await a_leader(house.world, "onwaar")
    leader = await house.client("onwaar")
    grant = {"reasons": "Het diploma telt."}
    await decide(house, await apply(leader, an_application(), a_diploma("2024-08-31")), "for", grant)
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/maatregelen")

    wrong = await secretary.send(
        "/maatregelen",
        register_number=house.number_of("onwaar"),
        register_code="schoolleiders-po",
        kind="strike-off",
        ground="conditional-term-passed",
    )
    assert wrong.status_code == 400
    await secretary.send("/maatregelen", ground="evidence-forged")
    address = secretary.path
    person = await signed_in(house, "onwaar")
    await person.open(address)
    await person.send("/zienswijze", view="Het diploma is echt.")
    await secretary.open(address)
    assert "Het diploma is echt." in secretary.text
    said = {"reasons": "De instelling kent het diploma niet.", "effect_on": "15-10-2024"}
    await secretary.send("/voorstel", **said)
    assert "Er is een zienswijze gegeven" in secretary.text  # Awb 3:46
    await secretary.send("/voorstel", **said, answer="De instelling schreef dat zij het niet afgaf.")
    member = await signed_in(house, MEMBERS[0])
    await member.open("/maatregelen")
    assert address in member.page.text
    await member.open(address)
    await member.send("/ondertekenen")
    assert "Het besluit is genomen" in member.text
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")

    await person.open(address)
    assert "Bekendgemaakt" in person.text
    assert (await (await signed_in(house, "bestuur")).open(address)).status_code == 404
