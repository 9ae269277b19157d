"""Every route of every register that has it, from enrolment to the public entry: through pages, and through the API.

All are decided on Tuesday 1 October 2024. The level is that of the proof (rules 2.1). School leaders are registered for
five years from the decision (art. 7A(1)); teachers, whose period begins before 2026, for four.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from accreditation.offer import service as offer
from accreditation.programmes.models import HigherEducationProgramme
from core.store.work import Work
from register.schools.duo.rows import Kind, Source
from register.schools.models import Board, Location
from tests.builders import TEACHING_DEGREE, House, a_teaching_degree
from tests.faults.files import problems
from tests.journeys import asking, enrolling, steps
from tests.journeys.hands import ByApi, ByPages
from tests.pages import browser

PO, VO, TEACHERS = "schoolleiders-po", "schoolleiders-vo", "leraren"
DAY = date(2024, 10, 1)
FIVE, FOUR = "2029-10-01", "2028-10-01"
TEACHING_MASTER, OTHER_MASTER = "60001", "60002"
COLLEGE = "Deltion College"


@dataclass(frozen=True)
class Way:
    """A route in a register: what is shown, what comes of it, and why. `words`: how the applicant searches for it."""

    register: str
    route: str
    level: str | None
    until: str
    why: str
    code: str = ""
    words: str = ""
    kind: str = ""
    states: str = ""
    sector: str = "po"
    at: str = "Basisschool De Één 08AA00"

    def __str__(self) -> str:
        return "-".join(part for part in (self.register, self.route, self.kind, self.level, self.sector) if part)

    def proof(self) -> dict[str, str]:
        """The document as the API takes it."""
        if self.route == "free-form":
            return {}
        said = {"kind": self.kind or self.route, "issued_on": "2024-06-03"}
        return (
            said
            | ({"programme_code": self.code} if self.code else {})
            | ({"level": self.states} if self.states else {})
        )


def of_leaders(register: str) -> list[Way]:
    return [
        Way(register, "programme", "niveau-1", FIVE, "15 EC, basisbekwaam (po-opleiding)", "BB-15", "basisbekwaam"),
        Way(register, "programme", "niveau-2", FIVE, "30 EC, vakbekwaam (po-opleiding)", "VB-30", "vakbekwaam"),
        Way(
            register, "master", "master", FIVE, "an NVAO master that fits the standard (po-basis)", "MEM", "educational"
        ),
        Way(register, "assessment", "niveau-2", FIVE, "an assessment leads to niveau 2 (po-assessment)", "TA", "peil"),
        Way(register, "prior-learning", "niveau-2", FIVE, "EVC leads to niveau 2 (po-evc)", "EVC", "evc oost"),
        Way(register, "diploma-valuation", "niveau-1", FIVE, "the level that is stated (I)", states="niveau-1"),
        Way(register, "diploma-valuation", "niveau-2", FIVE, "the level that is stated (I)", states="niveau-2"),
        Way(register, "free-form", "niveau-1", FIVE, "the level that the committee names (S 003)"),
    ]


def of_teachers() -> list[Way]:
    return [
        Way(TEACHERS, "programme", None, FOUR, "a teaching degree (rl-leraren)", TEACHING_DEGREE, "basisonderwijs"),
        Way(
            TEACHERS, "programme", None, FOUR, "the same in secondary education", TEACHING_DEGREE, "basisonderwijs",
            sector="vo",
        ),
        Way(TEACHERS, "master", None, FOUR, "a master that makes a teacher", TEACHING_MASTER, "leraar"),
        Way(TEACHERS, "diploma-valuation", None, FOUR, "the register's own valuation (I)"),
        Way(TEACHERS, "free-form", None, FOUR, "by letter (S 003)"),
        Way(
            TEACHERS, "programme", None, FOUR, "in mbo the pedagogic note stands in for a degree (S 002)",
            kind="pedagogic-note", sector="mbo", at=COLLEGE,
        ),
    ]  # fmt: skip


WAYS = [*of_leaders(PO), *of_leaders(VO), *of_teachers()]


async def the_offer(work: Work) -> None:
    """What every route needs: the registers' own offer, the national list, and an mbo college."""
    known = [
        ("BB-15", "programme", "Schoolleider basisbekwaam", "Academie", 15),
        ("VB-30", "programme", "Directeur vakbekwaam", "Academie", 30),
        ("MEM", "master", "Educational Management", "Hogeschool", 60),
        ("TA", "assessment", "Toetsend assessment", "Bureau Peil", None),
        ("EVC", "prior-learning", "EVC-procedure", "EVC Oost", None),
    ]
    for register in (PO, VO):
        for code, kind, name, provider, ects in known:
            more: dict[str, Any] = {"kind": kind, "name": name, "provider": provider, "ects": ects}
            await offer.accredit(work, code, register, **more, from_on=date(2018, 9, 1), until_on=date(2025, 8, 31))
    for code, name in ((TEACHING_MASTER, "Leraar voorbereidend hoger onderwijs"), (OTHER_MASTER, "Leerproblemen")):
        row = a_teaching_degree().model_dump(exclude={"id"})
        row |= {"croho_code": code, "name": name, "degree": "master", "level": "wo-ma", "unit_code": f"U{code}"}
        work.add(HigherEducationProgramme(**row))
    work.add(Board(number="40099", name="Stichting Deltion"))
    await work.flush()
    keys = {"name_key": "deltion college", "town_key": "zwolle", "board_number": "40099", "town": "ZWOLLE"}
    work.add(
        Location(code="25PJ00", brin="25PJ", kind=Kind.MBO, name=COLLEGE, source=Source.MBO_LIST, listed=True, **keys)
    )


