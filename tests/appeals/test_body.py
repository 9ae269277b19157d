"""The body decides on an objection, also after advice: members vote, one secretary alone does not (Awb 7:11, 10:3)."""

from dataclasses import replace
from datetime import date

from auth.permissions import Role
from auth.service import grant
from core.law.rulesets import RuleSets
from tests.appeals.disputing import a_refusal
from tests.appeals.test_disputes import ON_SQLITE
from tests.appeals.test_told import body_of
from tests.builders import ACCREDITORS, MEMBERS, House, a_leader, framework
from tests.faults.files import problems
from tests.journeys.disputing import (
    ADVISERS,
    body_seated,
    done,
    object_to,
    refused_leader,
    seated,
    unheard,
    voted,
)
from tests.journeys.test_routes import said_in
from tests.mailed import mails
from tests.pages import signed_in

DISMISSED = {"outcome": "dismissed", "reasons": "Het advies wordt gevolgd."}


async def letter_of(house: House, who: str, decision: str) -> str:
    """What the letter of a decision says, as its addressee opens it."""
    answer = await (await house.client(who)).get(f"/decisions/{decision}/letter")
    assert answer.status_code == 200, answer.text
    return " ".join(said_in(answer.content).split())


async def advised(house: House) -> str:
    """An objection on which an advisory committee advised; its path."""
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await unheard(house, adviser, path)
    await voted(house, path, ADVISERS, "dismissed")
    await done(adviser, path, "advice", {"advice": "Ongegrond."})
    return path


@ON_SQLITE
async def test_awb_10_3_one_secretary_alone_decides_nothing_after_advice(house: House):
    path = await advised(house)
    secretary = await house.client("griffier-bezwaar")

    alone = await secretary.move(path, "decision", DISMISSED)
    sits = await body_seated(house, path)
    await done(secretary, path, "draft", DISMISSED)
    await voted(house, path, tuple(sits[:3]), "dismissed")
    few = await secretary.move(path, "decision", DISMISSED)

    assert (alone.status_code, alone.json()["code"]) == (409, "body-decides")
    assert "Wijs leden aan en laat hen stemmen" in alone.json()["detail"]
    assert (few.status_code, few.json()["code"]) == (409, "body-decides")
    assert "10:3" in few.json()["detail"]

    await voted(house, path, (sits[3],), "dismissed")
    assert (await done(secretary, path, "decision", DISMISSED))["state"] == "decided"


@ON_SQLITE
async def test_awb_7_13_who_advised_does_not_vote_on_the_decision(house: House):
    path = await advised(house)
    await body_seated(house, path)
    adviser = await house.client(ADVISERS[0])

    again = await adviser.move(path, "votes", {"outcome": "dismissed"})
    laid = await adviser.move(path, "draft", DISMISSED)
    joined = await (await house.client("griffier-bezwaar")).move(
        path, "seats", {"member_id": str(house.id_of("secretaris2"))}
    )

    assert (again.status_code, again.json()["code"]) == (403, "adviser-votes-not")
    assert (laid.status_code, laid.json()["code"]) == (403, "not-while-seated")
    assert (joined.status_code, joined.json()["code"]) == (400, "not-a-member")


@ON_SQLITE
async def test_awb_7_13_the_body_waits_for_the_advice(house: House):
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    sits = await body_seated(house, path)
    await unheard(house, adviser, path)

    early = await (await house.client(sits[0])).move(path, "votes", {"outcome": "dismissed"})
    drafted = await (await house.client("griffier-bezwaar")).move(path, "draft", DISMISSED)

    assert [(one.status_code, one.json()["code"]) for one in (early, drafted)] == [(409, "not-advised")] * 2


