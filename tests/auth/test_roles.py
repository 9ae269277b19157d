"""Roles by four eyes: proposed by one, signed by another, never for oneself; somebody new accepts first."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from auth import roles
from auth.models import RoleProposal
from auth.permissions import Role
from auth.policy import PROPOSAL, ProposalEvent, ProposalState
from auth.service import grant
from core.clock import machine_now
from core.store.work import Work
from core.web.http import place
from tests.builders import PLACES, House, a_leader
from tests.mailed import link, mails, token
from tests.pages import browser, signed_in

NEW = "een trein vol natte paraplus"
INVITED = {"email": "nieuw@voorbeeld.example", "given_name": "Nel", "family_name": "Nieuw"}


@pytest.fixture
async def admins(house: House) -> House:
    await house.world.staff("beheer", Role.ADMIN, "plain", "Ada", "", "Beheer")
    await house.world.staff("beheerder", Role.ADMIN, "plain", "Abe", "", "Beheer")
    return house


async def proposed(house: House, **new: str) -> str:
    admin = await house.client("beheer")
    answer = await admin.post("/role-proposals", new)
    assert answer.status_code == 201, answer.text
    return f"/role-proposals/{answer.json()['id']}"


async def test_one_proposes_and_another_signs(admins: House):
    house = admins
    path = await proposed(house, register_number=house.number_of("bureau"), role="secretary")
    first, second, office = [await house.client(who) for who in ("beheer", "beheerder", "bureau")]

    own = await first.move(path, "signature")
    assert (own.status_code, own.json()["code"]) == (403, "own-role-proposal")
    assert "secretary" not in (await office.get("/me")).json()["roles"]
    signed = await second.move(path, "signature")

    assert signed.json()["state"] == "granted"
    assert "secretary" in (await office.get("/me")).json()["roles"]
    again = await second.move(path, "signature")
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


async def test_nobody_gives_a_role_to_themselves(admins: House):
    house = admins
    first, second = await house.client("beheer"), await house.client("beheerder")
    mine = {"register_number": house.number_of("beheer"), "role": "secretary"}

    own = await first.post("/role-proposals", mine)
    by_mail = await first.post("/role-proposals", {**INVITED, "email": "beheer@voorbeeld.example", "role": "office"})
    theirs = await proposed(house, register_number=house.number_of("beheerder"), role="secretary")
    signed = await second.move(theirs, "signature")

    assert [answer.json()["code"] for answer in (own, by_mail, signed)] == ["own-case"] * 3
    assert "secretary" not in (await second.get("/me")).json()["roles"]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_who_may_propose_and_for_whom(admins: House):
    house = admins
    await a_leader(house.world, "leo")
    admin, second = await house.client("beheer"), await house.client("beheerder")
    for who in ("bureau", "leo", "toezicht"):
        client = await house.client(who)
        assert (await client.post("/role-proposals", {**INVITED, "role": "office"})).status_code == 403
    assert (await admin.post("/role-proposals", {"role": "office"})).json()["code"] == "person-or-invitation"
    assert (await admin.post("/role-proposals", {"role": "koning", **INVITED})).status_code == 400
    bare = await proposed(house, register_number=house.number_of("leo"), role="committee-member")
    refused = await second.move(bare, "signature")
    assert (refused.status_code, refused.json()["code"]) == (409, "nominee-without-second-factor")
    assert "committee-member" not in (await (await house.client("leo")).get("/me")).json()["roles"]


async def test_somebody_new_is_invited_by_two_and_comes_in_with_a_second_factor(admins: House):
    house = admins
    path = await proposed(house, **INVITED, role="secretary")
    second = await house.client("beheerder")
    assert (await second.move(path, "signature")).json()["state"] == "invited"
    one = browser(house)
    address = await link(house, "invitation")
    await one.open(address)

    await one.send(address, password=NEW)

    assert "u ziet hem alleen nu" in one.text
    assert (await second.get(path)).json()["state"] == "granted"
    nobody = await house.client()
    bare = await nobody.post("/token", {"email": INVITED["email"], "password": NEW})
    assert bare.json()["code"] == "code-needed"
    again = await nobody.post("/invitation-acceptances", {"token": address.rpartition("/")[2], "password": NEW})
    assert (again.status_code, again.json()["code"]) == (409, "link-expired")


async def test_a_role_is_proposed_and_signed_on_pages(admins: House):
    house = admins
    first, second = await signed_in(house, "beheer"), await signed_in(house, "beheerder")
    await first.open("/beheer/rollen")
    await first.send("/beheer/rollen", role="assessor", register_number=house.number_of("bureau"))
    assert "Een andere beheerder moet tekenen" in first.text
    assert "/tekenen" not in first.page.text  # nobody signs what they proposed

    await second.open("/beheer/rollen")
    await second.send("/tekenen")

    assert "Het voorstel is getekend" in second.text
    assert "Toegekend" in second.text


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("state", "event"), sorted(PROPOSAL.moves))
async def test_every_move_of_a_proposal_is_a_deed_of_the_service(
    admins: House, state: ProposalState, event: ProposalEvent
):
    house = admins
    known = {"register_number": house.number_of("bureau")}
    path = await proposed(house, role="secretary", **(known if event is ProposalEvent.GRANT else INVITED))
    second = await house.client("beheerder")
    if state is ProposalState.INVITED:
        await second.move(path, "signature")

    if event in {ProposalEvent.GRANT, ProposalEvent.INVITE}:
        await second.move(path, "signature")
    elif event is ProposalEvent.REJECT:
        await second.move(path, "rejection")
    elif event is ProposalEvent.ACCEPT:
        given = {"token": await token(house, "invitation"), "password": NEW}
        assert (await (await house.client()).post("/invitation-acceptances", given)).status_code == 201
    else:
        async with house.means.database.reading() as session:
            row = await session.get_one(RoleProposal, UUID(path.rpartition("/")[2]))
        late = row.expires_at
        assert late > machine_now() + timedelta(days=13)
        await house.system(_out_of_time)
        late_one = await second.move(path, "signature")
        assert late_one.json()["code"] == "role-proposal-expired"
        assert await house.system(roles.expire) == 1

    assert (await second.get(path)).json()["state"] == PROPOSAL.after(state, event)


async def _out_of_time(work) -> None:
    row = (await work.session.exec(sa.select(RoleProposal))).scalars().one()
    row.expires_at = machine_now() - timedelta(seconds=1)
    work.log("test:late", row)


async def test_a_role_is_ended_on_its_page_and_works_at_once(admins: House):
    house = admins
    office, admin = await house.client("bureau"), await signed_in(house, "beheer")
    assert "office" in (await office.get("/me")).json()["roles"]
    await admin.open("/beheer/rollen?rol=office")
    assert "Bert Bureau" in admin.text, admin.text
    await admin.press("Beëindig")
    await admin.send(admin.path)
    assert admin.page.status_code == 400
    await admin.send(admin.path, reason="left")

    await admin.open("/beheer/rollen?rol=office")
    assert "Bert Bureau" not in admin.text, admin.text
    assert (await office.get("/people", params={"q": "Bureau"})).status_code == 403


async def test_two_administrators_stay_and_nobody_ends_a_role_of_their_own(admins: House):
    house = admins
    client = await house.client("beheer")
    rows = (await client.get("/role-grants", params={"role": "admin"})).json()["items"]
    by_number = {row["register_number"]: row["id"] for row in rows}
    why = {"reason": "left"}

    own = await client.move(f"/role-grants/{by_number[house.number_of('beheer')]}", "end", why)
    other = await client.move(f"/role-grants/{by_number[house.number_of('beheerder')]}", "end", why)

    assert (own.status_code, own.json()["code"]) == (403, "own-case")
    assert (other.status_code, other.json()["code"]) == (409, "two-administrators")
    refused = await (await house.client("toezicht")).move(f"/role-grants/{rows[0]['id']}", "end", why)
    assert refused.status_code == 403


async def test_who_keeps_the_affairs_of_a_board_gets_its_number(admins: House):
    house = admins
    admin = await house.client("beheer")

    without = await admin.post("/role-proposals", {**INVITED, "role": "board"})

    assert (without.status_code, without.json()["errors"][0]["code"]) == (400, "board-number-needed")
    known = {**INVITED, "role": "board", "scope": PLACES[0].board_number}
    assert (await admin.post("/role-proposals", known)).status_code == 201


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("role", "scope", "code"),
    [
        ("board", "99999", "no-such-board"),
        ("board", "4000", "board-number-needed"),
        ("provider", "geen-uuid", "no-such-provider"),
        ("provider", "019a0000-0000-7000-8000-000000000000", "no-such-provider"),
        ("secretary", "leraressen", "no-such-register"),
    ],
)
async def test_a_role_is_narrowed_only_to_what_there_is(admins: House, role: str, scope: str, code: str):
    admin = await admins.client("beheer")
    answer = await admin.post("/role-proposals", {**INVITED, "role": role, "scope": scope})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_broken_scope_that_stands_already_gives_nothing_and_breaks_nothing(admins: House):
    """M6: whoever held such a role got a 500 on every page."""
    house = admins
    give = [("provider", "geen-uuid"), ("board", "99999")]
    for role, scope in give:
        await house.system(lambda work, r=role, s=scope: grant(work, house.id_of("bureau"), Role(r), work.today, s))
    client = await house.client("bureau")
    assert (await client.get("/me")).status_code == 200
    for path in ("/providers", "/course-applications", "/staff"):
        assert (await client.get(path)).status_code < 500
    page = await signed_in(house, "bureau")
    for path in ("/begin", "/aanbieder", "/bestuur", "/presentie"):
        assert (await page.open(path)).status_code < 500, path


async def test_the_list_of_roles_pages_through_everybody_once_without_a_name_in_the_address(admins: House):
    client = await admins.client("beheer")
    whole = (await client.get("/role-grants", params={"pageSize": 100})).json()["items"]
    found, cursor = [], None
    while cursor or not found:
        answer = await client.get("/role-grants", params={"pageSize": 1} | ({"cursor": cursor} if cursor else {}))
        found += answer.json()["items"]
        cursor = answer.json()["next"]
        assert not cursor or place(cursor, 1) == [found[-1]["id"]]

    assert found == whole
    assert len(whole) > 2


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_role_that_somebody_has_or_may_get_is_not_given_again_and_its_end_ends_every_grant(admins: House):
    house = admins
    first, second = await house.client("beheer"), await house.client("beheerder")
    bureau = {"register_number": house.number_of("bureau")}
    held = await first.post("/role-proposals", {**bureau, "role": "office"})
    assert (held.status_code, held.json()["code"]) == (409, "role-held")
    waits = await proposed(house, **bureau, role="secretary")
    for who in (first, second):
        again = await who.post("/role-proposals", {**bureau, "role": "secretary"})
        assert (again.status_code, again.json()["code"]) == (409, "role-proposed")
    await second.move(waits, "rejection")
    await proposed(house, **INVITED, role="office")
    invited = await first.post("/role-proposals", {**INVITED, "email": INVITED["email"].upper(), "role": "office"})
    assert invited.json()["code"] == "role-proposed"

    async def given_before(work: Work) -> None:
        await grant(work, house.id_of("bureau"), Role.OFFICE, work.today)

    await house.system(given_before)  # as an earlier release let it happen
    rows = (await first.get("/role-grants", params={"role": "office"})).json()["items"]
    double = [row["id"] for row in rows if row["register_number"] == bureau["register_number"]]
    assert len(double) == 2
    assert (await first.move(f"/role-grants/{double[0]}", "end", {"reason": "left"})).status_code == 201
    assert "office" not in (await (await house.client("bureau")).get("/me")).json()["roles"]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_pages_of_roles_say_what_one_may_not_do_oneself_and_what_was_typed_twice(admins: House):
    house = admins
    await a_leader(house.world, "leo")
    first, second = await signed_in(house, "beheer"), await signed_in(house, "beheerder")
    await first.open("/beheer/rollen?rol=admin")
    assert "Uw eigen functie beëindigt een ander." in first.text
    assert first.page.text.count("/beheer/rollen/toegekend/") == 1
    await first.send("/beheer/rollen", role="office", register_number=house.number_of("leo"), email="a@b.example")
    assert "niet allebei" in first.text
    await first.open("/beheer/rollen")
    await first.send("/beheer/rollen", role="board", register_number=house.number_of("leo"))
    assert "Zoek het bestuur op naam of plaats en kies het" in first.text
    await first.open("/beheer/rollen")
    await first.send("/beheer/rollen", role="committee-member", register_number=house.number_of("leo"))
    assert "U stelde dit zelf voor." in first.text
    for who, said in ((first, False), (second, True)):
        await who.open("/kantoor")
        assert ("1 te ondertekenen" in who.text) is said
    await second.open("/beheer/rollen")
    await second.send("/tekenen")
    assert "Deze persoon heeft nog geen tweede stap ingesteld" in second.text
    assert "/tweede-stap" not in second.text


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_an_invitation_says_who_invites_and_for_which_role(admins: House):
    house = admins
    path = await proposed(house, **INVITED, role="secretary")
    await (await house.client("beheerder")).move(path, "signature")

    (mail,) = await mails(house, "invitation")

    assert "Ada Beheer nodigt u uit" in mail.body
    assert "Secretaris" in mail.body
