"""Files before the committee, ready for a race; and whether the house is still sound after one."""

from collections import Counter

from register.checks.decisions import findings
from register.checks.verify import trail_findings
from tests.builders import MEMBERS, Client, House, a_leader
from tests.journeys.steps import an_application, apply


async def listed(house: House, number: int) -> tuple[Client, list[str]]:
    """So many letters on the agenda of one open session of five members: the secretary, and the items."""
    secretary = await house.client("secretaris")
    ids = [str(house.id_of(member)) for member in MEMBERS[:5]]
    day = house.world.clock.at.date().isoformat()
    planned = await secretary.post("/committee-sessions", {"held_on": day, "chair_id": ids[0], "members": ids})
    session = f"/committee-sessions/{planned.json()['id']}"
    items = []
    for n in range(number):
        await a_leader(house.world, f"aanvrager{n}")
        leader = await house.client(f"aanvrager{n}")
        letter = an_application(route="free-form", statement="Ik leid al twintig jaar een school.")
        file = await apply(leader, letter, None)
        assert (await secretary.move(f"/applications/{file}", "admission")).status_code == 201
        item = await secretary.post(f"{session}/agenda-items", {"application_id": file})
        assert item.status_code == 201, item.text
        items.append(f"/agenda-items/{item.json()['id']}")
    assert (await secretary.move(session, "opening")).status_code == 201
    return secretary, items


async def problems(house: House) -> list[str]:
    """What `verify` and `audit verify` find."""
    async with house.means.database.snapshot() as session:
        checks = (findings, trail_findings)
        return [str(each) for check in checks async for each in check(house.means, session, Counter())]
