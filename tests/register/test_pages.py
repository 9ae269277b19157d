"""Pages: each for its role, coming back with what was typed, and harmless when clicked twice."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from core.store.audit import TrailEvent
from tests.builders import MEMBERS, PDF, House, a_leader, a_teacher
from tests.journeys.asking import answer as answer_all
from tests.journeys.asking import begin, hand_in
from tests.journeys.steps import a_diploma, an_application, apply, decide, learn, sit
from tests.pages import Browser, browser, signed_in
from tests.register.test_names_found import taken_over

DIPLOMA = {"file": ("diploma.pdf", PDF, "application/pdf")}
NOBODY = "01a201f0-daca-75b2-8990-9708a9035f5f"
PAGES = {
    "professional": ["/mijn", "/mijn/portfolio", "/mijn/aanvragen/nieuw", "/mijn/herregistratie"],
    "secretary": ["/secretariaat", "/zittingen"],
    "committee-member": ["/zittingen"],
    "assessor": ["/waarderen"],
}
WHO = {"professional": "leo", "secretary": "secretaris", "committee-member": MEMBERS[0], "assessor": "beoordelaar"}


async def a_draft(house: House) -> Browser:
    """A leader at an application that is not handed in yet."""
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    await begin(one)
    return one


async def at_the_file(house: House) -> Browser:
    """A leader who is asked for the file of a diploma."""
    one = await a_draft(house)
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    await one.send("/opleiding", programme_code="SLO-2018")
    assert one.path.endswith("/bestand"), one.text
    return one


async def registered(house: House) -> Browser:
    """A leader in the register, signed in."""
    await a_leader(house.world, "leo")
    client = await house.client("leo")
    file = await apply(client, an_application(), a_diploma("2024-08-31"))
    await decide(house, file, "for", {"reasons": "In orde."})
    return await signed_in(house, "leo")


@pytest.mark.parametrize("path", ["/", "/?q=lid", "/?q=12345678", "/?q=zzzz", "/inschrijven", "/inloggen", "/zorgen"])
async def test_the_public_pages_open_for_everybody(house: House, path):
    answer = await browser(house).open(path)

    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", PAGES)
async def test_each_page_opens_for_its_role_and_for_no_other(house: House, role):
    await a_leader(house.world, "leo")
    one = await signed_in(house, WHO[role])
    assert (await browser(house).http.get(PAGES[role][0])).status_code == 303

    for path in PAGES[role]:
        answer = await one.open(path)
        assert answer.status_code == 200, (path, one.text)
        assert 'aria-current="page"' in answer.text
    for other in set(PAGES) - {role, "professional"}:
        for path in set(PAGES[other]) - set(PAGES[role]):
            assert (await one.open(path)).status_code == 403, path


async def test_what_is_not_mine_does_not_exist(house: House):
    await a_draft(house)
    await a_leader(house.world, "nina")
    client = await house.client("leo")
    file = (await client.get("/applications")).json()["items"][0]["id"]
    one = await signed_in(house, "nina")

    answers = [await one.open(f"/mijn/aanvragen/{id}") for id in (file, NOBODY)]

    assert [answer.status_code for answer in answers] == [404, 404]
    bare = [re.sub(r"[0-9a-f-]{36}|value=\"[^\"]*\"", "", answer.text) for answer in answers]
    assert bare[0] == bare[1]


async def test_a_search_finds_by_number_by_name_in_any_order_and_pages(house: House):
    await taken_over(house, [(f"Anna{chr(97 + number)}", "", "Zoekmans") for number in range(22)])
    one = browser(house)

    await one.open("/?q=zoekmans")
    first = set(re.findall(r"/register/(\d{8})", one.page.text))
    following = re.search(r'href="(/\?q=zoekmans&amp;cursor=[^"]+)"', one.page.text)
    assert following
    await one.open(following[1].replace("&amp;", "&"))
    second = set(re.findall(r"/register/(\d{8})", one.page.text))
    await one.open("/?q=Annac+Zoekmans")

    assert (len(first), len(second), first & second) == (20, 2, set())
    assert "Annac Zoekmans" in one.text
    assert "Annad" not in one.text
    (number,) = set(re.findall(r"/register/(\d{8})", one.page.text))
    await one.open(f"/?q={number[:4]}+{number[4:]}")
    assert "Annac Zoekmans" in one.text


@pytest.mark.parametrize(("asked", "said"), [("ab", "te kort"), ("", "te kort"), ("12", "Niemand gevonden")])
async def test_a_search_that_cannot_be_done_says_why(house: House, asked, said):
    one = browser(house)

    await one.open(f"/?q={asked}")

    assert said in one.text


async def test_a_form_comes_back_with_what_was_typed_and_every_reason(house: House):
    one = browser(house)
    await one.open("/inschrijven")

    answer = await one.send(
        "/inschrijven",
        given_name="Zoë <b>",
        email="geen adres",
        postcode="12",
        password="kort",
        board_number="40001",
        appointed_on="31-2-2024",
    )

    assert answer.status_code == 400
    assert 'value="Zoë &lt;b&gt;"' in answer.text
    assert 'value="31-2-2024"' in answer.text
    assert "kort" not in re.findall(r'name="password"[^>]*', answer.text)[0]
    for field in ("email", "postcode", "location_code", "role", "statement_true", "appointed_on"):
        assert f'href="#{field}"' in answer.text, field
    assert "Fout: Inschrijven" in answer.text
    listed = [answer.text.index(f'href="#{field}"') for field in ("role", "appointed_on", "postcode", "email")]
    assert listed == sorted(listed)  # as they stand on the page


@pytest.mark.parametrize(
    ("name", "value", "field", "said"),
    [
        ("location_code", "99ZZ", "location_code", "Deze school kennen wij niet"),
        ("board_number", "99999", "board_number", "Dit bestuursnummer kennen wij niet"),
        ("password", "Leeuwarden12", "password", "te kort"),
        ("role", "teacher", "role", "Deze functie hoort niet bij dit register"),
    ],
)
async def test_a_refusal_of_the_service_stands_at_its_field(house: House, name, value, field, said):
    one = browser(house)
    await one.open("/inschrijven")
    typed = {
        "register_code": "schoolleiders-po", "role": "director", "appointed_on": "1-8-2022", "given_name": "An",
        "family_name": "Vos", "address": "Dorp 1", "postcode": "8011AA", "town": "Zwolle", "telephone": "0381234567",
        "email": "an@voorbeeld.example", "password": "vier losse woorden op een rij", "board_number": "40008",
        "location_code": "08aa", "statement_true": "true", "statement_rules": "true",
    } | {name: value}  # fmt: skip

    answer = await one.send("/inschrijven", **typed)

    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.text
    assert said in one.text


async def test_enrolling_twice_says_the_same_and_opens_no_second_account(house: House):
    await a_leader(house.world, "leo")
    typed = house.sign_in_of("leo")
    one = browser(house)
    await one.open("/inschrijven")
    form = {
        "register_code": "leraren", "role": "teacher", "appointed_on": "1-8-2022", "given_name": "An",
        "family_name": "Vos", "address": "Dorp 1", "postcode": "8011AA", "town": "Zwolle", "telephone": "0381234567",
        "email": typed["email"], "password": "vier losse woorden op een rij", "board_number": "40008",
        "location_code": "08AA00", "statement_true": "true", "statement_rules": "true",
    }  # fmt: skip

    answer = await one.send("/inschrijven", follow=False, **form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?gedaan=enrolled")
    assert (await signed_in(house, "leo")).path == "/mijn"


async def test_a_second_click_does_nothing_and_gets_the_same_answer(house: House):
    await a_leader(house.world, "leo")
    one = await signed_in(house, "leo")
    await one.open("/mijn/aanvragen/nieuw")
    data = dict(one.form("/mijn/aanvragen").values) | {"route": "programme"}

    answers = [await one.http.post("/mijn/aanvragen", data=data) for _ in range(2)]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, answers[0].headers["location"])
    }
    client = await house.client("leo")
    assert len((await client.get("/applications")).json()["items"]) == 1


async def test_a_second_click_on_a_document_does_nothing(house: House):
    one = await a_draft(house)
    form = one.form("/bewijsstukken/nieuw")
    data = dict(form.values) | {"kind": "programme", "issued_on": "31-8-2024"}

    answers = [await one.http.post(form.action, data=data) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    client = await house.client("leo")
    (file,) = (await client.get("/applications")).json()["items"]
    assert len((await client.get(f"/applications/{file['id']}")).json()["proofs"]) == 1


async def test_a_second_click_on_an_upload_does_nothing_whatever_its_boundary(house: House):
    await a_leader(house.world, "leo")
    client = await house.client("leo")
    file = await apply(client, an_application(), a_diploma("2024-08-31"))
    secretary = await house.client("secretaris")
    assert (await secretary.move(f"/applications/{file}", "completion-request", {"items": ["programme"]})).is_success
    one = await signed_in(house, "leo")
    await one.open(f"/mijn/aanvragen/{file}/bewijsstukken/nieuw")
    await one.send("/bewijsstukken/nieuw", kind="programme", issued_on="31-8-2024")
    await one.send("/vragen/opleiding", programme_code="SLO-2018")
    form = one.form("/vragen/bestand")

    for _ in range(2):
        assert (await one.http.post(form.action, data=dict(form.values), files=DIPLOMA)).status_code == 303

    await one.open(f"/mijn/aanvragen/{file}")
    assert one.page.text.count(">diploma.pdf</a>") == 2


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("diploma.exe", b"MZ" + b"\0" * 300, "application/pdf"), "pdf"),
        (("diploma.png", PDF, "image/png"), "pdf"),
        (("leeg.pdf", b"", "application/pdf"), "leeg"),
        (None, "geen bestand gekozen"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_not_kept(house: House, file, said):
    one = await at_the_file(house)

    files: dict[str, Any] = {"file": file} if file else {"file": ("", b"", "application/octet-stream")}
    answer = await one.send("/bestand", files=files)

    assert answer.status_code in {400, 413}
    assert 'href="#file"' in answer.text
    assert said in one.text.lower()
    client = await house.client("leo")
    (file_id,) = [row["id"] for row in (await client.get("/applications")).json()["items"]]
    (proof,) = (await client.get(f"/applications/{file_id}")).json()["proofs"]
    assert proof["file_name"] is None


async def test_a_form_that_is_old_says_that_somebody_was_first(house: House):
    one = await at_the_file(house)
    await answer_all(one)
    await one.open(one.path.removesuffix("/controle"))
    form = one.form("/intrekken")
    await one.open(f"{one.path}/controle")
    await hand_in(one)

    answer = await one.http.post(form.action, data=dict(form.values))

    assert answer.status_code == 412
    client = await house.client("leo")
    assert (await client.get("/applications")).json()["items"][0]["state"] == "submitted"


async def test_an_application_can_be_withdrawn_and_started_anew(house: House):
    one = await a_draft(house)
    await one.open(one.path.removesuffix("/bewijsstukken/nieuw"))

    await one.send("/intrekken")
    assert "Uw aanvraag is ingetrokken" in one.text
    await one.open("/mijn")

    assert "Vraag uw registratie aan" in one.text


async def test_a_proof_can_be_fetched_by_its_owner_and_runs_nowhere(house: House):
    one = await at_the_file(house)
    await one.send("/bestand", files=DIPLOMA)
    found = re.search(r'href="(/mijn/aanvragen/[^"]+/bewijsstukken/[0-9a-f-]{36})"', one.page.text)
    assert found

    answer = await one.http.get(found[1])

    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_the_portfolio_takes_a_few_fields_and_keeps_a_draft(house: House):
    one = await registered(house)
    await one.open("/mijn/portfolio")
    fields = one.form("/mijn/portfolio").names - {"_token", "_key", "_version", "register_code", "hand_in"}
    assert fields == {"what", "done_on", "amount", "category", "file", "valuation", "themes"}
    course = {"what": "Coaching", "done_on": "12-9-2024", "amount": "20", "category": "inside-school"}

    bad = await one.send("/mijn/portfolio", hand_in="1", **course)
    assert bad.status_code == 400
    assert "Er is nog geen bewijs" in one.text
    assert 'value="Coaching"' in bad.text
    assert "Coaching" not in (bad.text.split("<table")[1:] or [""])[0]
    await one.send("/mijn/portfolio", **course)
    assert "concept" in one.text
    entry = re.search(r'href="(/mijn/portfolio/[0-9a-f-]{36})"', one.page.text)
    assert entry
    await one.open(entry[1])
    await one.send("/bewijs", files={"file": ("c.pdf", PDF, "application/pdf")})
    await one.send("/indienen")
    assert "Een beoordelaar kijkt hoeveel punten" in one.text
    await one.send("/intrekken")
    assert "De activiteit is ingetrokken" in one.text


@pytest.mark.parametrize(
    ("amount", "said"),
    [("7,5", "hele getallen"), ("101", "hoogstens 100 punten"), ("veel", "Vul een getal in"), ("", "in")],
)
async def test_an_amount_that_cannot_be_says_so_at_its_field(house: House, amount, said):
    one = await registered(house)
    await one.open("/mijn/portfolio")

    course = {"what": "Coaching", "done_on": "12-9-2024", "amount": amount, "category": "course"}
    answer = await one.send("/mijn/portfolio", **course)

    assert answer.status_code == 400
    assert 'href="#amount"' in answer.text
    assert said in one.text


async def test_valuing_less_takes_a_ground_and_says_so(house: House):
    await registered(house)
    house.on(date(2025, 5, 1))
    client = await house.client("leo")
    entry = {"register_code": "schoolleiders-po", "kind": "course", "title": "Cursus", "done_on": "2025-04-01"}
    added = await client.post("/portfolio-entries", {**entry, "points": 40})
    path = f"/portfolio-entries/{added.json()['id']}"
    await client.upload(f"{path}/evidence", "c.pdf")
    await client.move(path, "submission")
    one = await signed_in(house, "beoordelaar")
    await one.open(f"/waarderen/{added.json()['id']}")

    refused = await one.send(f"/waarderen/{added.json()['id']}", amount="20", reasons="Het was een dag.")
    assert refused.status_code == 400
    assert 'href="#ground"' in refused.text
    assert "Het was een dag." in refused.text
    again = {"amount": "20", "reasons": "Het was een dag.", "ground": "too-light", "repair": "Stuur het programma."}
    await one.send(f"/waarderen/{added.json()['id']}", **again)

    assert "De waardering is vastgelegd" in one.text
    leader = await signed_in(house, "leo")
    await leader.open("/mijn/portfolio")
    assert "20 van 60 punten" in leader.text


async def test_a_look_at_a_file_is_kept_although_the_vote_was_a_mistake(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, session, item = await sit(house, file)
    here = f"/zittingen/{session.rsplit('/')[-1]}/dossiers/{item.rsplit('/')[-1]}"
    one = await signed_in(house, MEMBERS[0])
    await one.open("/zittingen")
    token = dict(one.form("/uitloggen").values)["_token"]

    answer = await one.http.post(f"{here}/stem", data={"_token": token, "vote": "misschien"})

    assert answer.status_code == 400
    assert "Leo Leider" in answer.text
    assert await reads(house, MEMBERS[0]) == 1


async def reads(house: House, who: str, action: str = "application:read") -> int:
    """How many looks of somebody at a file the trail holds."""
    async with house.means.database.reading() as session:
        looks = select(TrailEvent).where(TrailEvent.action == action)
        rows = await session.exec(looks.where(TrailEvent.actor == f"person/{house.id_of(who)}"))
        return len(rows.all())


async def test_a_secretary_who_reads_a_decision_leaves_a_trace_and_its_addressee_none(house: House):
    leader = await registered(house)
    await leader.open("/mijn")
    address = re.search(r'href="(/mijn/besluiten/[^"]+)"', leader.page.text)
    assert address
    secretary = await signed_in(house, "secretaris")
    before = await reads(house, "secretaris", "decision:read")

    assert (await leader.open(address[1])).status_code == 200
    assert (await secretary.open(address[1])).status_code == 200

    assert await reads(house, "leo", "decision:read") == 0
    assert await reads(house, "secretaris", "decision:read") == before + 1


async def test_an_item_is_not_read_under_the_address_of_another_session(house: House):
    await a_leader(house.world, "leo")
    file = await apply(await house.client("leo"), an_application(), a_diploma("2024-08-31"))
    _secretary, _session, item = await sit(house, file)
    one = await signed_in(house, MEMBERS[0])

    answer = await one.open(f"/zittingen/{NOBODY}/dossiers/{item.rsplit('/')[-1]}")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("kind=objection&notified_on=13-11-2025", "maandag 29 december 2025"),
        ("kind=objection&notified_on=13+november+2025", "Eerste Kerstdag"),
        ("kind=plain&start_on=1-8-2025&length=6&unit=weeks", "vrijdag 12 september 2025"),
        ("kind=hearing&hearing_on=1-9-2025", "Stukken indienen tot en met"),
        ("kind=objection-decision&notified_on=1-7-2025&committee=true", "Laatste dag"),
        ("kind=application-decision&received_on=1-7-2025&register=leraren", "Laatste dag"),
        ("kind=penalty&due_on=1-7-2025&notice_received_on=10-7-2025&made_known_on=1-9-2025", "€"),
        ("kind=objection-timely&notified_on=1-7-2025&channel=web&received_on=1-8-2025", "Op tijd"),
        ("kind=appeal-decision&notified_on=1-7-2025", "Laatste dag"),
        ("kind=hearing", "Dag van de hoorzitting"),
        ("kind=geen", "Bezwaar maken tegen een besluit"),
    ],
)
async def test_the_calculator_answers_every_kind_in_dutch(house: House, asked, said):
    one = browser(house)

    answer = await one.open(f"/termijnen?{asked}")

    assert answer.status_code == 200, one.text
    assert said in one.text
    assert "counted" not in one.text


async def test_the_calculator_says_what_it_cannot_read(house: House):
    one = browser(house)

    answer = await one.open("/termijnen?kind=plain&start_on=31-2-2025&length=veel")

    assert answer.status_code == 400
    assert 'value="31-2-2025"' in answer.text
    assert 'href="#start_on"' in answer.text
    assert 'href="#length"' in answer.text


@pytest.mark.parametrize(
    ("headers", "cookies", "said"),
    [
        ({"Accept-Language": "en-GB,en;q=0.9"}, {}, "Sign in"),
        ({"Accept-Language": "nl"}, {"taal": "en"}, "Sign in"),
        ({"Accept-Language": "en"}, {"taal": "nl"}, "Inloggen"),
        ({"Accept-Language": "fr"}, {}, "Inloggen"),
    ],
)
async def test_a_page_speaks_the_language_that_is_asked(house: House, headers, cookies, said):
    one = browser(house, **headers)
    for name, value in cookies.items():
        one.http.cookies.set(name, value)

    await one.open("/inloggen")
    missing = await one.http.get("/bestaat-niet")

    assert f"<h1>{said}</h1>" in one.page.text
    assert missing.status_code == 404
    assert ("Not found" in missing.text) == (said == "Sign in")


async def test_the_number_of_queries_does_not_grow_with_the_rows(house: House):
    await registered(house)
    counted: list[str] = []
    for engine in (house.means.database.reads, house.means.database.writes):
        event.listen(engine.sync_engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    one = await signed_in(house, "leo")

    async def how_many(path: str) -> int:
        counted.clear()
        assert (await one.open(path)).status_code == 200
        return len(counted)

    paths = ("/mijn", "/mijn/portfolio")
    before = [await how_many(path) for path in paths]
    course = {"register_code": "schoolleiders-po", "kind": "course", "title": "Cursus", "done_on": "2024-09-12"}
    for number in range(3):
        await learn(house, "leo", {**course, "title": f"Cursus {number}", "points": 20}, 20)
    after = [await how_many(path) for path in paths]

    assert after == before
    assert max(after) <= 30


async def test_a_teacher_sees_hours_and_categories(house: House):
    await a_teacher(house.world, "tess")
    one = await signed_in(house, "tess")

    await one.open("/mijn/portfolio")

    assert "Uw portfolio begint als u geregistreerd bent" in one.text
