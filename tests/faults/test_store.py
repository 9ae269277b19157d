"""The store of files is away: what is done is answered as done, what cannot be done is refused with a reason."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from auth.actor import SYSTEM
from core.logs import JsonLines
from core.store.files import FileStore, open_store
from core.store.work import Means, Work
from register.notification.models import SentLetter
from register.service.sweep import sweep
from tests import deciding
from tests.builders import House, a_leader
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application

pytestmark = pytest.mark.differs

TODAY = date(2024, 9, 12)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """A bucket at an address where nobody listens."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION"):
        monkeypatch.setenv(f"AWS_{name}", "test")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    return open_store("s3://bewijs")


async def digests(house: House, decision: UUID) -> list[str]:
    async with house.means.database.reading() as session:
        return list(await session.exec(select(SentLetter.sha256).where(SentLetter.decision_id == decision)))


async def test_a_decision_is_made_known_while_the_store_is_away_and_its_letter_is_pressed_later(
    house: House, away: FileStore, caplog: pytest.LogCaptureFixture
):
    await a_leader(house.world, "leo")
    decision = await deciding.taken(house, "leo")
    stored, secretary = house.means.files, await house.client("secretaris")
    house.keeps_files_in(away)

    known = await secretary.move(f"/decisions/{decision}", "notification", {})
    swept = await sweep(house.means, TODAY)

    assert known.status_code == 201, known.text
    assert (await secretary.get(f"/decisions/{decision}")).json()["notified_on"] == "2024-09-12"
    assert await digests(house, decision) == [""]
    assert swept.letters_pressed == 1
    assert "a letter was not pressed" in caplog.text
    assert "Leider" not in caplog.text

    house.keeps_files_in(stored)
    await sweep(house.means, TODAY)

    assert all(await digests(house, decision))
    assert await problems(house) == []


async def test_evidence_is_refused_with_a_reason_while_the_store_is_away_and_taken_afterwards(
    house: House, away: FileStore
):
    await a_leader(house.world, "leo")
    leo, stored = await house.client("leo"), house.means.files
    file = f"/applications/{(await leo.post('/applications', an_application())).json()['id']}"
    proof = (await leo.post(f"{file}/proofs", a_diploma("2024-08-31"))).json()["id"]
    house.keeps_files_in(away)

    refused = await leo.upload(f"{file}/proofs/{proof}/file")

    assert (refused.status_code, refused.json()["code"]) == (503, "files-away")
    assert refused.headers["retry-after"] == "30"
    house.keeps_files_in(stored)
    assert (await leo.upload(f"{file}/proofs/{proof}/file")).status_code == 201


async def test_what_fails_after_a_commit_is_logged_without_a_name_and_undoes_nothing(
    house: House, caplog: pytest.LogCaptureFixture
):
    async def gone(_means: Means) -> None:
        raise ValueError("Leo Leider")

    async def deed(work: Work) -> None:
        work.send("offer", address="a@voorbeeld.example", subject="Aanbod", body="Er is aanbod.\n")
        work.then(gone)

    await house.means.do(SYSTEM, deed)

    (line,) = [record for record in caplog.records if record.message == "left after a commit"]
    assert "Leider" not in JsonLines().format(line)
    assert "ValueError" in JsonLines().format(line)
