"""The body answers an appeal itself, the appellant reads it, and the Commissie van Beroep rules in its own name."""

from datetime import date
from typing import Any
from uuid import UUID

from appeals.disputes.policy import Outcome
from appeals.objections.policy import require_no_worse
from core.decisions import Decision
from core.errors import Refused
from core.law.articles import PUBLIC
from core.law.rulesets import RuleSets
from register.notification.letters import letter_of
from register.notification.remedy import remedy_clause
from tests.appeals.test_dossier import pieces, text_of
from tests.appeals.test_soundness import flaws
from tests.appeals.test_told import body_of, dismissed
from tests.builders import ACCREDITORS, MEMBERS, House, a_leader
from tests.journeys.disputing import ADVISERS, CHAMBER, done, refused_leader, seated, unheard, upheld, voted
from tests.journeys.hands import signed_in
from tests.mailed import mails


async def an_appeal(house: House, **more: object) -> dict[str, Any]:
    """An appeal of 22 October 2024 against a decision of 21 October on an objection, looked at by the griffier."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    _, known = await dismissed(house, refusal["number"])
    house.on(date(2024, 10, 22))
    nadia = await house.client("nadia")
    number = (await nadia.get(f"/decisions/{known['decision_id']}")).json()["number"]
    answer = await nadia.post("/appeals", {"decisions": [number], "grounds": "Ik blijf erbij.", **more})
    assert answer.status_code == 201, answer.text
    appeal: dict[str, Any] = answer.json()
    await done(
        await house.client("griffier"), f"/appeals/{appeal['id']}", "admissibility", {"defence_until": "2024-11-05"}
    )
    return appeal


async def ruled(house: House, path: str, outcome: str) -> dict[str, Any]:
    """The chamber hears nobody, as the appellant asks, and rules; what the griffier then reads."""
    griffier = await house.client("griffier")
    await seated(house, griffier, path, CHAMBER)
    await done(await house.client("nadia"), path, "hearing-renunciation")
    await done(griffier, path, "hearing-waiver", {"ground": "waived", "waiver_reasons": "Zij ziet ervan af."})
    await voted(house, path, CHAMBER, outcome)
    griffier = await house.client("griffier")
    await done(griffier, path, "decision", {"outcome": outcome, "reasons": "Het diploma telt."})
    return await done(griffier, path, "notification")


async def test_awb_7_18_the_body_hands_in_its_defence_which_is_passed_on_to_the_appellant(house: House):
    appeal = await an_appeal(house)
    path, here = f"/appeals/{appeal['id']}", f"/beroepen/{appeal['id']}"
    assert "tot en met 5 november 2024" in await body_of(house, "appeal-defence-asked")
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/bezwaren")
    assert appeal["number"] in secretary.text
    await secretary.open(here)
    assert "U kunt verweer indienen tot en met 5 november 2024" in secretary.text

    await secretary.send("/defence", defence="Het diploma is van na de accreditatie.")

    assert "Het is vastgelegd" in secretary.text, secretary.text
    told = await mails(house, "appeal-defence")
    assert [mail.address for mail in told] == ["nadia@voorbeeld.example"]
    assert "Het diploma is van na de accreditatie." in await body_of(house, "appeal-defence")
    nadia = await house.client("nadia")
    piece = next(one for one in await pieces(nadia, path) if one["title"] == "Verweerschrift")
    assert (piece["maker"], piece["made_on"]) == ("body", "2024-10-22")
    read = await nadia.get(f"{path}/pieces/{piece['id']}", headers={"Accept": "*/*"})
    assert "Het diploma is van na de accreditatie." in text_of(read.content)
    assert (await nadia.get(path)).json()["state"] == "defence-received"
    assert await flaws(house) == set()


async def test_the_body_sees_the_appeal_against_its_decision_and_judges_nothing_in_it(house: House):
    appeal = await an_appeal(house)
    path = f"/appeals/{appeal['id']}"
    secretary = await house.client("secretaris")

    seen = (await secretary.get(path)).json()
    file = await secretary.get(f"{path}/dossier", headers={"Accept": "application/zip"})
    refused = [
        await secretary.move(path, verb, body)
        for verb, body in (
            ("withdrawal", {}),
            ("adjournment", {}),
            ("votes", {"outcome": "dismissed"}),
            ("hearing", {"held_on": "2024-12-02", "place": "Utrecht"}),
        )
    ]

    assert (seen["state"], seen["open_moves"]) == ("defence-requested", ["defence"])
    assert file.status_code == 200
    assert {answer.status_code for answer in refused} == {403}
    for stranger in (MEMBERS[0], ACCREDITORS[0]):
        assert (await (await house.client(stranger)).get(path)).status_code == 404


async def test_the_body_adds_pieces_until_the_day_of_the_parties_and_keeps_none_back(house: House):
    appeal = await an_appeal(house)
    path = f"/appeals/{appeal['id']}"
    secretary = await house.client("secretaris")

    added = await secretary.upload(f"{path}/pieces", "besluitstukken.pdf")

    assert added.status_code == 201, added.text
    assert added.json()["pieces"][-1]["maker"] == "body"


async def test_awb_7_26_a_ruling_is_the_commissies_own_and_names_who_ruled_and_the_court(house: House):
    appeal = await an_appeal(house)
    path = f"/appeals/{appeal['id']}"

    known = await ruled(house, path, "dismissed")

    nadia = await house.client("nadia")
    decision = (await nadia.get(f"/decisions/{known['decision_id']}")).json()
    paper = text_of((await nadia.get(f"/decisions/{known['decision_id']}/letter", headers={"Accept": "*/*"})).content)
    office = house.means.settings.house.appeals
    assert paper.startswith(office.name)
    assert office.post[0] in paper
    assert house.means.settings.house.name not in paper  # the register is a party; it is not its letter
    assert "namens de Commissie van Beroep, kamer registratie, door:" in paper
    assert paper.count("(lid)") == len(CHAMBER) - 1
    assert "(voorzitter)" in paper
    assert "(griffier)" in paper
    assert "burgerlijke rechter: de rechtbank Midden-Nederland (voorbeeld)" in paper
    assert "Het reglement stelt daarvoor geen termijn" in decision["remedy"]
    assert "bestuursrecht" not in paper
    assert decision["number"] in await body_of(house, "appeal-decided-body")  # the body hears it too


async def test_awb_6_23_a_ruling_of_a_public_register_names_the_administrative_court_and_the_last_day(house: House):
    """No register that ships is public: the same rules with the switch of a public body (the track)."""
    appeal = await an_appeal(house)
    known = await ruled(house, f"/appeals/{appeal['id']}", "dismissed")
    async with house.means.database.reading() as session:
        row = await session.get_one(Decision, UUID(known["decision_id"]))
    own = house.means.rules.named(row.rule_set)
    public = RuleSets((own.model_copy(update={"switches": {**own.switches, PUBLIC: True}}),))

    said = remedy_clause(row, date(2024, 12, 3), house.means.settings, public)

    assert "beroep instellen bij de rechtbank Midden-Nederland, afdeling bestuursrecht (voorbeeld)" in said
    assert "uiterlijk op 3 december 2024" in said
    assert "burgerlijke" not in said
    assert letter_of(row, ("Nadia",), house.means.settings).sender == house.means.settings.house.appeals.name


async def test_awb_7_25_sending_back_tells_the_body_and_the_appellant_the_new_last_day(house: House):
    appeal = await an_appeal(house)
    path = f"/appeals/{appeal['id']}"

    await ruled(house, path, "sent-back")

    objection = (await (await house.client("griffier-bezwaar")).get("/objections")).json()["items"][0]
    due = objection["decision_due_on"]
    assert due == "2024-12-03"  # six weeks after 22 October, a Tuesday
    told = await mails(house, "objection-sent-back")
    assert {mail.address for mail in told} >= {"secretaris@voorbeeld.example"}
    assert "3 december 2024" in told[0].body
    assert "3 december 2024" in await body_of(house, "objection-due")
    file = await pieces(await house.client("nadia"), f"/objections/{objection['id']}")
    assert [one["maker"] for one in file if one["title"].startswith("Uitspraak ")] == ["chamber"]
    assert await flaws(house) == set()


async def test_awb_7_11_nobody_is_worse_off_after_an_appeal_of_their_own(house: House):
    """Upheld on 1 October 2024, appealed by the one who objected, sent back: the body may not dismiss it after all."""
    _refusal, objection = await upheld(house, "nadia")
    house.on(date(2024, 10, 22))
    nadia = await house.client("nadia")
    number = (await nadia.get(f"/decisions/{objection['decision_id']}")).json()["number"]
    appeal = (await nadia.post("/appeals", {"decisions": [number], "grounds": "Het niveau klopt niet."})).json()
    path = f"/appeals/{appeal['id']}"
    await done(await house.client("griffier"), path, "admissibility", {"defence_until": "2024-11-05"})
    await ruled(house, path, "sent-back")
    case = f"/objections/{objection['id']}"
    decider = await house.client("griffier-bezwaar")
    (stands,) = [one for one in (await decider.get(case)).json()["contested"] if one["state"] == "notified"]
    adviser = await house.client("adviseur1")
    await unheard(house, adviser, case)
    await voted(house, case, ADVISERS, "dismissed")
    await done(await house.client("adviseur1"), case, "advice", {"advice": "Ongegrond."})
    less = await decider.move(case, "draft", {"outcome": "dismissed", "reasons": "Toch niet."})

    assert (less.status_code, less.json()["code"]) == (409, "worse-off"), less.text
    assert number in less.json()["detail"]
    assert stands["number"]


def test_what_follows_an_appeal_gives_no_less_and_no_fewer_costs():
    given = {"inadmissible": 0, "dismissed": 0, "dismissed-corrected": 0, "partly-upheld": 1, "upheld": 2}
    for before, had in given.items():
        for after, has in given.items():
            for paid in (False, True):
                for pays in (False, True):
                    try:
                        require_no_worse(Outcome(before), "B1", Outcome(after), paid=paid, pays=pays)
                        refused = False
                    except Refused:
                        refused = True
                    assert refused is (has < had or (paid and not pays))
