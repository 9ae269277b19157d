"""The agenda: what is in it, what is not in it any more, and how it is searched."""

import csv
import io
from datetime import date
from typing import Any

from sqlmodel import select

from accreditation.courses.models import Course, CourseAccreditation
from accreditation.kinds import CourseKind
from accreditation.providers.models import ProviderAuthorisation
from accreditation.providers.policy import AuthorisationState
from core.store.work import Work
from tests.accreditation.attendance.given import a_course, a_run, given
from tests.accreditation.steps import accredited, admitted
from tests.builders import House
from tests.pages import Browser, signed_in

SEARCHES = {
    "": {"Leiden met moed", "Visie Éérst"},
    "list=in-advance": {"Leiden met moed"},
    "list=basic-registration": {"Visie Éérst"},
    "list=afterwards": set(),
    "register=leraren": set(),
    "q=MÓED": {"Leiden met moed"},
    "q=eerst+visie": {"Visie Éérst"},
    "q=academie": {"Leiden met moed", "Visie Éérst"},
    "q=100%25": set(),
    "theme=Leiding": {"Leiden met moed"},
    "theme=leid": {"Leiden met moed"},
    "place=utrecht": {"Leiden met moed"},
    "place=Curacao": {"Visie Éérst"},
    "form=online": set(),
    "from=2024-09-04": {"Visie Éérst"},
    "until=2024-09-03": {"Leiden met moed"},
    "from=2020-01-01&until=2024-08-31": set(),
    "minPoints=20": {"Leiden met moed"},
    "minPoints=21": set(),
    "maxPoints=20": {"Leiden met moed"},
}


async def titles(house: House, query: str = "") -> set[str]:
    answer = await (await house.client()).get(f"/catalogue-runs?{query}")
    assert answer.status_code == 200, answer.text
    return {one["title"] for one in answer.json()["items"]}


async def two_courses(house: House) -> Any:
    """A course in Utrecht on 3 September, and a programme on Curaçao on 1 October."""
    made = await given(house)
    other = await a_course(house, made.provider, title="Visie Éérst", external_id=None, points=None)
    await a_run(house, other, place="Willemstad, Curaçao", starts_on=date(2024, 10, 1), ends_on=date(2024, 10, 1))

    async def deed(work: Work) -> None:
        for row in (await work.session.exec(select(Course))).all():
            row.theme_keys = f"|{'|'.join(row.themes)}|" if row.id == made.course else ""
            row.kind = CourseKind.COURSE if row.id == made.course else CourseKind.PROGRAMME
            work.log("course:show", row)

    await house.system(deed)
    house.on(date(2024, 9, 1))
    return made


async def test_the_agenda_is_searched_by_list_theme_date_place_points_and_words(house: House):
    await two_courses(house)

    found = {query: await titles(house, query) for query in SEARCHES}

    assert found == SEARCHES
    client = await house.client()
    for wrong in (
        "list=x",
        "from=morgen",
        "minPoints=-1",
        "cursor=x",
        "pageSize=0",
        "from=2024-09-02&until=2024-09-01",
    ):
        answer = await client.get(f"/catalogue-runs?{wrong}")
        assert (answer.status_code, bool(answer.json()["errors"])) == (400, True), wrong


async def test_the_agenda_is_paged_and_shows_each_run_once(house: House):
    made = await two_courses(house)
    for n in range(5):
        await a_run(house, made.course, external_id=f"N-{n}")
    client, seen, path = await house.client(), [], "/catalogue-runs?pageSize=3&list=in-advance"

    while path:
        page = await client.get(path)
        seen += [one["run_id"] for one in page.json()["items"]]
        path = page.headers["link"].split(";")[0].strip("<>").removeprefix("/v1") if "link" in page.headers else ""

    assert len(seen) == len(set(seen)) == 6


async def changed(house: House, model: Any, **values: Any) -> None:
    async def deed(work: Work) -> None:
        for row in (await work.session.exec(select(model))).all():
            for name, value in values.items():
                setattr(row, name, value)
            work.log("test:change", row)

    await house.system(deed)