@ON_SQLITE
async def test_awb_7_11_members_vote_on_points_level_and_costs_and_not_on_an_outcome_only(house: House):
    """What is recorded is what lay before the members; another draft is voted on anew."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser, secretary = await house.client("adviseur1"), await house.client("griffier-bezwaar")
    await done(adviser, path, "admissibility", {"advisory": True})
    await seated(house, adviser, path, ADVISERS)
    await done(adviser, path, "hearing-waiver", {"ground": "fully-met", "waiver_reasons": "Zij krijgt gelijk."})
    await voted(house, path, ADVISERS, "upheld")
    await done(adviser, path, "advice", {"advice": "Op tijd."})
    sits = tuple(await body_seated(house, path))
    other = {"decision_id": refusal["id"], "reasons": "Op tijd behaald.", "issued_on": "2024-08-30"}
    ruling = {"outcome": "upheld", "reasons": "Wij volgen het advies.", "replacements": [other]}

    await voted(house, path, sits, "upheld")
    undrafted = await secretary.move(path, "decision", ruling)
    await done(secretary, path, "draft", ruling)
    unvoted = await secretary.move(path, "decision", ruling)
    await voted(house, path, sits, "upheld")
    earlier = {**ruling, "replacements": [{**other, "issued_on": "2024-08-29"}]}
    otherwise = await secretary.move(path, "decision", earlier)
    in_words = await secretary.move(path, "decision", {**ruling, "reasons": "Wij volgen het advies in alles."})
    decided = await done(secretary, path, "decision", ruling)

    codes = [one.json()["code"] for one in (undrafted, unvoted, otherwise, in_words)]
    assert codes == ["draft-first", "body-decides", "not-as-drafted", "not-as-drafted"]
    assert decided["state"] == "decided"
    assert {f"{one}@voorbeeld.example" for one in sits} == {
        mail.address for mail in await mails(house, "objection-draft")
    }


@ON_SQLITE
async def test_awb_7_5_who_took_the_decision_votes_only_where_there_are_too_few_others(house: House):
    """Of six members five sat on the refusal; quorum is four."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2024, 10, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser, secretary = await house.client("adviseur1"), await house.client("griffier-bezwaar")
    await done(adviser, path, "admissibility", {})
    assert (await (await house.client(MEMBERS[0])).get(path)).status_code == 404
    sits = await body_seated(house, path)
    await unheard(house, adviser, path)
    assert (await (await house.client(sits[1])).get(path)).status_code == 200
    await done(secretary, path, "draft", DISMISSED)
    await voted(house, path, tuple(sits), "dismissed")
    await done(secretary, path, "decision", DISMISSED)
    known = await done(secretary, path, "notification")

    told = await letter_of(house, "nadia", known["decision_id"])
    assert "De Commissie Registratie nam dit besluit" in told
    assert "Lies Lid, voorzitter" in told
    assert "Ook betrokken bij het besluit waartegen u bezwaar maakte: Lies Lid, Lies Lid, Lies Lid." in told
    assert await problems(house) == []


@ON_SQLITE
async def test_awb_7_5_enough_others_leave_who_took_part_no_seat(house: House):
    path = await advised(house)
    (barred,) = {house.id_of("secretaris")}
    await house.system(lambda work: grant(work, barred, Role.COMMITTEE_MEMBER, work.today))

    refused = await (await house.client("griffier-bezwaar")).move(path, "seats", {"member_id": str(barred)})

    assert (refused.status_code, refused.json()["code"]) == (403, "conflict-of-interest")


@ON_SQLITE
async def test_awb_6_4_members_of_the_accreditation_committee_decide_on_what_providers_contest(house: House):
    refusal = await a_refusal(house, "aanbieder", date(2025, 2, 13), organisation=True, kind="course-accreditation")
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('aanbieder'), refusal.number))['id']}"
    adviser, secretary = await house.client("adviseur1"), await house.client("griffier-bezwaar")
    checked = await done(adviser, path, "admissibility", {})
    assert checked["body"] == "accreditation"

    other = await secretary.move(path, "seats", {"member_id": str(house.id_of(MEMBERS[0])), "chair": True})
    sits = await body_seated(house, path, ACCREDITORS)
    await unheard(house, adviser, path, who="aanbieder")
    member = await signed_in(house, sits[0])
    await member.open("/bezwaren")
    assert checked["number"] in member.text
    await done(secretary, path, "draft", DISMISSED)
    await member.open(path.replace("/objections", "/bezwaren"))
    await member.send("/votes", outcome="dismissed")
    await voted(house, path, tuple(sits[1:]), "dismissed")
    await done(secretary, path, "decision", DISMISSED)
    known = await done(secretary, path, "notification")

    assert (other.status_code, other.json()["errors"][0]["code"]) == (400, "not-a-member")
    told = await letter_of(house, "aanbieder", known["decision_id"])
    assert "De Commissie Accreditatie nam dit besluit" in told
    assert "Ans Accreditatie, voorzitter" in told
    assert (await member.open("/bezwaren")).status_code == 200