@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_a_route_leads_from_enrolment_to_the_public_entry_through_pages(house: House, way: Way):
    await house.system(the_offer)
    house.on(DAY)
    hands, public = ByPages(house), browser(house)
    one, number = await enrolling.by_pages(house, way.register, role_in(way), "Peters", at=way.at)
    await one.open("/begin")
    await one.open("/mijn/aanvragen/nieuw")
    await asking.begin(one, way.route)
    await asking.answer(
        one,
        words=way.words,
        issued_on="3-6-2024",
        statement="Ik doe dit werk al twintig jaar.",
        qualifications="Nederlands",
        sector=way.sector,
        **{name: said for name, said in way.proof().items() if name != "issued_on"},
        **({"pedagogic_note_1": "true"} if way.kind == "pedagogic-note" else {}),
    )
    assert "Zoals het er nu staat" not in one.text, one.text
    await asking.hand_in(one)

    await hands.sit(level=way.level or "" if way.route == "free-form" else "", alone=way.route == "free-form")

    await one.open("/mijn/berichten")
    await one.press("Besluit op uw aanvraag")
    await one.press("Lees het besluit")
    assert one.page.status_code == 200, one.text
    await one.press("De brief als PDF")
    letter = said_in(one.page.content)
    assert in_words(way.until) in letter, letter
    assert way.level is None or level_in_words(way.level) in letter.lower(), letter
    assert not re.search(r"\((?!art)[a-z]+(-[a-z]+)+\)", letter), letter
    await public.open("/?q=Peters")
    assert "Geregistreerd" in public.text
    assert (in_words(way.until) in public.text) == (way.register != TEACHERS), public.text
    assert way.level is None or level_in_words(way.level) in public.text.lower(), public.text
    await public.open(f"/register/{number}")
    assert "Noor Peters" in public.text
    assert way.register != TEACHERS or way.at in public.text, public.text
    assert await problems(house) == []


@pytest.mark.parametrize("way", WAYS, ids=str)
async def test_a_route_leads_from_enrolment_to_the_public_entry_through_the_api(house: House, way: Way):
    await house.system(the_offer)
    house.on(DAY)
    hands = ByApi(house)
    one, number = await enrolling.by_api(house, way.register, role_in(way), "Peters", at=way.at)
    noted = way.kind == "pedagogic-note"
    teaches = {"sector": way.sector, "qualifications": [{"name": "Nederlands", "pedagogic_note": noted}]}
    await steps.apply(
        one,
        {
            "register_code": way.register,
            "route": way.route,
            "statement": "Ik doe dit werk al twintig jaar.",
            **(teaches if way.register == TEACHERS else {}),
        },
        way.proof() or None,
    )

    await hands.sit(level=way.level or "" if way.route == "free-form" else "", alone=way.route == "free-form")

    (entry,) = (await (await house.client()).get(f"/register-entries/{number}")).json()
    public = (
        None if way.register == TEACHERS else way.until
    )  # of a teacher only name and school are public (rl-leraren)
    assert (entry["status"], entry["level"], entry["valid_until"]) == ("registered", way.level, public)
    (own,) = (await one.get("/registrations")).json()
    assert (own["status"], own["due_on"]) == ("registered", way.until)
    (known,) = (await one.get("/decisions")).json()["items"]
    letter = await one.get(f"/decisions/{known['id']}/letter")
    assert in_words(way.until) in said_in(letter.content)
    assert await problems(house) == []


