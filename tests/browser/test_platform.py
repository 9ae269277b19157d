"""A learning platform of a stranger, with nothing but the seed's file of identities, over real HTTP."""

import re
from typing import Any

import httpx
import pytest

from tests.browser.conftest import Seeded

pytestmark = pytest.mark.thorough

DOOR = "/pe-services/pe-attendanceelearning/WriteAttendance.asmx/ProcessXML"


def the_entry(identity: dict[str, Any], numbers: list[str], *, key: str | None = None) -> str:
    """The message as the public clients write it."""
    rows = "".join(
        f"<Attendance><externalCourseID>{identity['course']}</externalCourseID>"
        f"<externalEditionID>{identity['run']}</externalEditionID><externalPersonID>{number}</externalPersonID>"
        f"<endDate>{identity['date']}T00:00:00.0000000+00:00</endDate></Attendance>"
        for number in numbers
    )
    return (
        f"<Entry><Settings><userID>{identity['userID']}</userID><userRole>EDU</userRole>"
        f"<userKey>{key or identity['userKey']}</userKey><orgID>{identity['orgID']}</orgID>"
        "<settingOutput>true</settingOutput><emailOutput></emailOutput><languageID>1</languageID>"
        f"<defaultLanguageID>1</defaultLanguageID></Settings>{rows}</Entry>"
    )


def counts(answer: httpx.Response) -> dict[str, int]:
    assert answer.status_code == 200, answer.text
    return {name: int(n) for name, n in re.findall(r"<(\w+_rows)>(\d+)</", answer.text)}


def test_the_identity_of_the_seed_reports_by_both_messages_and_by_a_list(seeded: Seeded) -> None:
    identity = seeded.shown["attendance"]
    numbers = identity["register_numbers"]
    assert None not in identity.values()
    assert len(numbers) == 3
    xml = the_entry(identity, numbers)

    with httpx.Client(base_url=seeded.address, timeout=60) as http:
        encoded = http.post(DOOR, data={"sXML": xml})
        raw = http.post(
            DOOR,
            content=f"sXML={xml}".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        closed = http.post(DOOR, data={"sXML": the_entry(identity, numbers, key="x")})
        provider = next(one for one in seeded.shown["people"] if one["email"].startswith("anouk."))
        token = http.post("/v1/token", json={"email": provider["email"], "password": provider["password"]})
        headers = {"Authorization": f"Bearer {token.json()['access_token']}", "Idempotency-Key": "lijst"}
        row = {"course": identity["course"], "run": identity["run"], "ended_on": identity["date"]}
        rows = [{**row, "register_number": number} for number in numbers]
        listed = http.post("/v1/attendances/bulk", json={"rows": rows}, headers=headers)
        (mine, *_) = http.get("/v1/platform-keys", headers=headers).json()

    all_three = {"rejected_rows": 0, "accepted_rows": 3, "total_rows": 3}
    assert counts(encoded) == counts(raw) == all_three
    assert "<errorNR>400</errorNR>" in closed.text
    assert listed.status_code == 201, listed.text
    assert [one["outcome"] for one in listed.json()["rows"]] == ["accepted"] * 3
    assert listed.json()["stored"] == 0  # the platform was first; a row sent again is booked once
    assert mine["last_used_at"] is not None
    assert identity["userKey"] not in seeded.log.read_text()