async def test_a_course_disappears_at_once_with_its_provider_its_accreditation_or_its_run(house: House):
    house.on(date(2024, 9, 1))
    made = await given(house)
    assert await titles(house) == {"Leiden met moed"}

    for state in AuthorisationState:
        await changed(house, ProviderAuthorisation, state=state)
        assert bool(await titles(house)) == (state is AuthorisationState.AUTHORISED), state
    await changed(house, ProviderAuthorisation, state=AuthorisationState.AUTHORISED)
    for ended in ({"withdrawn_on": date(2024, 8, 31)}, {"until_on": date(2024, 9, 2)}):
        await changed(house, CourseAccreditation, **ended)
        assert not await titles(house), ended
        await changed(house, CourseAccreditation, withdrawn_on=None, until_on=date(2027, 12, 31))
    house.on(date(2024, 9, 4))
    assert not await titles(house)
    house.on(date(2024, 9, 3))  # the last day still stands
    assert await titles(house)

    provider = await house.client("paula")
    code = await code_of(house)
    assert (await provider.get(f"/catalogue-courses/{code}")).json()["title"] == "Leiden met moed"
    gone = await provider.move(f"/runs/{made.run}", "withdrawal", {"reason": "Te weinig deelnemers"})
    assert gone.status_code == 201, gone.text
    assert not await titles(house)
    assert (await provider.get(f"/catalogue-courses/{code}")).json()["runs"] == []  # accredited still, without a day
    await changed(house, CourseAccreditation, withdrawn_on=house.world.clock.at.date())
    assert (await provider.get(f"/catalogue-courses/{code}")).status_code == 404
    assert (await house.http.get(f"/agenda/{code}")).status_code == 404


async def code_of(house: House) -> str:
    async with house.means.database.reading() as session:
        return str((await session.exec(select(Course.code))).one())


async def test_the_agenda_on_a_page_as_csv_and_as_a_feed_says_the_same(house: House):
    meeting = {"held_on": "2024-09-03", "begins": "09:30", "ends": "12:00"}
    await given(house, meetings=[meeting])
    house.on(date(2024, 9, 1))
    browser = Browser(house.http)

    page = await browser.open("/agenda?q=moed&list=in-advance")
    assert {"Leiden met moed", "20 punten", "Utrecht", "3 september 2024"} <= {
        said for said in ("Leiden met moed", "20 punten", "Utrecht", "3 september 2024") if said in browser.text
    }
    assert "/agenda/feed?q=moed&amp;list=in-advance" in page.text
    english = await house.http.get("/agenda", headers={"Accept-Language": "en"})
    assert "Agenda of accredited courses" in english.text
    await browser.open(f"/agenda/{await code_of(house)}")
    assert "Academie Een" in browser.text
    empty = await browser.open("/agenda?q=bestaat+niet")
    assert (empty.status_code, "Niets gevonden" in browser.text) == (200, True)
    wrong = await browser.open("/agenda?from=morgen&q=moed")
    assert (wrong.status_code, 'value="moed"' in wrong.text, 'value="morgen"' in wrong.text) == (400, True, True)

    file = await house.http.get("/agenda/csv?q=moed&bom=false")
    (row,) = csv.DictReader(io.StringIO(file.text), delimiter=";")
    told = (row["Titel"], row["Register"], row["Punten"], row["Lijst"], row["Vorm"])
    assert told == ("Leiden met moed", "Schoolleiders primair onderwijs", "20", "Vooraf gewaardeerd", "Op locatie")
    abroad = await house.http.get("/agenda/csv?q=moed&bom=false", headers={"Accept-Language": "en"})
    assert abroad.text.startswith("List;Register;Course number;Title;")
    feed = await house.http.get("/agenda/feed?q=moed")
    assert feed.headers["content-type"].startswith("text/calendar")
    assert {"DTSTART:20240903T073000Z", "DTEND:20240903T100000Z", "SUMMARY:Leiden met moed"} <= set(
        feed.text.split("\r\n")
    )
    assert all(line.startswith("URL:http") for line in feed.text.split("\r\n") if line.startswith("URL"))
    for path in ("/agenda/csv", "/agenda/feed"):
        assert (await house.http.get(f"{path}?list=x")).status_code == 400
        assert "moed" in (await house.http.get(f"{path}?from=3-9-2024")).text  # a day as one writes it
        assert "moed" not in (await house.http.get(f"{path}?from=4+september+2024")).text


async def test_the_page_of_a_provider_leads_to_its_course_before_and_after_a_run_is_planned(house: House):
    provider = await admitted(house)
    course = await accredited(house, provider)
    owner = await signed_in(house, "aanbieder")

    before = (await owner.open(f"/aanbieders/{provider}")).text
    planned = await (await house.client("aanbieder")).post(
        f"/courses/{course['id']}/runs",
        {"starts_on": "2024-10-01", "ends_on": "2024-10-01", "place": "Zwolle", "capacity": 20},
    )
    await owner.open(f"/aanbieders/{provider}")

    assert planned.status_code == 201, planned.text
    assert f'href="/agenda/{course["code"]}"' in before
    assert f'href="/agenda/{course["code"]}"' in owner.page.text
    assert (await owner.open(f"/agenda/{course['code']}")).status_code == 200
