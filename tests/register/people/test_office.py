"""What the office does for people: found, hidden, deceased, and two records of one person made one."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from auth import reset
from auth.actor import SYSTEM
from auth.models import Person
from auth.permissions import Role
from auth.service import take_back
from core.errors import Forbidden, Refused
from core.panel import service as panel
from core.panel.votes import Vote
from core.store import outbox
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.applications import service as registration
from register.committee.sessions import agenda
from register.committee.sessions import service as committee
from register.committee.sessions.schemas import NewSession, NewVote
from register.committee.sessions.sources import conflicts
from register.entries import enrolment
from register.entries.models import Application, Appointment
from register.entries.policy import Register, Status
from register.office.people.policy import Side, require_mergeable
from tests.builders import MEMBERS, PLACES, Client, House, a_leader, a_teacher
from tests.deciding import handed_in, taken
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.pages import browser, signed_in
from tests.two_persons import by_two

ONE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
PO, VO, TEACHERS = Register.LEADERS_PO, Register.LEADERS_VO, Register.TEACHERS


async def deed(house: House, who: str, verb: str, data: dict[str, Any]) -> Any:
    office = await house.client("bureau")
    return await office.move(f"/people/{house.id_of(who)}", verb, data)


async def both(house: House, who: str, verb: str, data: Any = None) -> Any:
    """Proposed by one clerk and signed by another."""
    return await by_two(house, "bureau", f"/people/{house.id_of(who)}", verb, data)


async def file_of(house: House, who: str) -> Any:
    return (await (await house.client("bureau")).get(f"/people/{house.id_of(who)}")).json()


async def registered(house: House, who: str) -> None:
    """Registered in the register of leaders in primary education."""
    decision = await taken(house, who)
    await make_known(await house.client("secretaris"), str(decision))


async def public(house: House, number: str) -> Any:
    return await house.http.get(f"/v1/register-entries/{number}")


async def test_the_office_finds_people_and_leaves_a_trace(house: House):
    await a_leader(house.world, "leo")
    office: Client = await house.client("bureau")
    number = house.number_of("leo")

    for asked in (number, "leid", "Leo@voorbeeld.example"):
        found = (await office.get("/people", params={"q": asked})).json()
        assert [one["register_number"] for one in found] == [number]
    assert (await office.get("/people", params={"q": "l"})).json()["code"] == "name-too-short"
    assert (await office.get("/people", params={"q": "100%_"})).json() == []
    for who in ("leo", "secretaris", "bestuur"):
        assert (await (await house.client(who)).get("/people", params={"q": "leid"})).status_code == 403
    assert (await office.get(f"/people/{UUID(int=7)}")).status_code == 404


async def test_somebody_at_risk_is_hidden_and_shown_again(house: House):
    await a_leader(house.world, "leo")
    await registered(house, "leo")
    number = house.number_of("leo")
    hidden = await deed(house, "leo", "hiding", {"ground": "threat"})
    assert hidden.json()["hidden"] is True

    assert (await public(house, number)).status_code == 404
    assert (await house.http.get("/v1/register-entries?name=leider")).json()["items"] == []
    assert (await house.http.get(f"/v1/register-entries?number={number}")).json()["items"] == []
    assert (await house.http.get(f"/register/{number}")).status_code == 404
    assert await problems(house) == []

    alone = await deed(house, "leo", "hiding", {"ground": None})
    assert (alone.status_code, (await public(house, number)).status_code) == (400, 404)
    shown = await both(house, "leo", "hiding-end", {"reasons": "Het gevaar is geweken."})
    assert shown.json()["state"] == "signed"
    assert (await public(house, number)).status_code == 200
    gone = await deed(house, "leo", "hiding-end", {"reasons": "Nog eens."})
    assert (gone.status_code, gone.json()["code"]) == (409, "not-hidden")
    office = await house.client("bureau")
    assert (await deed(house, "leo", "hiding", {"ground": "zomaar"})).status_code == 400
    own = await office.move(f"/people/{house.id_of('bureau')}", "hiding", {"ground": "threat"})
    assert (own.status_code, own.json()["code"]) == (403, "own-case")


async def test_a_death_ends_everything_and_nothing_is_sent_any_more(house: House):
    await a_leader(house.world, "leo")
    application = await handed_in(house, "leo")
    leader = await house.client("leo")
    assert (await deed(house, "leo", "death", {"deceased_on": "2024-09-13"})).status_code == 400

    told = await both(house, "leo", "death", {"deceased_on": "2024-09-10"})

    assert told.status_code == 201, told.text
    assert [one["status"] for one in (await file_of(house, "leo"))["entries"]] == ["deregistered"]
    assert (await leader.get("/me")).status_code == 401
    assert (await (await house.client()).post("/token", house.sign_in_of("leo"))).status_code == 401
    assert (await public(house, house.number_of("leo"))).status_code == 404
    secretary = await house.client("secretaris")
    assert (await secretary.get(f"/applications/{application}")).json()["state"] == "withdrawn"  # history stays

    async def send(work: Work) -> None:
        work.send("test", address="leo@voorbeeld.example", subject="Te laat", body="", person_id=house.id_of("leo"))

    await house.system(send)
    await outbox.deliver(house.means.database, house.means.settings.outbox)
    async with house.means.database.reading() as session:
        theirs = select(OutboxMessage).where(OutboxMessage.person_id == house.id_of("leo"))
        assert [row for row in await session.exec(theirs) if row.topic == "test"] == []
    again = await deed(house, "leo", "death", {"deceased_on": "2024-09-10"})
    assert again.json()["code"] == "deceased"
    assert await problems(house) == []


async def test_two_records_of_one_person_become_one(house: House):
    """Merge: the double brings a registration as teacher, an application that was withdrawn, a post, an account."""
    await a_leader(house.world, "leo")
    await registered(house, "leo")
    await a_leader(house.world, "dubbel", family="Leijder")
    old, now = house.number_of("dubbel"), house.number_of("leo")
    double = await house.client("dubbel")
    withdrawn = await handed_in(house, "dubbel")
    assert (await double.move(f"/applications/{withdrawn}", "withdrawal")).status_code == 201
    await house.system(lambda work: enrolment.enter(work, house.id_of("dubbel"), VO))

    merged = await both(house, "leo", "merge", {"double": old})

    assert merged.status_code == 201, merged.text
    file = await file_of(house, "leo")
    assert file["doubles"] == [old]
    assert {one["register_code"]: one["status"] for one in file["entries"]} == {
        "schoolleiders-po": "registered",
        "schoolleiders-vo": "enrolled",
    }
    assert len(file["appointments"]) == 2
    assert (await double.get("/me")).status_code == 401  # the account of the double is closed
    kept = await house.client("leo")
    assert [one["id"] for one in (await kept.get("/applications")).json()["items"]].count(str(withdrawn)) == 1
    moved = await public(house, old)
    assert (moved.status_code, moved.headers["location"]) == (301, f"/v1/register-entries/{now}")
    extract = await house.http.get(f"/v1/register-entries/{old}/extract")
    assert extract.headers["location"] == f"/v1/register-entries/{now}/extract"
    page = await house.http.get(f"/register/{old}")
    assert page.headers["location"] == f"/register/{now}"
    found = (await house.http.get(f"/v1/register-entries?number={old}")).json()["items"]
    assert {one["register_number"] for one in found} == {now}
    assert {one["name"] for one in (await public(house, now)).json()} == {"Leo Leider"}
    again = await deed(house, "leo", "merge", {"double": old})
    assert again.json()["code"] == "merged-already"
    async with house.means.database.reading() as session:
        for model in (Application, Appointment):
            wanted = select(model).where(col(model.person_id) == house.id_of("dubbel"))
            assert (await session.exec(wanted)).all() == []
    assert await problems(house) == []


@ONE
async def test_a_merge_that_would_lose_something_is_refused_with_its_reason(house: House):
    await a_leader(house.world, "leo")
    await a_leader(house.world, "dubbel")
    await a_teacher(house.world, "tess")
    await registered(house, "dubbel")
    number = house.number_of("dubbel")

    other = await deed(house, "leo", "merge", {"double": number})
    assert (other.status_code, other.json()["code"]) == (409, "keep-the-other")
    await registered(house, "leo")
    both = await deed(house, "leo", "merge", {"double": number})
    assert both.json()["code"] == "both-registered"
    same = await deed(house, "leo", "merge", {"double": house.number_of("leo")})
    assert same.json()["code"] == "same-person"
    nobody = await deed(house, "leo", "merge", {"double": "00000000"})
    assert nobody.status_code == 404
    own = await deed(house, "leo", "merge", {"double": house.number_of("bureau")})
    assert (own.status_code, own.json()["code"]) == (403, "own-case")
    assert (await public(house, number)).status_code == 200


@ONE
async def test_doubles_are_merged_on_pages(house: House):
    await a_leader(house.world, "leo")
    await a_teacher(house.world, "tess", family="Leider")
    office = await signed_in(house, "bureau")
    await office.open(f"/kantoor/personen/{house.id_of('leo')}")
    await office.open(f"{office.path}/samenvoegen?double=11111111")
    assert office.page.status_code >= 400
    assert "11111111" in office.page.text

    await office.open(f"/kantoor/personen/{house.id_of('leo')}/samenvoegen?double={house.number_of('tess')}")
    assert "Is dit dezelfde persoon?" in office.text
    assert house.number_of("leo") in office.text
    assert "Het account: wie is ingelogd, is meteen uitgelogd" in office.text
    await office.send("/samenvoegen")
    assert "een collega moet tekenen" in office.text, office.text
    assert "/tekenen" not in office.page.text
    second = await signed_in(house, "bureau2")
    await second.open("/voorstellen")
    await second.press("Dubbele inschrijvingen samenvoegen: Leo Leider")
    await second.send("/tekenen")

    assert "Het is uitgevoerd" in second.text, second.text
    public_page = browser(house)
    await public_page.open(f"/register/{house.number_of('tess')}")
    assert public_page.path == f"/register/{house.number_of('leo')}"


async def test_the_office_mails_a_link_and_ends_sessions_and_never_chooses_a_password(house: House):
    await a_leader(house.world, "leo")
    leo, office = await house.client("leo"), await signed_in(house, "bureau")
    await office.open(f"/kantoor/personen/{house.id_of('leo')}")
    assert "ingelogd op 1 plaats" in office.text, office.text

    await office.send("/wachtwoordlink")
    assert "De link gaat" in office.text, office.text
    await office.send("/sessies")

    assert "nu niet ingelogd" in office.text, office.text
    assert (await leo.get("/me")).status_code == 401
    assert await reset.answer_all(house.means) == 1
    own = await deed(house, "bureau", "session-end", {})
    assert (own.status_code, own.json()["code"]) == (403, "own-case")


BARE, GRANTED = Side(Status.ENROLLED), Side(Status.REGISTERED)


@pytest.mark.parametrize(
    ("kept", "double", "outcome"),
    [
        ({PO: GRANTED}, {TEACHERS: GRANTED}, set()),
        ({PO: GRANTED}, {PO: BARE}, {PO}),
        ({PO: BARE}, {PO: BARE}, {PO}),
        ({PO: BARE}, {PO: GRANTED}, "keep-the-other"),
        ({PO: GRANTED}, {PO: GRANTED}, "both-registered"),
        ({PO: GRANTED}, {PO: Side(Status.ENROLLED, application_open=True)}, "both-registered"),
        ({PO: GRANTED}, {PO: Side(Status.ENROLLED, has_portfolio=True)}, "both-registered"),
    ],
)
def test_only_an_entry_with_nothing_behind_it_goes(kept, double, outcome):
    if isinstance(outcome, str):
        with pytest.raises(Refused, match=outcome):
            require_mergeable(kept, double)
    else:
        assert require_mergeable(kept, double) == outcome


@ONE
async def test_who_had_a_hand_in_a_file_as_a_double_is_barred_from_it_as_the_same_person(house: House):
    """One double stepped aside for the file, another admitted it as secretary: both are the member who is kept."""
    await a_leader(house.world, "aanvrager", PLACES[5])
    for who in ("dubbel", "leo"):
        await a_leader(house.world, who, PLACES[7], also=Role.COMMITTEE_MEMBER)
    await house.world.staff("oudsecretaris", Role.SECRETARY, "plain", "Leo", "", "Leider")
    application = await handed_in(house, "aanvrager")
    await house.world.by("oudsecretaris", lambda work: registration.admit(work, application))
    ids = [house.id_of(member) for member in (*MEMBERS[:4], "dubbel")]

    async def sit(work: Work) -> UUID:
        row = await committee.plan(work, NewSession(held_on=work.today, chair_id=ids[0], members=ids))
        item = await agenda.put_on_agenda(work, row.id, application)
        await work.flush()
        await agenda.open_session(work, row)
        return item.id

    item = await house.world.by("secretaris", sit)
    await house.world.by("dubbel", lambda work: committee.recuse(work, item, "family"))

    for double in ("dubbel", "oudsecretaris"):
        number = {"double": await number_of(house, double)}
        refused = await deed(house, "leo", "merge", number)
        assert (refused.status_code, refused.json()["code"]) == (409, "staff-role")
    for who in ("leo", "dubbel", "oudsecretaris"):
        await house.system(lambda work, who=who: end_roles(work, house.id_of(who)))
    for double in ("dubbel", "oudsecretaris"):
        merged = await both(house, "leo", "merge", {"double": await number_of(house, double)})
        assert merged.status_code == 201, merged.text

    leo = house.id_of("leo")
    async with house.means.work(SYSTEM, write=False) as work:
        assert (application, leo) in await panel.recused(work, [application])
        assert (await conflicts(work, [application], [leo]))[application, leo] == ["earlier-role"]
    with pytest.raises(Forbidden, match="recused"):
        await house.world.by("leo", lambda work: committee.vote(work, item, NewVote(vote=Vote.FOR)))
    assert await problems(house) == []


async def end_roles(work: Work, person_id: UUID) -> None:
    for role in (Role.COMMITTEE_MEMBER, Role.SECRETARY):
        await take_back(work, person_id, role, "")


async def number_of(house: House, who: str) -> str:
    """The register number of anybody, staff too."""
    async with house.means.database.reading() as session:
        return (await session.get_one(Person, house.id_of(who))).register_number
