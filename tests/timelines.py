"""Timelines as each reader sees them, at the API and on the page."""

from tests.builders import House
from tests.pages import signed_in


async def lines(house: House, who: str, path: str) -> list[str]:
    """What a reader sees of a case: day and what, the past first, then after `>` what comes."""
    answer = await (await house.client(who)).get(f"{path}/timeline")
    assert answer.status_code == 200, answer.text
    return [f"{'> ' if one['comes'] else ''}{one['on']} {one['what']}" for one in answer.json()]


async def new_since(house: House, who: str, path: str, before: list[str]) -> list[str]:
    """What happened since, and what comes now."""
    left = list(before)
    found = []
    for one in await lines(house, who, path):
        if one in left and not one.startswith(">"):
            left.remove(one)
        else:
            found.append(one)
    return found


async def on_page(house: House, who: str, page: str) -> str:
    """The page of a case, in words."""
    browser = await signed_in(house, who)
    await browser.open(page)
    return browser.text
