"""The steps of the journeys, each through the API only, in the words of the field."""

from collections.abc import Sequence
from typing import Any

from register.seed.documents import certificate
from tests.builders import MEMBERS, PROGRAMME, Client, House


async def apply(client: Client, application: dict[str, Any], proof: dict[str, Any] | None) -> str:
    """Draw an application up with its document, and hand it in; its id."""
    drawn = await client.post("/applications", application)
    assert drawn.status_code == 201, drawn.text
    path = f"/applications/{drawn.json()['id']}"
    if proof is not None:
        added = await client.post(f"{path}/proofs", proof)
        assert added.status_code == 201, added.text
        uploaded = await client.upload(f"{path}/proofs/{added.json()['id']}/file")
        assert uploaded.status_code == 201, uploaded.text
    handed_in = await client.move(path, "submission")
    assert handed_in.status_code == 201, handed_in.text
    return str(drawn.json()["id"])


async def sit(house: House, application_id: str, members: Sequence[str] = MEMBERS[:5]) -> tuple[Client, str, str]:
    """The secretary finds a file complete and opens a session with it: the secretary, the session, the item."""
    secretary = await house.client("secretaris")
    admitted = await secretary.move(f"/applications/{application_id}", "admission")
    assert admitted.status_code == 201, admitted.text
    ids = [str(house.id_of(member)) for member in members]
    held_on = house.world.clock.at.date().isoformat()
    planned = await secretary.post("/committee-sessions", {"held_on": held_on, "chair_id": ids[0], "members": ids})
    assert planned.status_code == 201, planned.text
    session = f"/committee-sessions/{planned.json()['id']}"
    item = await secretary.post(f"{session}/agenda-items", {"application_id": application_id})
    assert item.status_code == 201, item.text
    opened = await secretary.move(session, "opening")
    assert opened.status_code == 201, opened.text
    return secretary, session, f"/agenda-items/{item.json()['id']}"


async def vote(house: House, item: str, choice: str, members: Sequence[str] = MEMBERS[:4]) -> None:
    """Members vote."""
    for member in members:
        client = await house.client(member)
        cast = await client.post(f"{item}/votes", {"vote": choice})
        assert cast.status_code == 201, cast.text


async def make_known(secretary: Client, decision_id: str) -> dict[str, Any]:
    """The secretary makes a decision known."""
    known = await secretary.move(f"/decisions/{decision_id}", "notification", {})
    assert known.status_code == 201, known.text
    return dict(known.json())


async def decide(house: House, application_id: str, choice: str, ruling: dict[str, Any]) -> dict[str, Any]:
    """From handed in to made known, in one session."""
    secretary, session, item = await sit(house, application_id)
    await vote(house, item, choice)
    ruled = await secretary.post(f"{item}/decision", ruling)
    assert ruled.status_code == 201, ruled.text
    known = await make_known(secretary, ruled.json()["decision"]["id"])
    closed = await secretary.move(session, "closing", {"minutes": "Het dossier is behandeld."})
    assert closed.status_code == 201, closed.text
    return known


def a_diploma(issued_on: str, programme: str = PROGRAMME) -> dict[str, Any]:
    """A diploma of an accredited programme."""
    return {"kind": "programme", "programme_code": programme, "issued_on": issued_on}


def an_application(register: str = "schoolleiders-po", **more: Any) -> dict[str, Any]:
    """An application by programme."""
    return {"register_code": register, "route": "programme", **more}


async def learn(house: House, who: str, entry: dict[str, Any], points: int | None) -> str:
    """An activity with evidence, handed in, and valued where points need an assessor; its id."""
    client = await house.client(who)
    added = await client.post("/portfolio-entries", entry)
    assert added.status_code == 201, added.text
    path = f"/portfolio-entries/{added.json()['id']}"
    proof = certificate(f"{entry['title']} {entry['done_on']}")
    assert (await client.upload(f"{path}/evidence", "certificaat.pdf", proof)).status_code == 201
    handed_in = await client.move(path, "submission")
    assert handed_in.status_code == 201, handed_in.text
    if points is not None:
        assessor = await house.client("beoordelaar")
        valued = await assessor.post(f"{path}/valuation", {"points": points, "reasons": "Past bij de standaard."})
        assert valued.status_code == 201, valued.text
    return str(added.json()["id"])
