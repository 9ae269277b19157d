"""Presentie: from a run of an accredited course to a credit in a leader's portfolio, by pages only and by API only."""

import io
import re
from datetime import date

from openpyxl import Workbook

from tests.accreditation.attendance.given import a_course, a_period, a_provider, a_run, given
from tests.accreditation.peonline.test_door import row, send
from tests.builders import House, a_leader
from tests.pages import Browser, browser, signed_in

COURSE = "Leiden met moed"


async def nadia(house: House) -> None:
    """A leader with a running period."""
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    await a_period(house, "nadia")


async def test_presentie_by_the_api_only(house):
    made = await given(house)
    await nadia(house)
    provider, leader = await house.client("paula"), await house.client("nadia")
    planned = await provider.post(
        f"/courses/{made.course}/runs",
        {"starts_on": "2024-09-10", "ends_on": "2024-09-10", "place": "Zwolle", "capacity": 12},
    )
    assert planned.status_code == 201, planned.text

    row = {"register_number": house.number_of("nadia"), "name": "Haddad, N.", "run_id": planned.json()["id"]}
    reported = await provider.post("/attendances/bulk", {"rows": [row]})

    assert reported.json()["rows"] == [{"row": 1, "outcome": "accepted", "code": None}]
    portfolio = (await leader.get("/portfolio?register=schoolleiders-po")).json()
    (activity,) = portfolio["activities"]
    assert (activity["title"], activity["points"], activity["counts"]) == (COURSE, 20, True)
    assert portfolio["periods"][0]["points"] == 20
    assert next(norm["have"] for norm in portfolio["norms"] if norm["name"] == "points") == 20
    assert [line["points"] for line in portfolio["ledger"]] == [20]

    (mine,) = (await leader.get("/attendances")).json()["items"]
    disputed = await leader.move(f"/attendances/{mine['id']}", "dispute", {"reason": "Ik was ziek."})
    assert disputed.status_code == 201, disputed.text
    portfolio = (await leader.get("/portfolio?register=schoolleiders-po")).json()
    assert portfolio["periods"][0]["points"] == 0
    assert [line["points"] for line in portfolio["ledger"]] == [20, -20]


async def test_presentie_by_pages_only(house):
    made = await given(house)
    await nadia(house)
    number = house.number_of("nadia")
    provider = await signed_in(house, "paula")
    await provider.open("/presentie")
    assert COURSE in provider.text
    await provider.open(f"/presentie/{made.run}")
    await provider.send(str(made.run), rows="registernummer;naam\nx\n")
    assert "Regel 2: Niet aangenomen" in provider.text
    await provider.send(str(made.run), files={"file": ("lijst.xlsx", sheet([number[:2] + number[3:], "Nadia Haddad"]))})
    assert "Regel 1: Wordt nagekeken" in provider.text

    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/presentie")
    assert "Was u dit?" in leader.text
    await leader.send("/mijn/presentie/claim", course="Een andere cursus", ended_on="2024-09-03")
    assert "Wij vinden niets dat hierbij past" in leader.text
    await leader.send("/mijn/presentie/claim", course=COURSE, ended_on="2024-09-03")
    assert "De presentie staat nu op uw naam" in leader.text
    await leader.open("/mijn/portfolio")
    assert COURSE in leader.text
    assert "20" in leader.text
    await leader.open("/mijn/presentie")
    await leader.send("/betwisten", reason="Ik ging eerder weg.")
    assert "Betwist" in leader.text

    secretary = await signed_in(house, "secretaris")
    await secretary.open("/presentie-controle")
    href = secretary.page.text.split('href="/presentie-controle/')[1].split('"')[0]
    await secretary.open(f"/presentie-controle/{href}")
    assert "Ik ging eerder weg." in secretary.text
    await secretary.send(href, move="overrule", reason="De lijst is getekend.")
    assert "Vastgelegd" in secretary.text
    await leader.open("/mijn/presentie")
    assert "Telt mee" in leader.text

    await provider.open(f"/presentie/{made.run}")
    await provider.open(rows_on(provider)[-1])
    taken, reported = provider.path, await how_many(provider)
    await provider.open(taken)
    await provider.send("/terugnemen", reason="Was er niet.")
    assert "Was er niet." in provider.text
    assert await how_many(provider) == reported - 1
    await provider.open(taken)
    await provider.send("/terugzetten", reason="Toch wel.")
    assert "Ontvangen" in provider.text
    assert "Teruggezet" in provider.text
    await leader.open("/mijn/presentie")
    assert "Wordt nagekeken" in leader.text
    await provider.open(f"/presentie/{made.run}")
    await provider.send("/intrekken", withdrawal="Dubbel ingevoerd")
    await leader.open("/mijn/presentie")
    assert "Teruggenomen" in leader.text


