"""What every page must be when somebody looks at it, and pictures of it where `TEST_SHOTS` names a folder."""

import os
import re
from pathlib import Path
from typing import Any

SHOTS = os.environ.get("TEST_SHOTS")


def keep(page: Any, name: str, *, whole: bool = True) -> None:
    """A picture of the page, or of what fits in the window, where asked."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("load")
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=whole)


WIDTHS = (320, 768, 1280)
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OVERFLOWING = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'visible')
  .filter(e => getComputedStyle(e).display !== 'inline' && !e.closest('.bk-hidden-visually, svg, .bk-nav'))
  .filter(e => !e.closest('details:not([open]) > :not(summary)'))
  .filter(e => !e.closest('thead') || getComputedStyle(e.closest('thead')).position !== 'absolute')
  .map(e => `${e.tagName.toLowerCase()}.${e.className} by ${e.scrollWidth - e.clientWidth} px`)"""
"""What is wider than its place, and so slides under what stands beside it."""


def too_wide(page: Any, height: int = 900) -> list[str]:
    """What scrolls sideways or slides under something else, on a telephone, a tablet and a screen."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        if (over := page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{width}: {over} px too wide")
        found += [f"{width}: {one}" for one in page.evaluate(OVERFLOWING)]
    return found


def look(page: Any, name: str, width: int) -> None:
    """What every page must be: nothing too wide, one heading, a label at every field; kept where asked."""
    page.wait_for_load_state("load")
    wide = too_wide(page)
    page.set_viewport_size({"width": width, "height": 900})
    found = page.evaluate(
        """() => ({
          headings: document.querySelectorAll('h1').length,
          ids: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, at, all) => all.indexOf(id) !== at),
          bare: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(e => !e.labels.length && !e.getAttribute('aria-label')).map(e => e.name),
          small: [...document.querySelectorAll('button, input:not([type=hidden]), select')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.name || e.textContent),
        })"""
    )
    keep(page, f"{name}-{width}")
    assert found == {"headings": 1, "ids": [], "bare": [], "small": []}, name
    assert not wide, (name, wide)
    assert page.locator("html").get_attribute("lang") == "nl"


def press(page: Any, said: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{re.escape(said)}")).first.click()
