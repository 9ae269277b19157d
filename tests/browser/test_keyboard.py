"""With nothing but a keyboard: the skip link first, the focus always to be seen, and each deed within reach of Tab."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Service
from tests.browser.looking import look

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const one = document.activeElement
  const style = getComputedStyle(one)
  return {name: one.name || '', said: one.textContent.trim(), id: one.id, tag: one.tagName,
    seen: parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none'}
}"""
FURTHEST = 200


def tab(page: Any, wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Tab until there; each stop on the way shows that it has the focus."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"], focus
        if wanted(focus):
            return
    raise AssertionError(f"out of reach of Tab: {page.url}")


def to_main(page: Any) -> None:
    """Past the menu, by the first link of the page."""
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["said"] == "Direct naar de inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main"


def said(text: str) -> Callable[[dict[str, Any]], bool]:
    return lambda focus: bool(focus["said"].startswith(text))


def field(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda focus: bool(focus["name"] == name)


def follow(page: Any, wanted: Callable[[dict[str, Any]], bool]) -> None:
    tab(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_leader_adds_an_activity_with_the_keyboard_alone(service: Service):
    page = service.sign_in(service.page(1280), "ilse.verhoeven")
    follow(page, said("Mijn portfolio"))
    to_main(page)
    typed = {"what": "Congres over burgerschap", "done_on": "1-10-2026", "amount": "6"}
    for name, text in typed.items():
        tab(page, field(name))
        page.keyboard.type(text)
    tab(page, lambda focus: focus["tag"] == "SELECT")
    page.keyboard.type("Congres")
    follow(page, said("Bewaar als concept"))

    look(page, "keyboard-activity", 1280)
    assert "Congres over burgerschap" in page.inner_text("main")
    page.context.close()


def test_a_committee_member_votes_with_the_keyboard_alone(service: Service):
    page = service.staff("ada.")
    page.goto(f"{service.address}/zittingen")
    to_main(page)
    follow(page, said("Commissie Registratie, 19 november 2026"))
    to_main(page)
    follow(page, lambda focus: focus["tag"] == "A" and focus["said"].startswith("Aanvraag registratie: "))
    to_main(page)
    tab(page, field("vote"))
    page.keyboard.press("Space")
    look(page, "keyboard-vote", 1280)
    follow(page, said("Stem"))

    assert "U stemde: voor" in page.inner_text("aside")