async def test_a_row_that_was_taken_back_reads_so_to_who_sent_it_and_to_its_holder(house):
    made = await given(house)
    await nadia(house)
    provider, leader = await signed_in(house, "paula"), await signed_in(house, "nadia")
    await provider.open(f"/presentie/{made.run}")
    await provider.send(str(made.run), rows=f"{house.number_of('nadia')};Nadia Haddad\n")
    (row,) = rows_on(provider)
    await provider.open(row)
    assert "Uitkomst Aangenomen" in provider.text
    await provider.send("/terugnemen", reason="Was er niet.")

    assert "Uitkomst Teruggenomen" in provider.text
    await provider.open(f"/presentie/{made.run}")
    listed = provider.page.text.split(f'href="{row}"')[1].split("</li>")[0]
    assert "Teruggenomen" in listed
    assert "Aangenomen" not in listed
    for path in ("/mijn/portfolio", "/mijn/presentie"):
        await leader.open(path)
        assert "Teruggenomen" in leader.text, path
        assert "door het register" not in leader.text, path


async def test_each_row_of_a_list_is_answered_with_its_line_and_what_was_sent(house):
    made = await given(house)
    await nadia(house)
    number = house.number_of("nadia")
    provider = await signed_in(house, "paula")
    await provider.open(f"/presentie/{made.run}")

    await provider.send(
        str(made.run), rows=f"registernummer;naam\nabc;Piet <b>Jansen\n{number};Nadia Haddad\n111222333;Jo"
    )

    assert "Regel 2: Niet aangenomen Gestuurd: abc; Piet" in provider.text
    assert "abc; Piet &lt;b&gt;Jansen" in provider.page.text
    assert f"Regel 3: Aangenomen Gestuurd: {number}; Nadia Haddad" in provider.text
    assert "Regel 4: Niet aangenomen Gestuurd: Jo" in provider.text
    assert "111222333" not in provider.page.text
    assert "data-answered" in provider.page.text  # what was typed is done with, and not given back

    await provider.send(str(made.run), files={"file": ("lijst.csv", b"nummer;naam\n\nabc;" + b"Jan " * 40)})
    assert "Regel 3: Niet aangenomen Gestuurd: abc; Jan Jan" in provider.text
    assert "Jan Jan…" in provider.text


async def test_places_are_asked_for_where_people_meet_and_nowhere_else(house):
    made = await given(house)
    provider = await signed_in(house, "paula")
    await provider.open("/presentie/nieuw")
    field = provider.page.text.split('for="capacity"')[1].split("<input")[0]
    assert "Nodig als mensen bij elkaar komen." in field
    assert "niet verplicht" not in field
    run = {"course_id": str(made.course), "starts_on": "1-12-2027", "ends_on": "1-12-2027"}

    await provider.send("/presentie/nieuw", **run, place="Zwolle")
    assert provider.page.status_code == 400
    field = provider.page.text.split('for="capacity"')[1].split("<input")[0]
    assert 'id="capacity-error"' in field
    await provider.send("/presentie/nieuw", form="online", place="")
    assert "De uitvoering is gepland" in provider.text, provider.text


