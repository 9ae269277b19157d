"""What each role comes to do, in a real Chromium without JavaScript, from the sign-ins of the seed alone."""

import re
from typing import Any

import pytest

from tests.browser.conftest import Service
from tests.browser.looking import keep, look, press

pytestmark = pytest.mark.browser

WIDTH = 1280


def number_of(service: Service, email: str) -> str:
    return str(next(one["register_number"] for one in service.people if one["email"].startswith(email)))


def begin(service: Service, email: str, room: str) -> Any:
    """Signed in, from the page where everybody's rooms stand."""
    page = service.staff(email)
    page.goto(f"{service.address}/begin")
    page.get_by_role("main").get_by_role("link", name=room, exact=True).click()
    return page


def shown(page: Any) -> str:
    return str(page.inner_text("main"))


def deed(page: Any, name: str) -> Any:
    """The form of a deed: open where it is the next one, else behind its summary."""
    if (summary := page.locator("summary", has_text=name)).count():
        summary.first.click()
    return page.locator("form").filter(has=page.get_by_role("button", name=name, exact=True))


def test_a_leader_reads_what_counts_and_takes_the_portfolio_along(service: Service):
    page = service.sign_in(service.page(WIDTH), "marijke.")
    page.get_by_role("navigation").get_by_role("link", name="Mijn portfolio").click()
    look(page, "portfolio-leader", WIDTH)
    assert "70 van 80 punten" in shown(page).replace("\n", " ")
    page.locator("summary", has_text="Activiteiten van eerder").click()
    assert "Gebruikt voor de herregistratie waarover op" in shown(page)

    page.get_by_role("link", name="Neem uw portfolio mee").click()
    href = page.get_by_role("link", name="Download mijn portfolio").get_attribute("href")
    assert page.request.get(f"{service.address}{href}").body().startswith(b"PK")
    page.context.close()


def test_a_secretary_finds_an_application_complete_and_invites_the_members(service: Service):
    page = begin(service, "bram.", "Aanvragen en besluiten")
    keep(page, "worklist")
    page.get_by_role("link", name="Lieke van Beek").click()
    look(page, "intake", WIDTH)
    press(page, "Compleet")

    page.goto(f"{service.address}/zittingen")
    page.fill("#held_on", "10-12-2026")
    for name in ("Frits Visser", "Gea Bos", "Hugo Peters", "Ilse Hendriks"):
        page.get_by_label(name, exact=True).check()
    page.select_option("#chair_id", label="Gea Bos")
    press(page, "Plan de zitting")
    choice = next(said for said in page.locator("#file option").all_inner_texts() if "van Beek" in said)
    page.select_option("#file", label=choice)
    press(page, "Zet op de agenda")

    look(page, "session-planned", WIDTH)
    assert "Gea Bos (voorzitter): uitgenodigd" in shown(page)
    assert page.locator("ol .bk-results__name a").count() == 1
    answered = page.request.get(f"{page.url.split('?')[0]}/agenda.ics")
    assert "BEGIN:VEVENT" in answered.text()


def test_a_committee_member_reads_the_evidence_and_steps_aside(service: Service):
    page = begin(service, "eva.", "Zittingen")
    page.get_by_role("link", name=re.compile("19 november 2026")).click()
    look(page, "session-open", WIDTH)
    page.locator("ol .bk-results__name a").first.click()
    file = page.url
    look(page, "committee-file", WIDTH)
    evidence = page.get_by_role("link", name="diploma.pdf").get_attribute("href")
    assert page.request.get(f"{service.address}{evidence}").body().startswith(b"%PDF")

    page.locator("summary", has_text="Ik ben betrokken").click()
    page.select_option("#recuse_ground", index=1)
    press(page, "Verschoon mij")

    assert page.goto(file).status == 403
    karin = service.staff("karin.")
    assert karin.goto(file).status == 403


def test_a_provider_plans_a_run_reports_who_was_there_and_corrects_it(service: Service):
    page = begin(service, "anouk.", "Mijn aanbieders")
    page.get_by_role("link", name="Academie De Brug").click()
    look(page, "provider", WIDTH)
    for day, place in (("10-12-2026", "Utrecht"), ("20-11-2026", "Assen")):
        page.goto(f"{service.address}/presentie/nieuw")
        page.select_option("#course_id", index=1)
        page.get_by_label("Op locatie", exact=True).check()
        page.fill("#starts_on", day)
        page.fill("#ends_on", day)
        page.fill("#place", place)
        page.fill("#capacity", "20")
        press(page, "Plan de uitvoering")
    look(page, "run", WIDTH)
    leader = number_of(service, "willem.")
    page.fill("#rows", f"{leader}; Jansen\n12345; Niemand")
    press(page, "Meld de presentie")

    assert "Regel 1: Aangenomen" in shown(page)
    assert "Regel 2" in shown(page)
    look(page, "attendance", WIDTH)
    page.get_by_role("link", name=re.compile(f"^{leader}")).click()
    page.fill("#reason", "Was er toch niet.")
    press(page, "Neem terug")
    look(page, "attendance-taken-back", WIDTH)
    assert "Was er toch niet." in shown(page)
    page.goto(f"{service.address}/agenda")
    look(page, "agenda", WIDTH)
    assert "10 december 2026" in shown(page)


