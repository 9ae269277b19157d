"""Walking through the questions of an application on pages, each screen by what it asks."""

from typing import Any

from tests.builders import PDF
from tests.pages import Browser

SCAN = {"file": ("diploma.pdf", PDF, "application/pdf")}
# What somebody answers who has no more to say than the story needs.
PLAIN = {"sector": "po"}


def asks(one: Browser) -> set[str]:
    """The names of the fields on this screen."""
    return one.form(one.path).names - {"_token", "_key", "_version"}


async def begin(one: Browser, route: str = "programme") -> str:
    """The draft of a first registration; its address."""
    await one.open("/mijn/aanvragen/nieuw")
    await one.send("/mijn/aanvragen", route=route)
    assert one.page.status_code == 200, one.text
    return one.path.split("/vragen/")[0].split("/bewijsstukken/")[0]


async def answer(one: Browser, files: dict[str, Any] | None = None, words: str = "", **answers: str) -> None:
    """Answer screen after screen with what it asks, until the last look. A screen that is refused stops the walk.

    With `words` a programme or a bureau is searched for and chosen from what was found; no code is typed.
    """
    for _ in range(30):
        if one.path.endswith("/controle"):
            return
        if words and one.path.endswith("/opleiding"):
            await choose(one, words, answers["programme_code"])
            continue
        names = asks(one)
        given = {name: value for name, value in {**PLAIN, **answers}.items() if name in names}
        if "chosen" in names and "programme_code" not in names and "programme_code" in answers:  # a bureau, by its name
            given["chosen"] = answers["programme_code"]
        await one.send(one.path, files=files or SCAN if "file" in names else None, **given)
        assert one.page.status_code == 200, one.text
    raise AssertionError(f"no end to the questions: {one.path}")


async def choose(one: Browser, words: str, code: str) -> None:
    """Search for a programme by its words, and take the one with this code."""
    if 'name="zoek"' in one.page.text:
        await one.open(f"{one.path}?zoek={words}")
    assert f'name="chosen" value="{code}"' in one.page.text, one.text
    await one.send(one.path, chosen=code)
    assert one.page.status_code == 200, one.text


async def hand_in(one: Browser) -> str:
    """The declaration and the button; the address of the application."""
    await one.send("/indienen", declared="true")
    assert one.path.endswith("/ingediend"), one.text
    assert "Uw aanvraag is ingediend" in one.text, one.text
    return one.path.removesuffix("/ingediend")