async def test_een_uitvoering_plannen_en_wijzigen_op_de_pagina(house):
    made = await given(house)
    provider = await signed_in(house, "paula")
    await provider.open("/presentie/nieuw")
    await provider.send(
        "/presentie/nieuw", course_id=str(made.course), starts_on="1-12-2027", ends_on="3 januari 2028", place="Zwolle",
        capacity="12", meetings="1-12-2027 9:30-12:00 A\n3-1-2028, 13.00, 16.30",
    )  # fmt: skip
    # The accreditation ends on 31 December 2027, and the run after it.
    assert provider.page.status_code == 400
    assert "De datum ligt buiten elke accreditatie" in provider.text
    await provider.send("/presentie/nieuw", ends_on="15-12-2027", meetings="op een middag")
    assert "Een bijeenkomst kan niet worden gelezen" in provider.text
    await provider.send("/presentie/nieuw", meetings="1-12-2027 9:30-12:00 A\n15-12-2027, 13.00, 16.30")
    assert "De uitvoering is gepland" in provider.text, provider.text
    assert "1 december 2027" in provider.text
    assert "09.30 uur (A)" in provider.text

    here = provider.path
    await provider.open(f"{here}/wijzigen")
    await provider.send("/wijzigen", ends_on="10-12-2027")
    assert "Een bijeenkomst ligt buiten de dagen" in provider.text
    await provider.send("/wijzigen", ends_on="20-12-2027", capacity="30")
    assert "30" in provider.text
    assert "20 december 2027" in provider.text

    house.on(date(2027, 12, 21))
    provider = await signed_in(house, "paula")
    await provider.open(here)
    await provider.send(here, rows="12345\n")
    await provider.open(f"{here}/wijzigen")
    await provider.send("/wijzigen", ends_on="19-12-2027")
    assert "dus de dagen staan vast" in provider.text
    await provider.send("/wijzigen", ends_on="20-12-2027", capacity="31")
    assert "De uitvoering is gewijzigd" in provider.text
    stranger = await given(house, "pim", "Academie Twee")
    await provider.open(f"/presentie/{stranger.run}/wijzigen")
    assert provider.page.status_code == 404


async def test_een_sleutel_staat_een_keer_op_de_pagina_en_wordt_vervangen_en_gesloten(house):
    await given(house)
    provider = await signed_in(house, "paula")
    await provider.open("/presentie/sleutels")
    await provider.send("/presentie/sleutels", platform="Leerplein")
    key = re.findall(r"userKey</dt>\s*<dd[^>]*>([^<]+)<", provider.page.text)[0]
    assert "101 (Schoolleiders" in provider.text
    await provider.open("/presentie/sleutels")
    assert key not in provider.page.text
    assert "Nog niet gebruikt" in provider.text
    user = re.findall(r"gebruiker (\d+)", provider.text)[0]

    said = await send(house, {"user_id": user, "user_key": key}, row("12345"))
    await provider.open("/presentie/sleutels")

    assert "<accepted_rows>1<" in said.text
    assert "Laatst gebruikt op" in provider.text
    await provider.send("/vervangen")
    assert "Dit is de sleutel" in provider.text
    assert provider.text.count("Werkt") == 2
    await provider.open("/presentie/sleutels")
    await provider.send("/sluiten")
    assert "De sleutel is gesloten" in provider.text
    assert provider.text.count("Gesloten") == 1


async def test_what_counts_for_teachers_only_is_said_so_to_the_leader_and_to_the_provider(house):
    provider_id = await a_provider(house)
    course = await a_course(house, provider_id, register="leraren", points=None, hours={"SUBJECT": 6})
    run = await a_run(house, course)
    await nadia(house)
    provider = await signed_in(house, "paula")
    await provider.open(f"/presentie/{run}")
    await provider.send(str(run), rows=f"{house.number_of('nadia')}; Nadia Haddad\n")

    assert "Aangenomen 1 " in provider.text
    for path in (f"/presentie/{run}", rows_on(provider)[0]):
        await provider.open(path)
        assert "Telt alleen in: Leraren" in provider.text, path
        assert "in een ander register staat, krijgt er daar niets voor" in provider.text, path
        assert "Aangenomen betekent: uw melding is bewaard" in provider.text, path
    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/presentie")
    assert "Telt voor u niet mee" in leader.text
    assert "Telt mee " not in leader.text
    assert "Telt voor niets in: Schoolleiders primair onderwijs" in leader.text
    assert "alleen geaccrediteerd voor: Leraren" in leader.text

    rows = (await (await house.client("paula")).get(f"/runs/{run}/attendances")).json()["items"]
    assert [row["counts_in"] for row in rows] == [["leraren"]]


async def test_presence_at_one_of_two_meetings_counts_not_yet_and_says_for_whom_it_waits(house):
    made = await given(house)
    run = await a_run(
        house,
        made.course,
        external_id="TWEE",
        ends_on=date(2024, 9, 4),
        meetings=[
            {"held_on": "2024-09-03", "begins": "10:00", "ends": "12:00", "external_id": "A"},
            {"held_on": "2024-09-04", "begins": "10:00", "ends": "12:00", "external_id": "B"},
        ],
    )
    await nadia(house)
    row = {"register_number": house.number_of("nadia"), "run_id": str(run), "meeting": "A"}
    await (await house.client("paula")).post("/attendances/bulk", {"rows": [row]})

    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/presentie")
    assert "Nog niet compleet" in leader.text
    assert "De aanbieder heeft nog niet elke bijeenkomst gemeld" in leader.text
    await leader.open("/mijn/portfolio")
    assert "De aanbieder heeft nog niet elke bijeenkomst gemeld" in leader.text
    assert "Wacht op een beoordelaar" not in leader.text


