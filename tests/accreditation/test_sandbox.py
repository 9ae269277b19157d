"""The sandbox: answered as it would be, on any day, and then nothing of it is so."""

from datetime import date
from typing import Any

from sqlmodel import select

from accreditation.attendance.models import Attendance, AttendanceBatch, CreditLine
from accreditation.sandbox.models import SandboxMessage
from accreditation.sandbox.policy import MOST_KEPT, is_sandbox_user, kept
from core.store.audit import TrailEvent
from tests.accreditation.attendance.given import a_run, given
from tests.accreditation.peonline.test_door import a_key, errors, row, send
from tests.accreditation.steps import ok
from tests.builders import House, a_leader
from tests.pages import signed_in

BULK = "/sandbox/attendances/bulk"


def test_a_user_of_the_sandbox_is_told_from_a_real_one_by_its_form():
    assert is_sandbox_user("9123456789")
    assert not any(map(is_sandbox_user, ("123456789", "912345678", "91234567890", "8123456789", "9१23456789", "")))
    assert kept("<userKey>geheim</userKey>", "geheim") == "<userKey>***</userKey>"


async def counted(house: House) -> list[int]:
    """How many rows there are of all that a list leaves behind."""
    async with house.means.database.reading() as session:
        kinds: list[Any] = [Attendance, AttendanceBatch, CreditLine, TrailEvent]
        return [len((await session.exec(select(kind))).all()) for kind in kinds]


async def sandbox(house: House) -> dict[str, Any]:
    return await ok(await (await house.client("paula")).post("/sandbox-keys", {}))


def opened(key: dict[str, Any], **more: str) -> dict[str, str]:
    return {"Sandbox-User": key["user_id"], "Sandbox-Key": key["user_key"], **more}


async def test_a_list_is_answered_as_it_would_be_and_leaves_nothing_behind(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    later = await a_run(house, made.course, external_id="LATER", starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 3))
    await a_leader(house.world, "nadia")
    key, public, paula = await sandbox(house), await house.client(), await house.client("paula")
    number = house.number_of("nadia")
    rows = [{"register_number": number, "run_id": str(run)} for run in (made.run, later)]
    rows.append({"register_number": "123", "run_id": str(made.run)})
    before = await counted(house)

    tried = await ok(await public.post(BULK, {"rows": rows}, headers=opened(key)))
    ahead = await ok(await public.post(BULK, {"rows": rows}, headers=opened(key, **{"Sandbox-Date": "2025-03-04"})))

    assert [one["code"] or one["outcome"] for one in tried["rows"]] == ["accepted", "not-yet", "to-be-checked"]
    assert [one["outcome"] for one in ahead["rows"]] == ["accepted", "accepted", "to-be-checked"]
    assert await counted(house) == before
    nadia = await house.client("nadia")
    assert (await nadia.get("/attendances")).json()["items"] == []
    real = await ok(await paula.post("/attendances/bulk", {"rows": rows}))
    assert [one["outcome"] for one in real["rows"]] == [one["outcome"] for one in tried["rows"]]
    first, second = (await paula.get("/sandbox-messages")).json()["items"]
    assert (first["pretended_on"], second["pretended_on"]) == ("2025-03-04", None)
    assert "2: refused not-yet" in second["answer"]
    assert number in second["message"]


async def test_only_its_own_key_opens_the_sandbox_and_the_key_before_opens_nothing(house: House):
    made = await given(house)
    old = await sandbox(house)
    key, public = await sandbox(house), await house.client()
    rows = {"rows": [{"register_number": "123", "run_id": str(made.run)}]}

    assert key["user_id"] == old["user_id"]
    for wrong in (opened(old), opened(key, **{"Sandbox-Key": "x"}), opened(key, **{"Sandbox-User": "9" * 10}), {}):
        refused = await public.post(BULK, rows, headers=wrong)
        assert (refused.status_code, refused.json()["code"]) == (401, "wrong-sandbox-key")
    for day in ("morgen", "2099-01-01"):
        refused = await public.post(BULK, rows, headers=opened(key, **{"Sandbox-Date": day}))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "day")
    assert (
        await (await house.client("aanbieder")).get("/sandbox-messages?provider=" + str(made.provider))
    ).status_code == 404
    assert (await (await house.client("secretaris")).post("/sandbox-keys", {})).status_code == 403


async def test_the_old_door_knows_the_key_of_the_sandbox_and_lets_no_other_key_pretend(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    await a_run(house, made.course, external_id="LATER", starts_on=date(2025, 3, 3), ends_on=date(2025, 3, 3))
    await a_leader(house.world, "nadia")
    key, real = await sandbox(house), await a_key(house)
    later = row(house.number_of("nadia"), externalEditionID="LATER")
    before = await counted(house)

    now = await send(house, key, later)
    then = await send(house, key, later, **{"Sandbox-Date": "2025-03-04"})
    pretending = await send(house, real, row(house.number_of("nadia")), **{"Sandbox-Date": "2025-03-04"})
    wrong = await send(house, key | {"user_key": "x"}, later)
    elsewhere = await send(house, key, later, org="102")

    assert errors(now.text) == [("100", None)]
    assert "<accepted_rows>1</accepted_rows>" in then.text
    assert [errors(one.text) for one in (pretending, wrong, elsewhere)] == [[("400", None)]] * 3
    assert await counted(house) == before
    async with house.means.database.reading() as session:
        tried = list((await session.exec(select(SandboxMessage))).all())
    assert len(tried) == 3
    assert not any(key["user_key"] in one.message or key["user_key"] in one.answer for one in tried)
    assert "***" in tried[0].message


async def test_only_the_last_messages_are_kept_and_the_page_shows_them(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    paula = await signed_in(house, "paula")
    await paula.open("/presentie/proef")
    assert "U hebt nog niets geprobeerd." in paula.text
    await paula.send("/presentie/proef", provider_id=str(made.provider))
    user, secret = (
        paula.page.text.split(f'<dt class="bk-data-list__key">{name}</dt>')[1] for name in ("Gebruiker", "Sleutel")
    )
    key = {
        "user_id": user.split('value">')[1].split("<")[0].strip(),
        "user_key": secret.split('value">')[1].split("<")[0].strip(),
    }
    public = await house.client()
    for n in range(MOST_KEPT + 3):
        rows = {"rows": [{"register_number": f"nummer {n}", "run_id": str(made.run)}]}
        await ok(await public.post(BULK, rows, headers=opened(key)))

    await paula.open("/presentie/proef")
    assert f"nummer {MOST_KEPT + 2}" in paula.text
    assert "nummer 2 " not in paula.text
    assert paula.text.count("Antwoord") == MOST_KEPT
    assert key["user_key"] not in paula.page.text
