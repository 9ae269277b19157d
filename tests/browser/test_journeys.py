"""The journeys of a leader and of a teacher in a real Chromium without JavaScript, wide and narrow."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Service
from tests.browser.looking import look, press
from tests.builders import PDF

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320
PASSWORD = "vier losse woorden op een rij"
MEMBERS = ("ada.", "bert.", "chris.", "dilara.")


@pytest.fixture(scope="module")
def diploma(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("diploma") / "diploma.pdf"
    found.write_bytes(PDF)
    return found


def named(family: str, width: int) -> str:
    """Somebody of one's own for each width."""
    return f"{family}{'breed' if width > 400 else 'smal'}"


def enrol(service: Service, width: int, given: str, family: str, register: str, post: str) -> Any:
    """From the front door to the own home page, school looked up by name."""
    page = service.page(width)
    page.goto(service.address)
    look(page, "front", width)
    page.get_by_role("link", name="Inschrijven").first.click()
    page.get_by_role("link", name="Zoek de school op naam of plaats").click()
    page.fill("#q", "Anne Frank Utrecht")
    press(page, "Zoeken")
    look(page, "places", width)
    chosen = page.locator(".bk-results__name a").first
    name = chosen.inner_text()
    chosen.click()
    assert name in page.inner_text("main")
    press(page, "Inschrijven")
    assert page.locator(".bk-error-summary a").count() > 5
    look(page, "enrol-wrong", width)
    email = f"{given}.{family}{width}@voorbeeld.example".lower()
    page.get_by_label(register, exact=True).check()
    page.get_by_label(post, exact=True).check()
    typed = {
        "appointed_on": "1 augustus 2022", "given_name": given, "family_name": named(family, width),
        "address": "Dorpsstraat 1", "postcode": "8011 aa", "town": "Zwolle", "telephone": "038 123 45 67",
        "email": email, "password": PASSWORD,
    }  # fmt: skip
    for name, value in typed.items():
        page.fill(f"#{name}", value)
    page.check("#message_box")
    page.check("#statement_true")
    page.check("#statement_rules")
    press(page, "Inschrijven")
    assert page.get_by_role("status").is_visible()
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    look(page, "home-enrolled", width)
    return page


def apply(page: Any, width: int, diploma: Path, code: str, issued_on: str, teacher: bool = False) -> None:
    """An application with its diploma, handed in."""
    page.get_by_role("link", name="Registratie aanvragen").first.click()
    page.get_by_label("Diploma van een erkende opleiding", exact=True).check()
    look(page, "start", width)
    press(page, "Verder")
    if teacher:
        page.get_by_label("Primair onderwijs", exact=True).check()
        press(page, "Verder")
        page.fill("#qualifications", "Groepsleerkracht")
        press(page, "Verder")
    else:
        page.get_by_label("Diploma van een opleiding", exact=True).check()
    page.fill("#issued_on", issued_on)
    look(page, "document", width)
    press(page, "Verder")
    page.fill("#programme_code", code)
    look(page, "programme", width)
    press(page, "Verder")
    press(page, "Verder")
    look(page, "file-wrong", width)
    page.set_input_files("#file", diploma)
    press(page, "Verder")
    look(page, "documents", width)
    press(page, "Verder")
    look(page, "statement", width)
    press(page, "Verder")
    look(page, "check", width)
    confirm(page, width)


def confirm(page: Any, width: int) -> None:
    """From the last look to the confirmation, and on to the page of the application."""
    page.check("#declared")
    press(page, "Dien in")
    assert "Uw aanvraag is ingediend" in page.inner_text("h1")
    look(page, "handed-in", width)
    page.get_by_role("link", name="Volg uw aanvraag").click()
    look(page, "application-submitted", width)


def sit(service: Service, width: int, family: str) -> None:
    """Worklist, session, votes, decision, made known: each step one form."""
    secretary = service.staff("sanne.")
    secretary.goto(f"{service.address}/secretariaat")
    look(secretary, "worklist", width)
    secretary.locator("li", has_text=family).get_by_role("button", name="Compleet").click()
    secretary.goto(f"{service.address}/zittingen")
    secretary.fill("#held_on", "24-11-2026")
    for name in ("Ada Smit", "Bert Mulder", "Chris de Boer", "Dilara Kaya"):
        secretary.get_by_label(name, exact=True).check()
    secretary.select_option("#chair_id", label="Ada Smit")
    look(secretary, "sessions", width)
    press(secretary, "Plan de zitting")
    choice = next(said for said in secretary.locator("#file option").all_inner_texts() if family in said)
    secretary.select_option("#file", label=choice)
    press(secretary, "Zet op de agenda")
    press(secretary, "Open de zitting")
    look(secretary, "session", width)
    session = secretary.url.split("?")[0]
    secretary.locator("ol .bk-results__name a").first.click()
    file = secretary.url
    for member in MEMBERS:
        page = service.staff(member)
        page.goto(file)
        look(page, "file", width)
        page.get_by_label("Toekennen", exact=True).check()
        press(page, "Stem")
        assert "U stemde: voor" in page.inner_text("aside")
    secretary.goto(file)
    secretary.fill("#reasons", "Het diploma is afgegeven terwijl de opleiding erkend was.")
    look(secretary, "file-decide", width)
    press(secretary, "Leg het besluit vast")
    secretary.goto(session)
    secretary.fill("#minutes", "Vier leden waren er; er is gestemd en besloten.")
    press(secretary, "Sluit de zitting")
    secretary.goto(f"{service.address}/secretariaat")
    secretary.locator("li", has_text=family).get_by_role("button", name="Maak bekend").click()
    assert "bezwaartermijn begint morgen" in secretary.content()