def role_in(way: Way) -> str:
    return "teacher" if way.register == TEACHERS else "director"


def said_in(pdf: bytes) -> str:
    """The text of a letter, each run of white space as one blank."""
    document = PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def in_words(day: str) -> str:
    year, _month, _day = day.split("-")
    return f"1 oktober {year}"


def level_in_words(level: str) -> str:
    return level.replace("-", " ")


async def test_a_teacher_finds_only_the_masters_that_make_a_teacher(house: House):
    await house.system(the_offer)
    house.on(DAY)
    one, _number = await enrolling.by_pages(house, TEACHERS, "teacher", "Peters")
    await asking.begin(one, "master")
    while not one.path.endswith("/opleiding"):
        given = {"sector": "po", "qualifications": "Nederlands", "issued_on": "3-6-2024"}
        await one.send(one.path, **{name: said for name, said in given.items() if name in asking.asks(one)})

    await one.open(f"{one.path}?zoek=le")

    assert re.findall(r'name="chosen" value="(\d+)"', one.page.text) == [TEACHING_MASTER]


@pytest.mark.parametrize(
    ("began", "renewed", "hours", "worked", "due", "rules"),
    [
        # Begun in 2024: four years, 160 hours and 1,328 hours of work (rl-herreg); due again four years later.
        (date(2024, 10, 1), date(2028, 9, 4), ("100", "60"), "1328", "1 oktober 2032", "leraren-2013"),
        # Begun in 2026: five years, 200 hours and 1,660 hours of work (choice); due again five years later.
        (date(2026, 10, 1), date(2031, 9, 1), ("125", "75"), "1660", "1 oktober 2036", "leraren-2026"),
    ],
    ids=["begun-in-2024", "begun-in-2026"],
)
async def test_an_mbo_teacher_with_the_note_renews_under_the_rules_of_the_period(
    house: House, began: date, renewed: date, hours: tuple[str, str], worked: str, due: str, rules: str
):
    await house.system(the_offer)
    house.on(began)
    one, _number = await enrolling.by_pages(house, TEACHERS, "teacher", "Peters", at=COLLEGE)
    noted = {"sector": "mbo", "qualifications": "Zorg", "kind": "pedagogic-note", "pedagogic_note_1": "true"}
    await asking.begin(one, "programme")
    await asking.answer(one, issued_on="3-6-2024", **noted)
    await asking.hand_in(one)
    await ByPages(house).sit()
    house.on(date(began.year + 1, 3, 2))
    await enrolling.sign_in(one, "Peters")
    for amount, category in zip(hours, ("PEDAGOGIC", "SUBJECT"), strict=True):
        await one.open("/mijn/portfolio")
        course = {"what": "Nascholing", "done_on": f"2-3-{began.year + 1}", "amount": amount, "category": category}
        course |= {"kind": "course", "longer": "true"}
        await one.send("/mijn/portfolio", files=asking.SCAN, hand_in="1", **course)
        assert one.page.status_code == 200, one.text

    house.on(renewed)
    await enrolling.sign_in(one, "Peters")
    await one.open("/mijn/herregistratie")
    await one.send("/mijn/herregistratie")
    await asking.answer(one, sector="mbo", pedagogic_note_1="true", work_hours_1=worked)
    await asking.hand_in(one)
    await ByPages(house).sit()

    await one.open("/mijn")
    assert due in one.text, one.text
    token = await house.http.post("/v1/token", json=enrolling.signs_in("Peters"))
    headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
    told = (await house.http.get("/v1/decisions", headers=headers)).json()["items"]
    assert rules in {each["rule_set"] for each in told}
    assert await problems(house) == []