def test_an_accreditation_member_reads_what_was_advised_and_decided(service: Service):
    page = begin(service, "lotte.", "Accreditatiezittingen")
    sessions = [link.get_attribute("href") for link in page.get_by_role("link", name=re.compile("3 maart 2026")).all()]
    for session in sessions:  # that day each course was heard by itself
        page.goto(f"{service.address}{session}")
        if page.get_by_role("link", name="Leidinggeven aan verandering").count():
            break
    page.get_by_role("link", name="Leidinggeven aan verandering").click()
    look(page, "course-file", WIDTH)

    assert "Accrediteren: 40 punten" in shown(page)
    assert "U stemde: voor." in shown(page)
    assert "classroom" not in shown(page)


def test_an_adviser_sees_the_terms_of_an_objection_and_plans_its_hearing(service: Service):
    page = begin(service, "els.", "Bezwaar en beroep")
    assert "donderdag 4 februari 2027" in shown(page)
    page.get_by_role("link", name=re.compile("^Z2026")).first.click()
    look(page, "dispute", WIDTH)
    assert "12 november 2026" in shown(page)
    case = page.url
    for name, chair in (("Els Brouwer", True), ("Joost Veenstra", False), ("Amina Rahimi", False)):
        seat = deed(page, "Wijs iemand aan")
        seat.locator("select").select_option(label=f"{name} (adviseur bezwaar)")
        seat.locator("[name=chair]").set_checked(chair)
        press(page, "Wijs iemand aan")
    form = deed(page, "Plan een hoorzitting")
    form.locator("[name=held_on]").fill("15-12-2026")
    form.locator("[name=at]").fill("10:00")
    form.locator("[name=place]").fill("Utrecht")
    form.get_by_role("button", name="Plan een hoorzitting").click()

    look(page, "dispute-hearing", WIDTH)
    assert "15 december 2026" in shown(page)
    assert service.staff("tom.").goto(case).status == 404


def test_the_appeals_body_keeps_the_defence_and_opens_the_file(service: Service):
    page = begin(service, "iris.", "Bezwaar en beroep")
    assert "Sem Kuiper" in shown(page)
    page.get_by_role("link", name=re.compile("^K2026")).first.click()
    deed(page, "Leg het verweer vast").locator("textarea[name=defence]").fill(
        "De commissie las het bewijs; het noemt geen einddatum."
    )
    press(page, "Leg het verweer vast")
    case = page.url.split("?")[0]

    member = begin(service, "noor.", "Bezwaar en beroep")
    member.get_by_role("link", name=re.compile("^K2026")).click()
    look(member, "appeal", WIDTH)
    assert "het noemt geen einddatum" in shown(member)
    bound = member.get_by_role("link", name="Het hele dossier (PDF)").get_attribute("href")
    assert member.request.get(f"{service.address}{bound}").body().startswith(b"%PDF")
    assert service.staff("pieter.").goto(case).status == 404


def test_a_board_sees_its_staff_and_what_they_share(service: Service):
    page = begin(service, "carla.", "Ons personeel")
    look(page, "board", WIDTH)
    assert "Geregistreerd" in shown(page)
    page.get_by_role("link", name="Gedeeld portfolio").click()
    look(page, "shared-portfolio", WIDTH)

    assert "Strategisch personeelsbeleid" in shown(page)
    certificate = page.get_by_role("link", name="certificaat.pdf").first.get_attribute("href")
    assert page.request.get(f"{service.address}{certificate}").status == 200


def test_the_office_finds_a_person_and_looks_what_goes_by_post(service: Service):
    page = begin(service, "marit.", "Personen")
    page.fill("input[type=search], #q", number_of(service, "thijs."))
    press(page, "Zoek")
    page.get_by_role("link", name=re.compile("Thijs Mulder")).click()
    look(page, "office-person", WIDTH)
    assert "Thijs Mulder" in page.inner_text("h1")

    page = begin(service, "marit.", "Post")
    look(page, "post", WIDTH)
    assert "Te versturen brieven" in shown(page)
    page = begin(service, "marit.", "Kantoor")
    look(page, "office", WIDTH)


def test_one_administrator_proposes_a_role_and_another_signs_while_the_auditor_watches(service: Service):
    page = begin(service, "petra.", "Functies")
    page.select_option("#role", label="Beoordelaar")
    page.fill("#register_number", number_of(service, "ravi."))
    press(page, "Stel voor")
    assert "Ravi Sharma" in shown(page)
    other = begin(service, "daan.", "Functies")
    look(other, "roles", WIDTH)
    press(other, "Teken")

    auditor = begin(service, "ria.", "Functies")
    look(auditor, "roles-audited", WIDTH)
    assert "Ravi Sharma" in shown(auditor)


def test_the_public_finds_somebody_checks_an_extract_and_reckons_a_term(service: Service):
    page = service.page(WIDTH)
    page.goto(service.address)
    page.fill("input[type=search]", "jansen")
    press(page, "Zoeken")
    keep(page, "search", whole=False)
    page.get_by_role("link", name="Willem Jansen").click()
    page.get_by_role("link", name="Uittreksel om af te drukken").click()
    found = re.search(r"([0-9A-Z]{4}-){4,}[0-9A-Z]{4}", shown(page))
    assert found
    page.get_by_role("link", name="Uittreksel controleren").click()
    page.get_by_role("textbox").first.fill(found.group())
    page.locator("main button[type=submit]").last.click()
    look(page, "extract-check", WIDTH)
    assert "Willem Jansen" in shown(page)

    page.goto(f"{service.address}/termijnen?kind=objection&notified_on=13-11-2025")
    assert "29 december 2025" in shown(page)
    page.goto(f"{service.address}/brief-controleren")
    look(page, "letter-check", WIDTH)