def read_decision(page: Any, service: Service, width: int) -> None:
    page.goto(f"{service.address}/mijn")
    look(page, "home", width)
    page.get_by_role("link", name="Besluit op uw aanvraag").first.click()
    look(page, "decision", width)
    assert "dinsdag 5 januari 2027" in page.inner_text("article")


def learn(page: Any, service: Service, width: int, diploma: Path, amount: str, category: str) -> None:
    """One activity in five fields."""
    page.goto(f"{service.address}/mijn/portfolio")
    page.fill("#what", "Begeleiden van starters")
    page.fill("#done_on", "24-11-2026")
    page.fill("#amount", amount)
    if page.locator("#kind").count():  # of a teacher's hours both are asked: what was done, and what about
        page.select_option("#kind", "inside-school")
    page.select_option("#category", category)
    press(page, "Dien in")
    assert page.input_value("#what") == "Begeleiden van starters"
    assert "Er is nog geen bewijs" in page.inner_text(".bk-error-summary")
    page.set_input_files("#file", diploma)
    press(page, "Dien in")
    assert "De activiteit is ingediend" in page.content()
    look(page, "portfolio", width)


@pytest.mark.parametrize("width", [NARROW, pytest.param(WIDE, marks=pytest.mark.long)])
def test_a_leader_from_the_front_door_to_a_valued_activity(service: Service, diploma: Path, width: int):
    page = enrol(service, width, "Mila", "Leider", "Schoolleiders primair onderwijs", "Directeur")
    family = named("Leider", width)
    apply(page, width, diploma, "SLO-2024", "26-6-2026")
    sit(service, width, family)
    read_decision(page, service, width)

    learn(page, service, width, diploma, "60", "course")
    assessor = service.staff("fatima.")
    assessor.goto(f"{service.address}/waarderen")
    look(assessor, "queue", width)
    assessor.locator(".bk-results__name a").last.click()  # what waits longest stands first
    assessor.fill("#reasons", "Past bij het beroep.")
    look(assessor, "value", width)
    press(assessor, "Leg de waardering vast")
    page.goto(f"{service.address}/mijn/portfolio")
    assert "60 van 80 punten" in page.inner_text("main").replace("\n", " ")
    look(page, "portfolio-valued", width)
    page.get_by_role("link", name="Herregistratie aanvragen").click()
    look(page, "renew", width)
    press(page, "Verder")  # nothing is asked: the portfolio says it all
    confirm(page, width)
    public = service.page(width)
    public.goto(f"{service.address}/?q={family}")
    look(public, "results", width)
    public.get_by_role("link", name=f"Mila {family}").click()
    look(public, "entry", width)
    public.get_by_role("link", name="Uittreksel om af te drukken").click()
    look(public, "extract", width)
    assert "niveau 2" in public.inner_text("article")


@pytest.mark.parametrize("width", [WIDE, pytest.param(NARROW, marks=pytest.mark.long)])
def test_a_teacher_from_the_front_door_to_hours_that_count(service: Service, diploma: Path, width: int):
    page = enrol(service, width, "Tom", "Leraar", "Leraren", "Leraar")
    apply(page, width, diploma, "34808", "2-7-2021", teacher=True)
    sit(service, width, named("Leraar", width))
    read_decision(page, service, width)

    learn(page, service, width, diploma, "7,5", "PEDAGOGIC")

    assert "7,5 van 200 uren" in page.inner_text("main").replace("\n", " ")
    page.goto(f"{service.address}/mijn/herregistratie")
    look(page, "renew-teacher", width)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_calculator_and_a_page_that_is_not_there(service: Service, width: int):
    page = service.page(width)
    page.goto(f"{service.address}/termijnen")
    page.select_option("#kind", "objection-timely")
    press(page, "Toon de vragen bij deze termijn")
    page.fill("#notified_on", "13 november 2025")
    page.fill("#received_on", "30-12-2025")
    press(page, "Bereken")
    look(page, "terms", width)
    assert "Te laat" in page.inner_text("main")
    page.goto(f"{service.address}/dit-is-er-niet")
    look(page, "missing", width)
