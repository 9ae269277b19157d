"""Every kind of page and every form in error, of every role: axe-core finds nothing, and nothing scrolls sideways."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Service
from tests.browser.looking import OVERFLOWING, SIDEWAYS
from tests.browser.walking import Walk

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROLES = {
    "public": "",
    "leader": "marijke.",
    "teacher": "koen.",
    "secretary": "sanne.",
    "committee": "ada.",
    "assessor": "fatima.",
    "accreditation": "lotte.",
    "provider": "anouk.",
    "adviser": "els.",
    "appeals": "noor.",
    "appeals-secretary": "iris.",
    "board": "hanneke.",
    "office": "marit.",
    "admin": "petra.",
    "auditor": "ria.",
}
PUBLIC = (
    "/",
    "/?q=de",
    "/termijnen",
    "/uren-en-budget",
    "/uren-en-budget?cao=po-2019&role=director&from=1-8-2019&fte=0,8&on=1-5-2023",
    "/schorsing",
    "/brief-controleren",
    "/cijfers",
    "/agenda",
    "/zorgen",
    "/opleidingen",
)
WIDE, NARROW = 1280, 320
HEAVIEST = 100_000


@dataclass(frozen=True)
class Look:
    """One way of looking: a width in pixels, a colour scheme, and how large the text is."""

    width: int
    scheme: str
    text: int = 100

    def at(self, page: Any) -> None:
        page.set_viewport_size({"width": self.width, "height": 900})
        page.emulate_media(color_scheme=self.scheme, reduced_motion="reduce")  # no colour is read halfway a change
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{self.text}%")


LOOKS = tuple(Look(width, scheme) for width in (WIDE, NARROW) for scheme in ("light", "dark"))
LARGE = Look(WIDE, "light", text=200)


def findings(page: Any, looks: tuple[Look, ...]) -> Iterator[str]:
    """What is wrong with the page that stands in the browser."""
    for look in looks:
        look.at(page)
        if (over := page.evaluate(SIDEWAYS)) > 0:
            yield f"{look}: {over} px too wide"
        yield from (f"{look}: {one}" for one in page.evaluate(OVERFLOWING))
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        for one in found.response["violations"]:
            yield f"{look}: {one['id']} at {[node['target'] for node in one['nodes']][:3]}"
    looks[0].at(page)
    title, wrong = page.title(), page.locator("#error-summary").count()
    if bool(wrong) is not title.startswith("Fout: "):
        yield f"title {title!r} with {wrong} lists of mistakes"
    if (heavy := len(page.content().encode())) > HEAVIEST:
        yield f"{heavy} bytes"


@pytest.mark.parametrize(("role", "look"), [("public", Look(WIDE, "light")), ("leader", Look(NARROW, "dark"))])
def test_every_page_of_a_role_is_for_everybody(service: Service, role: str, look: Look):
    walk_along(service, role, (look,))


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_for_everybody_in_every_look(service: Service, role: str):
    walk_along(service, role, (*LOOKS, LARGE))


def walk_along(service: Service, role: str, looks: tuple[Look, ...]) -> None:
    page = service.page(WIDE, script=True)  # axe is a script itself
    if ROLES[role]:
        service.sign_in(page, ROLES[role])
    begin = (page.url, "/") if ROLES[role] else PUBLIC
    walk, wrong = Walk(service.address, page), []

    for kind in walk.along(*begin):
        if (kind, looks) in service.examined:
            continue
        service.examined.add((kind, looks))
        wrong += [f"{kind}: {each}" for each in findings(page, looks)]

    page.context.close()
    assert not wrong, "\n".join(wrong)
    assert not walk.refused, walk.refused
    assert len(walk.seen) > len(PUBLIC)
