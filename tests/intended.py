"""A measure about a provider that was told first, and of which the provider said what it thinks."""

from typing import Any

from tests.accreditation.steps import ok
from tests.builders import House
from tests.two_persons import by_two

VIEW = "Wij hebben het al hersteld."
ANSWER = {"answer": "Dat is gezien, en het is nog niet genoeg."}


async def heard(house: House, intention: dict[str, Any], who: str = "secretaris") -> None:
    """What the provider said by word of mouth is written down."""
    await ok(await (await house.client(who)).move(f"/provider-intentions/{intention['id']}", "views", {"view": VIEW}))


async def measured(house: House, path: str, step: str, measure: dict[str, Any]) -> Any:
    """Told, heard, proposed by one and signed by another."""
    secretary = await house.client("secretaris")
    meant = {"kind": f"provider-{step}", "reasons": measure["reasons"], "grounds": measure["grounds"]}
    await heard(house, await ok(await secretary.move(path, "intentions", meant)))
    return await by_two(house, "secretaris", path, step, measure | ANSWER)


async def withdrawal_proposed(house: House, accreditation: str, text: dict[str, Any]) -> dict[str, Any]:
    """Told, heard, and proposed by one."""
    secretary = await house.client("secretaris")
    here = f"/course-accreditations/{accreditation}"
    meant = {"reasons": text["reasons"], "grounds": text["grounds"]}
    await heard(house, await ok(await secretary.post(f"{here}/withdrawal-intentions", meant)))
    return dict(await ok(await secretary.post(f"{here}/withdrawals", text | ANSWER)))
