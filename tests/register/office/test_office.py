"""The office: norms in words, the calendar, the mail that left or did not, and the trail as the auditor reads it."""

from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import SQLModel, select

from core.law.rulesets import RuleSets
from core.store.audit import TrailEvent
from core.store.outbox import OutboxMessage
from core.store.work import Work
from core.web.pages import SAID
from register.entries.policy import Register
from register.office import affected, jobs, norms
from register.office.calendar_pages import unknown_years
from tests import deciding
from tests.builders import House, a_leader
from tests.pages import signed_in


async def registered(house: House) -> str:
    """A leader who is registered from 12 September 2024 for five years; the decision."""
    await a_leader(house.world, "leo")
    decision = str(await deciding.taken(house, "leo"))
    await (await house.client("secretaris")).move(f"/decisions/{decision}", "notification", {})
    return decision


async def test_each_role_finds_its_rooms_on_the_start_page_and_a_professional_none(house):
    await a_leader(house.world, "leo")
    office, auditor, leo = [await signed_in(house, who) for who in ("bureau", "toezicht", "leo")]

    of_office = (await office.open("/kantoor")).text
    of_auditor = (await auditor.open("/kantoor")).text

    for path in ("/kantoor/personen", "/kantoor/uitgaand", "/kantoor/post", "/kantoor/regels", "/cijfers"):
        assert f'href="{path}"' in of_office
    assert 'href="/logboek"' not in of_office
    assert 'href="/logboek"' in of_auditor
    assert 'href="/kantoor/personen"' not in of_auditor
    for path in ("/kantoor", "/kantoor/regels", "/kantoor/kalender", "/kantoor/uitgaand", "/logboek"):
        assert (await leo.open(path)).status_code == 403, path


async def test_what_waits_for_the_post_is_counted_on_the_start_page(house):
    await a_leader(house.world, "leo")
    decision = await deciding.taken(house, "leo")
    await (await house.client("secretaris")).move(f"/decisions/{decision}", "notification", {"channel": "post"})

    office = await signed_in(house, "bureau")

    assert "1 te versturen" in (await office.open("/kantoor")).text


async def test_every_rule_set_is_told_in_words(house):
    office = await signed_in(house, "bureau")

    listed = (await office.open("/kantoor/regels")).text
    told = (await office.open("/kantoor/regels/schoolleiders-po-2022")).text

    for rules in house.means.rules:
        assert f'href="/kantoor/regels/{rules.name}"' in listed
        assert all(name and "." not in name for section in norms.sections(rules) for name, _ in section.norms)
    # the ladder of 24 August 2022: 60 points give three years, 140 points seven
    assert "60 punten of meer" in told
    assert "7 jaar" in told
    assert "po-prof ladder" in told
    assert (await office.open("/kantoor/regels/niets")).status_code == 404


async def test_a_set_that_is_still_to_come_says_how_many_it_affects(house):
    await registered(house)
    rules = house.means.rules
    newest = rules.named("schoolleiders-po-2022")
    coming = newest.model_copy(update={"name": "schoolleiders-po-2027", "from_on": date(2027, 1, 1)})
    last_day = date(2026, 12, 31)
    ending = newest.model_copy(update={"until_on": last_day})
    others = tuple(each for each in rules if each.name != newest.name)
    then = RuleSets((*others, ending, coming))

    async def count(work: Work, register: Register) -> list[affected.Count]:
        return await affected.counted(work.session, rules, then, register)

    leaders = await house.system(lambda work: count(work, Register.LEADERS_PO))
    teachers = await house.system(lambda work: count(work, Register.TEACHERS))

    # until September 2029, so the renewal is decided under the set of 2027
    assert leaders == [affected.Count("registered", "schoolleiders-po-2022 v1", 1)]
    assert teachers == []


async def test_the_calendar_shows_the_days_of_law_and_of_decree_and_warns_of_a_year_that_is_not_known(house):
    office = await signed_in(house, "bureau")

    known = (await office.open("/kantoor/kalender?jaar=2015")).text
    unknown = (await office.open("/kantoor/kalender?jaar=2021")).text

    assert "Goede Vrijdag" in known
    assert "vrijdag 15 mei 2015" in known  # the day after Ascension, by decree
    assert "koninklijk besluit" in known
    assert "de aangewezen dagen van dit jaar kennen wij niet" in unknown
    assert (await office.open("/kantoor/kalender?jaar=1")).status_code == 400


async def test_the_office_is_warned_of_a_year_in_which_terms_end_and_days_are_not_known(house):
    async def on(year: int) -> list[int]:
        async def deed(work: Work) -> list[int]:
            return unknown_years(replace(work, today=date(year, 6, 1), write=False))

        return await house.system(deed)

    assert await on(2026) == []  # 2026, 2027 and 2028 are known
    assert await on(2027) == [2029]
    assert await on(2029) == [2029, 2030, 2031]


async def test_a_message_that_failed_is_tried_again_with_a_line_in_the_trail(house):
    await registered(house)

    async def fail(work: Work) -> int:
        await work.session.exec(sa.update(OutboxMessage).values(failed_at=work.now, error="unreachable"))
        return (await work.session.exec(select(sa.func.count()).select_from(OutboxMessage))).one()

    number = await house.system(fail)
    office = await signed_in(house, "bureau")
    page = (await office.open("/kantoor/uitgaand")).text
    assert "De mailserver was niet bereikbaar." in page
    assert "@" not in page.split("<main")[1].split("</main>")[0]
    action = page.split('action="/kantoor/uitgaand/')[1].split('"')[0]

    await office.send(f"/kantoor/uitgaand/{action}")

    assert office.path == "/kantoor/uitgaand"
    async with house.means.database.reading() as session:
        waiting = select(OutboxMessage).where(OutboxMessage.failed_at == None)  # noqa: E711
        (row,) = (await session.exec(waiting)).all()
        traces = (await session.exec(select(TrailEvent).where(TrailEvent.action == "mail:again"))).all()
    assert action == f"{row.id}/opnieuw"
    assert [str(row.id) in line.facts for line in traces] == [True]
    assert (await office.open("/kantoor/uitgaand")).text.count("/opnieuw") == number - 1