async def test_what_is_held_says_that_the_office_looks(house):
    made = await given(house, capacity=1)
    await nadia(house)
    await a_leader(house.world, "piet")
    rows = [{"register_number": house.number_of(who), "run_id": str(made.run)} for who in ("piet", "nadia")]
    await (await house.client("paula")).post("/attendances/bulk", {"rows": rows})

    leader = await signed_in(house, "nadia")
    for path in ("/mijn/presentie", "/mijn/portfolio"):
        await leader.open(path)
        assert "Het bureau van het register kijkt dit na" in leader.text, path
        assert "beoordelaar kijkt" not in leader.text
    assert "Wacht op een beoordelaar" not in leader.text
    activity = (await (await house.client("nadia")).get("/portfolio?register=schoolleiders-po")).json()["activities"][0]
    assert activity["why"] == "attendance-held"
    office = await signed_in(house, "bureau")
    await office.open("/presentie-controle")
    assert COURSE in office.text


async def test_a_run_that_is_over_does_not_read_that_it_goes_on(house):
    house.on(date(2024, 9, 2))
    made = await given(house)
    provider = await signed_in(house, "paula")
    await provider.open("/presentie")
    assert "Gaat door" in provider.text

    house.on(date(2024, 9, 4))
    provider = await signed_in(house, "paula")
    await provider.open(f"/presentie/{made.run}")
    await provider.send(str(made.run), rows="12345678\n")
    await provider.open("/presentie")
    assert "Geweest" in provider.text
    assert "Gaat door" not in provider.text


async def how_many(provider: Browser) -> int:
    """How many participants the list of runs says were reported."""
    await provider.open("/presentie")
    return sum(int(n) for n in re.findall(r"(\d+) deelnemers? gemeld", provider.text))


def rows_on(page: Browser) -> list[str]:
    """The rows that a run shows, oldest first."""
    return re.findall(r'href="(/presentie/regel/[^"]+)"', page.page.text)


def sheet(*rows: list[str]) -> bytes:
    """A workbook of these rows."""
    book, out = Workbook(), io.BytesIO()
    for one in rows:
        book.active.append(one)
    book.save(out)
    return out.getvalue()


async def test_a_list_that_is_sent_again_under_another_name_says_what_is_there_and_counts_once(house):
    made = await given(house)
    await nadia(house)
    rows = sheet([house.number_of("nadia"), "Nadia Haddad"], ["1234", "J. Doe"])
    provider = await signed_in(house, "paula")
    for name in ("lijst.xlsx", "lijst (2).xlsx"):
        await provider.open(f"/presentie/{made.run}")
        assert "waren er al" not in provider.text
        await provider.send(str(made.run), files={"file": (name, rows)})

    assert "2 regels waren er al. Die tellen één keer." in provider.text
    assert len(rows_on(provider)) == 2
    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/portfolio")
    assert leader.text.count(COURSE) == 1


async def test_who_looks_at_two_places_on_one_day_sees_which_and_whose_it_is(house):
    made = await given(house)
    await nadia(house)
    other = await a_run(house, made.course, place="Zwolle", external_id="ZWOLLE")
    paula = await house.client("paula")
    for run in (made.run, other):
        told = {"register_number": house.number_of("nadia"), "name": "Haddad, N.", "run_id": str(run)}
        await paula.post("/attendances/bulk", {"rows": [told]})
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/presentie-controle")
    await secretary.press(COURSE)

    assert "Op dezelfde dag ook ergens anders" in secretary.text
    assert f"{COURSE} van Academie Een, in Utrecht op 3 september 2024" in secretary.text
    assert f"Nadia Haddad ({house.number_of('nadia')})" in secretary.text


async def test_small_figures_are_left_out_for_the_public_and_said_to_be_there_for_the_office(house):
    await nadia(house)
    office, visitor = await signed_in(house, "bureau"), browser(house)
    for reader, said, never in (
        (office, "U ziet ook kleine aantallen", "Kleine aantallen laten wij weg"),
        (visitor, "Kleine aantallen laten wij weg", "U ziet ook kleine aantallen"),
    ):
        await reader.open("/cijfers")
        assert said in reader.text
        assert never not in reader.text
