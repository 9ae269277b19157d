"""The yearly audit: a sample that can be drawn again, an auditor without ties, hearing first, perhaps a measure."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from hypothesis import given as for_all
from hypothesis import strategies as st

from accreditation.audits.policy import Signals, draw, lots_of, size_of
from accreditation.providers import members
from accreditation.providers.policy import MemberRole
from register.rules.rulesets import shipped
from tests.accreditation.attendance.given import a_run, given
from tests.accreditation.steps import PO, known, ok
from tests.accreditation.test_rating import attended
from tests.builders import ACCREDITORS, Client, House
from tests.pages import signed_in
from tests.two_persons import by_two

QUALITY = shipped().named("schoolleiders-po-2022").quality
LOTS = st.dictionaries(st.uuids().map(str), st.integers(1, 30), min_size=1, max_size=20)
SERIOUS = {"ground": "other-than-accredited", "weight": "serious", "said": "Vier dagen in plaats van vijf."}
FOUND = {"report": "Drie uitvoeringen bekeken.", "findings": [SERIOUS]}
MEASURE = {"kind": "suspension", "reasons": "De cursus is korter dan geaccrediteerd.", "repair": "Geef vijf dagen."}


@for_all(st.text(min_size=1), LOTS, st.integers(1, 20), st.randoms())
def test_the_same_seed_and_lots_give_the_same_sample_in_whatever_order_they_come(seed, lots, size, random):
    names = list(lots)
    random.shuffle(names)

    found = draw(seed, lots, size)

    assert found == draw(seed, {name: lots[name] for name in names}, size)
    assert len(found) == len(set(found)) == min(size, len(lots))


@for_all(st.text(min_size=1), LOTS, st.integers(1, 20), st.data())
def test_more_lots_never_take_a_provider_out_of_the_sample(seed, lots, size, data):
    drawn = draw(seed, lots, size)
    lucky = data.draw(st.sampled_from(drawn))

    assert lucky in draw(seed, {**lots, lucky: lots[lucky] + 7}, size)


def test_what_was_heard_gives_more_lots():
    assert lots_of(Signals(), QUALITY) == 1
    assert lots_of(Signals(stars=14, ratings=5), QUALITY) == 1 + 3  # 2.8 of 5, below 3.0
    assert lots_of(Signals(stars=8, ratings=4), QUALITY) == 1  # too few to say anything
    assert lots_of(Signals(complaints=3), QUALITY) == 1 + 2 * 3
    assert lots_of(Signals(attendances=200, corrections=9), QUALITY) == 1 + 4  # four whole per cent
    assert lots_of(Signals(declares=True), QUALITY) == 1 + 2
    assert [size_of(n, QUALITY) for n in (1, 10, 11, 40)] == [1, 1, 2, 4]


async def drawn(house: House) -> tuple[Any, Client, str]:
    """A provider on which the lot fell, on 10 September 2024; the secretary, and the address of the audit."""
    house.on(date(2024, 9, 10))
    made = await given(house)
    secretary = await house.client("secretaris")
    answer = await ok(await secretary.post("/audit-rounds", {"register_code": PO}))
    assert answer["drawn"] == [str(made.provider)]
    assert draw(answer["seed"], answer["lots"], answer["size"]) == answer["drawn"]
    (one,) = (await secretary.get("/provider-audits")).json()["items"]
    return made, secretary, f"/provider-audits/{one['id']}"


async def reported(house: House, report: dict[str, Any] = FOUND) -> tuple[Any, Client, str]:
    made, secretary, path = await drawn(house)
    await ok(await secretary.move(path, "auditor", {"auditor_id": str(house.id_of(ACCREDITORS[0]))}))
    auditor = await house.client(ACCREDITORS[0])
    await ok(await auditor.move(path, "report", report))
    return made, secretary, path


async def test_the_sample_is_drawn_once_a_year_and_complaints_weigh(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    await attended(house, made, "nadia")
    await (await house.client("nadia")).post(f"/runs/{made.run}/rating", {"stars": 1, "complaint": True})
    secretary = await house.client("secretaris")
    nobody = await secretary.post("/audit-rounds", {"register_code": "leraren"})
    assert (nobody.status_code, nobody.json()["code"]) == (409, "nobody-to-draw")

    first = await ok(await secretary.post("/audit-rounds", {"register_code": PO}))

    assert first["lots"] == {str(made.provider): 3}
    again = await secretary.post("/audit-rounds", {"register_code": PO})
    assert (again.status_code, again.json()["code"]) == (409, "already-drawn")
    for who in ("paula", ACCREDITORS[0]):
        assert (await (await house.client(who)).post("/audit-rounds", {"register_code": PO})).status_code == 403
    house.on(date(2025, 1, 2))
    assert (await ok(await secretary.post("/audit-rounds", {"register_code": PO})))["year"] == 2025


async def test_an_auditor_has_no_tie_to_the_provider_and_only_they_report(house: House):
    made, secretary, path = await drawn(house)
    tied = house.id_of(ACCREDITORS[1])
    await house.system(lambda work: members.join(work, made.provider, tied, MemberRole.EDITOR))

    refused = await secretary.move(path, "auditor", {"auditor_id": str(tied)})
    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")
    nobody = await secretary.move(path, "auditor", {"auditor_id": str(house.id_of("paula"))})
    assert (nobody.status_code, nobody.json()["errors"][0]["code"]) == (400, "not-a-member")
    await ok(await secretary.move(path, "auditor", {"auditor_id": str(house.id_of(ACCREDITORS[0]))}))
    assert (await (await house.client(ACCREDITORS[2])).get(path)).status_code == 404
    assert (await (await house.client("paula")).get(path)).status_code == 404
    auditor = await house.client(ACCREDITORS[0])
    wrong = {"report": "Gezien.", "findings": [SERIOUS | {"ground": "te-duur"}]}
    assert (await auditor.move(path, "report", wrong)).status_code == 400
    assert (await ok(await auditor.move(path, "report", FOUND)))["answer_by_on"] == "2024-09-24"


async def test_a_measure_follows_only_on_something_serious_and_after_hearing(house: House):
    made, secretary, path = await reported(house)
    early = await secretary.move(path, "measure", MEASURE)
    assert (early.status_code, early.json()["code"]) == (409, "answer-term-runs")
    paula = await house.client("paula")
    seen = (await paula.get(path)).json()
    assert (seen["findings"][0]["ground"], seen["signals"], seen["auditor"]) == ("other-than-accredited", None, None)
    answered = await ok(await paula.move(path, "answer", {"answer": "De vijfde dag was online."}))
    assert answered["state"] == "answered"

    decision = await known(
        house, (await ok(await by_two(house, "secretaris", path, "measure", MEASURE)))["decision_id"]
    )

    assert (decision["kind"], decision["grounds"]) == ("provider-suspension", ["audit-finding"])
    assert decision["last_day_to_object"] == "2024-10-22"
    standing = (await secretary.get(f"/providers/{made.provider}")).json()["authorisations"]
    assert {one["register_code"]: one["state"] for one in standing}[PO] == "suspended"
    assert not (await secretary.get("/catalogue-runs")).json()["items"]
    assert (await secretary.move(path, "closing", {"conclusion": "Klaar."})).status_code == 409


async def test_a_silent_provider_is_heard_when_its_term_is_over_and_a_minor_finding_leads_to_no_measure(house: House):
    _, secretary, path = await reported(house, {"report": "Bekeken.", "findings": [SERIOUS | {"weight": "minor"}]})
    early = await secretary.move(path, "closing", {"conclusion": "In orde."})
    assert (early.status_code, early.json()["code"]) == (409, "answer-term-runs")
    house.on(date(2024, 9, 25))
    late = await (await house.client("paula")).move(path, "answer", {"answer": "Te laat."})
    assert (late.status_code, late.json()["code"]) == (409, "answer-term-over")
    none = await secretary.move(path, "measure", MEASURE)
    assert (none.status_code, none.json()["code"]) == (409, "no-serious-finding")
    public = await house.client()
    document = f"/audit-reports/{path.rpartition('/')[2]}"
    assert (await public.get(document)).status_code == 404

    closed = await ok(await secretary.move(path, "closing", {"conclusion": "Volgend jaar opnieuw bekijken."}))

    assert closed["closed_on"] == "2024-09-25"
    (listed,) = (await public.get("/audit-reports")).json()["items"]
    assert (listed["provider"], listed["year"]) == ("Academie Een", 2024)
    one, other = await public.get(document), await public.get(document)
    assert one.content.startswith(b"%PDF")
    assert one.content == other.content


async def test_verificatieaudit_by_pages(house: House):
    house.on(date(2024, 9, 10))
    await given(house)
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/controles")
    await secretary.send("/controles", register_code=PO)
    assert "De steekproef is getrokken." in secretary.text
    here = "/controles/" + secretary.page.text.split('href="/controles/')[1].split('"')[0]
    await secretary.open(here)
    await secretary.send(f"{here}/auditor", auditor_id=str(house.id_of(ACCREDITORS[0])))
    assert "De audit is toegewezen." in secretary.text
    auditor = await signed_in(house, ACCREDITORS[0])
    await auditor.open(here)
    typed = {"report": "Bekeken.", "ground_1": "evaluation-missing", "weight_1": "minor"}
    await auditor.send(f"{here}/rapport", **typed)
    assert "Er gaat nog iets mis" in auditor.text
    await auditor.send(f"{here}/rapport", **typed, said_1="Er is geen vragenlijst.")
    assert "Het rapport is ingediend." in auditor.text
    provider = await signed_in(house, "paula")
    await provider.open(here)
    await provider.send(f"{here}/reactie", answer="Die komt er.")
    await secretary.open(here)
    await secretary.send(f"{here}/afronden", conclusion="Afspraak gemaakt.")
    assert "Het rapport is openbaar." in secretary.text
    reader = await house.http.get("/agenda/controles")
    assert "Academie Een, 2024" in reader.text


async def test_a_draw_just_after_midnight_looks_back_a_year_from_that_day(house: House):
    """At half past twelve in the night it is still the day before in UTC."""
    house.on(date(2024, 9, 12))
    made = await given(house, starts_on=date(2024, 9, 9), ends_on=date(2024, 9, 9))
    await attended(house, made, "nadia")
    later = await a_run(house, made.course, starts_on=date(2024, 9, 10), ends_on=date(2024, 9, 10), external_id="B")
    await attended(house, replace(made, run=later), "piet")
    house.on(date(2025, 9, 10), time(0, 30))
    secretary = await house.client("secretaris")

    await ok(await secretary.post("/audit-rounds", {"register_code": PO}))

    (one,) = (await secretary.get("/provider-audits")).json()["items"]
    path = f"/provider-audits/{one['id']}"
    await ok(await secretary.move(path, "auditor", {"auditor_id": str(house.id_of(ACCREDITORS[0]))}))
    signals = (await (await house.client(ACCREDITORS[0])).get(path)).json()["signals"]
    assert signals["attendances"] == 1