async def test_the_auditor_reads_the_trail_by_stream_kind_and_day_page_by_page(house):
    decision = await registered(house)
    auditor = await house.client("toezicht")
    house.world.clock.at += timedelta(days=1)

    of_kind = (await auditor.get("/trail-events?kind=decision")).json()["items"]
    exact = (await auditor.get("/trail-events?kind=decision:notify")).json()["items"]
    of_stream = (await auditor.get(f"/trail-events?stream={exact[0]['stream']}")).json()["items"]
    of_day = (await auditor.get("/trail-events?on=2024-09-13")).json()["items"]

    assert [line["action"] for line in of_kind] == ["decision:notify", "decision:read", "decision:take"]
    assert exact[0]["object_id"] == decision
    assert {line["stream"] for line in of_stream} == {exact[0]["stream"]}
    assert {line["action"] for line in of_day} == {"trail:read"}  # the looks of today, and nothing of the day before

    seen, path = [], "/trail-events?kind=decision&pageSize=1"
    while path:
        page = (await auditor.get(path)).json()
        seen += page["items"]
        path = page["next"] and f"/trail-events?kind=decision&pageSize=1&cursor={page['next']}"
    assert seen == of_kind


async def test_the_auditor_finds_by_a_register_number_who_looked_at_somebody(house):
    await registered(house)
    number = house.number_of("leo")
    await (await house.client("bureau")).get(f"/people/{house.id_of('leo')}")
    auditor = await signed_in(house, "toezicht")

    found = await auditor.open(f"/logboek?stream={number}&looks=true")

    assert "person:read" in auditor.text
    assert "decision:take" not in found.text
    assert "Besluit" in auditor.text  # the list in words
    assert "person:read-trail" in await trail(house)
    for asked, said in (
        ("stream=11789753", SAID.sentence("no-such-person")),
        ("kind=koffie", "Fout: Logboek"),
        ("kind=decision:koffie", "Deze handeling komt in het logboek niet voor"),
        ("on=31-2-2024", "Deze dag bestaat niet"),
        ("kind=appeal", "Er is geen handeling die hieraan voldoet"),
    ):
        await auditor.open(f"/logboek?{asked}")
        assert said in auditor.text, (asked, auditor.text[-1500:])


async def trail(house) -> set[str]:
    async with house.means.database.reading() as session:
        return set(await session.exec(select(TrailEvent.action)))


async def test_nobody_but_the_auditor_reads_the_trail(house):
    for who in ("bureau", "secretaris", "bestuur"):
        assert (await (await house.client(who)).get("/trail-events")).status_code == 403, who


async def test_the_trail_on_a_page_says_what_was_typed_wrongly_and_keeps_it(house):
    await registered(house)
    auditor = await signed_in(house, "toezicht")

    found = (await auditor.open("/logboek?kind=decision:notify&on=12-9-2024")).text
    wrong = await auditor.open("/logboek?on=gisteren")

    assert "decision:notify" in found
    assert "Er is geen handeling" not in found
    assert wrong.status_code == 400
    assert 'value="gisteren"' in wrong.text


async def test_the_office_sees_whether_the_daily_chores_ran_and_what_they_did(house: House):
    client, office = await house.client("toezicht"), await signed_in(house, "bureau")
    await office.open("/kantoor/taken")
    assert "De taken van vandaag zijn nog niet gedaan" in office.text, office.text

    async def swept(work: Work) -> None:
        jobs.note(work, date(2024, 9, 16), {"reminded": 3, "cleaned": 0})

    await house.system(swept)

    await office.open("/kantoor/taken")
    assert "herinnerd 3" in office.text, office.text
    assert "opgeruimd" not in office.text.split("De laatste keren")[1]
    assert "nog niet gedaan" not in office.text
    assert (await client.get("/sweeps")).json()[0]["did"] == {"reminded": 3}
    assert (await (await house.client("bestuur")).get("/sweeps")).status_code == 403


async def test_an_auditor_sees_whether_the_trail_of_one_file_holds(house: House):
    await registered(house)
    stream = f"person/{house.id_of('leo')}"
    auditor = await signed_in(house, "toezicht")

    await auditor.open(f"/logboek?stream={stream}")
    assert "Het spoor van dit dossier klopt" in auditor.text, auditor.text
    await auditor.open("/logboek?stream=person/niemand")
    assert "spoor van dit dossier" not in auditor.text

    async with house.means.database.writes.begin() as connection:  # behind the service's back
        heads = SQLModel.metadata.tables["trail_head"]
        await connection.execute(sa.update(heads).where(heads.c.stream == stream).values(seq=heads.c.seq - 1))

    await auditor.open(f"/logboek?stream={stream}")
    assert "klopt niet" in auditor.text, auditor.text
    client = await house.client("toezicht")
    assert (await client.get("/trail-checks", params={"stream": stream})).json()["findings"] != []
    assert (await client.get("/trail-checks", params={"stream": "person/niemand"})).status_code == 404
    assert (await (await house.client("bureau")).get("/trail-checks", params={"stream": stream})).status_code == 403
