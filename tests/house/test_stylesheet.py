"""The one stylesheet keeps its word: contrast in both schemes (WCAG 2.2 AA), size, and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

import core
from core.texts import ROOMS

SHEET = (Path(core.__file__).parent / "static" / "bekwaam.css").read_text()
ROOTS = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
LIGHT, DARK = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block)) for block in ROOTS[:2])
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "link", "link-hover") for ground in ("paper", "surface", "sunken")),
    *((tone, f"{tone}-ground") for tone in ("good", "warn", "bad", "info", "calm")),
    *(("ink", f"{tone}-ground") for tone in ("good", "warn", "bad", "info", "focus")),
    *((ink, "band") for ink in ("band-ink", "band-soft")),
    *(("action-ink", ground) for ground in ("action", "action-hover")),
    *((ink, ground) for ink in ("action", "bad") for ground in ("paper", "surface")),
    ("action", "info-ground"),
]
SHAPES = [
    *((line, ground) for line in ("edge", "focus", "action") for ground in ("paper", "surface")),
    ("accent", "band"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_and_shapes_can_be_seen(scheme):
    faint = [
        (one, other, round(found, 2))
        for pairs, least in ((TEXT, 4.5), (SHAPES, 3))
        for one, other in pairs
        if (found := contrast(scheme[one], scheme[other])) < least
    ]

    assert not faint


def test_the_dark_scheme_has_a_value_for_every_colour():
    assert set(LIGHT) == set(DARK)


def test_it_is_small_and_fetches_nothing():
    assert len(SHEET.encode()) < 30_000
    assert not re.search(r"url\(|@import|@font-face", SHEET)
    assert SHEET.count("{") == SHEET.count("}")


def test_no_page_has_an_inline_style_or_script():
    for path in (path for room in ROOMS for path in (Path(core.__file__).parents[1] / room).rglob("*.html")):
        assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son[a-z]+=|\| *safe", path.read_text()), path