@ON_SQLITE
async def test_a_member_who_voted_sees_what_was_voted_once_it_is_decided_and_the_party_never(house: House):
    path = await advised(house)
    sits = await body_seated(house, path)
    await done(await house.client("griffier-bezwaar"), path, "draft", DISMISSED)
    await voted(house, path, tuple(sits), "dismissed")
    before = (await (await house.client(sits[0])).get(path)).json()["seats"]
    await done(await house.client("griffier-bezwaar"), path, "decision", DISMISSED)

    after = (await (await house.client(sits[0])).get(path)).json()["seats"]
    party = (await (await house.client("nadia")).get(path)).json()["seats"]

    own = str(house.id_of(sits[0]))
    assert {one["member_id"]: one["vote"] for one in before if one["vote"]} == {own: "dismissed"}
    assert [one["vote"] for one in after if not one["advises"]] == ["dismissed"] * 4
    assert not any(one["vote"] for one in party)


def leave_to_chair(house: House, *what: str) -> None:
    """The regulation of every register leaves this to the chair alone."""
    sets = [
        rules.model_copy(update={"committee": rules.committee.model_copy(update={"chair_alone": what})})
        for rules in house.means.rules
    ]
    house.world.means = replace(house.means, rules=RuleSets(tuple(sets)))
    framework().state["means"] = house.means


async def evidently_late(house: House) -> str:
    """An objection of ten months later, checked and not heard; the chair of the body has a seat."""
    await a_leader(house.world, "nadia")
    refusal = await refused_leader(house, "nadia")
    house.on(date(2025, 7, 1))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal['number']))['id']}"
    adviser = await house.client("adviseur1")
    await done(adviser, path, "admissibility", {"excused": "no", "excuse_reasons": "Geen reden."})
    await done(
        adviser,
        path,
        "hearing-waiver",
        {"ground": "evidently-inadmissible", "waiver_reasons": "Het kwam zes weken te laat binnen, zonder uitleg."},
    )
    await body_seated(house, path, most=1)
    return path


@ON_SQLITE
async def test_awb_10_10_a_chair_who_decides_alone_does_so_in_the_name_of_the_committee(house: House):
    leave_to_chair(house, "inadmissible", "adjournment")
    path = await evidently_late(house)
    secretary = await house.client("griffier-bezwaar")
    ruling = {"outcome": "inadmissible", "ground": "late", "reasons": "Te laat."}

    unvoted = await secretary.move(path, "decision", ruling)
    await voted(house, path, (MEMBERS[5],), "inadmissible")
    await done(secretary, path, "decision", ruling)
    known = await done(secretary, path, "notification")

    assert unvoted.json()["code"] == "body-decides"
    told = await letter_of(house, "nadia", known["decision_id"])
    assert "Lies Lid, voorzitter nam dit besluit alleen, namens de Commissie Registratie." in told
    assert await problems(house) == []


@ON_SQLITE
async def test_awb_10_3_without_a_mandate_the_chair_alone_decides_nothing(house: House):
    path = await evidently_late(house)
    await voted(house, path, (MEMBERS[5],), "inadmissible")
    ruling = {"outcome": "inadmissible", "ground": "late", "reasons": "Te laat."}

    refused = await (await house.client("griffier-bezwaar")).move(path, "decision", ruling)

    assert (refused.status_code, refused.json()["code"]) == (409, "body-decides")


@ON_SQLITE
async def test_awb_10_10_a_chair_who_adjourns_does_so_in_the_name_of_the_committee(house: House):
    leave_to_chair(house, "adjournment")
    await a_leader(house.world, "nadia")
    refusal = await a_refusal(house, "nadia", date(2025, 2, 13))
    house.on(date(2025, 3, 3))
    path = f"/objections/{(await object_to(await house.client('nadia'), refusal.number))['id']}"
    await done(await house.client("adviseur1"), path, "admissibility", {})
    sits = await body_seated(house, path)

    secretary = await (await house.client("griffier-bezwaar")).move(path, "adjournment", {})
    member = await (await house.client(sits[1])).move(path, "adjournment", {})
    chair = await signed_in(house, sits[0])
    await chair.open(path.replace("/objections", "/bezwaren"))
    await chair.send("/adjournment")

    assert [one.json()["code"] for one in (secretary, member)] == ["chair-adjourns"] * 2
    told = await body_of(house, "objection-due")
    assert "Dit besliste Lies Lid, voorzitter, namens de Commissie Registratie." in told


@ON_SQLITE
async def test_a_member_adjourns_nothing_where_the_rules_leave_it_to_nobody_alone(house: House):
    path = await advised(house)
    sits = await body_seated(house, path)

    refused = await (await house.client(sits[0])).move(path, "adjournment", {})

    assert (refused.status_code, refused.json()["code"]) == (403, "not-for-this-role")
