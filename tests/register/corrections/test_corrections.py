"""Correction of a decision by a new one: heard where it takes away, signed by another, carried through."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from appeals.ports import Proposal
from core.decisions import Decision, take
from core.errors import Invalid, Refused
from core.panel.votes import Vote
from core.store.work import Work
from register.applications import service as registration
from register.committee.corrections import service, weighing
from register.committee.corrections.policy import (
    Gives,
    require_correctable,
    require_final,
    require_ground,
    require_keeps_entry,
    takes_away,
)
from register.committee.corrections.schemas import NewCorrection, NewCorrectionProposal
from register.committee.doubts.policy import Unheard
from register.committee.doubts.schemas import NewDoubt
from register.committee.doubts.service import raise_doubt
from register.committee.reconsideration.outcomes import reconsider
from register.committee.ruling import NewRuling
from register.entries.policy import Register
from register.notification import service as decisions
from register.office.imports.command import import_register
from register.rules.assessment.facts import Role as Post
from tests.builders import MEMBERS, PLACES, Client, House, a_leader
from tests.deciding import handed_in, sat, taken
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.pages import signed_in
from tests.register.measures.test_overtaken import renewal
from tests.register.takeover.files import a_file, a_line

FINAL = date(2024, 11, 4)
WRONG = {"ground": "facts-wrong", "reasons": "Het diploma telt 15 studiepunten.", "found": {"ects": 15}}
GRANTED = Gives("granted", "niveau-2", date(2029, 9, 12))


@pytest.mark.parametrize(
    ("after", "less"),
    [
        (Gives("granted", "niveau-2", date(2029, 9, 12)), False),
        (Gives("granted", "master", date(2030, 9, 12)), False),
        (Gives("granted", "niveau-1", date(2030, 9, 12)), True),  # later and lower: lower is less
        (Gives("granted", "niveau-2", date(2029, 9, 11)), True),
        (Gives("granted-shorter", "niveau-2", date(2029, 9, 12)), True),
        (Gives("refused", None, None), True),
    ],
)
def test_whoever_loses_anything_is_heard_first(after: Gives, less: bool):
    assert takes_away(GRANTED, after) is less


def test_fewer_points_are_less():
    assert takes_away(Gives("granted", None, None, 40), Gives("partly-granted", None, None, 30))
    assert not takes_away(Gives("granted", None, None, 40), Gives("granted", None, None, 40.5))


def test_a_correction_never_ends_an_entry_and_takes_nothing_away_backwards():
    today = date(2026, 1, 1)
    for after in (Gives("refused", None, None), Gives("granted", "in-opleiding", date(2028, 1, 1))):
        with pytest.raises(Refused, match="strike-off-instead"):
            require_keeps_entry(GRANTED, after, today)
    with pytest.raises(Refused, match="due-date-passed"):
        require_keeps_entry(GRANTED, Gives("granted", "niveau-2", date(2025, 12, 31)), today)
    require_keeps_entry(Gives("refused", None, None), GRANTED, today)
    require_keeps_entry(GRANTED, Gives("granted", "niveau-1", today), today)


def test_who_can_still_object_does_that():
    """24 October 2024 is the last day after 12 September."""
    with pytest.raises(Refused, match="object-instead"):
        require_final(date(2024, 10, 24), date(2024, 10, 24))
    require_final(date(2024, 10, 24), date(2024, 10, 25))


@pytest.mark.parametrize(
    ("kind", "stands", "rests", "disputed", "code"),
    [
        ("lapse", True, True, False, "not-correctable"),
        ("registration", True, True, True, "dispute-runs"),
        ("registration", False, True, False, "replaced-already"),
        ("registration", True, False, False, "later-decision-stands"),
    ],
)
def test_what_is_corrected_otherwise_is_refused(kind, stands, rests, disputed, code):
    with pytest.raises(Refused, match=code):
        require_correctable(kind, stands=stands, rests=rests, disputed=disputed)


def test_a_ground_goes_with_what_is_proposed():
    with pytest.raises(Invalid, match="unknown-ground"):
        require_ground("no-new-facts", refuses=False, asked=True)
    with pytest.raises(Invalid, match="unknown-ground"):
        require_ground("facts-wrong", refuses=True, asked=True)
    with pytest.raises(Refused, match="nothing-asked"):
        require_ground("no-new-facts", refuses=True, asked=False)


async def registered(house: House, who: str) -> Client:
    """A leader whose entry runs from 12 September 2024 to 12 September 2029, at niveau 2."""
    await a_leader(house.world, who)
    decision = await taken(house, who)
    await house.world.by("secretaris", lambda work: decisions.notify(work, decision, None))
    return await house.client(who)


async def opened(by: Client, decision: dict[str, Any], statement: str = "Het diploma telt 15 studiepunten.") -> str:
    answer = await by.post("/corrections", {"decision": decision["number"], "statement": statement})
    assert answer.status_code == 201, answer.text
    return f"/corrections/{answer.json()['id']}"


async def the_decision(leader: Client) -> dict[str, Any]:
    """The latest decision about somebody."""
    return dict((await leader.get("/decisions")).json()["items"][-1])


async def entry_of(leader: Client) -> tuple[str, str, str]:
    (one,) = (await leader.get("/registrations")).json()
    return one["status"], one["level"], one["due_on"]


async def test_a_wrong_diploma_is_corrected_to_the_detriment_only_after_a_hearing_and_by_two(house: House):
    leader = await registered(house, "te-hoog")
    first = await the_decision(leader)
    house.on(FINAL)
    leader, secretary = await house.client("te-hoog"), await house.client("secretaris")
    path = await opened(secretary, first)
    twice = await secretary.post("/corrections", {"decision": first["number"], "statement": "Nog eens."})
    hidden = await leader.get(path)

    intended = await secretary.move(path, "proposal", WRONG)
    unheard = await secretary.move(path, "hearing-end")
    early = await secretary.move(path, "proposal", WRONG)
    heard = await leader.move(path, "views", {"view": "Het waren er echt dertig."})
    proposed = (await secretary.move(path, "proposal", WRONG)).json()
    member = await house.client(MEMBERS[0])
    by_secretary = await secretary.move(path, "signature", {"digest": proposed["digest"]})
    other = await member.move(path, "signature", {"digest": "0" * 64})
    signed = await member.move(path, "signature", {"digest": proposed["digest"]})
    before = await entry_of(leader)
    known = await make_known(secretary, signed.json()["id"])

    assert (twice.status_code, twice.json()["code"]) == (409, "correction-runs-already")
    assert hidden.status_code == 404  # nothing was told yet
    assert (intended.status_code, intended.json()["state"]) == (201, "intended")
    assert intended.json()["hearing_until"] == "2024-11-18"
    assert intended.json()["gives"]["level"] == "niveau-1"
    assert (unheard.status_code, unheard.json()["code"]) == (409, "hearing-term-runs")
    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")
    assert heard.json()["state"] == "heard"
    assert proposed["state"] == "proposed"
    assert by_secretary.status_code == 403
    assert (other.status_code, other.json()["code"]) == (409, "another-text")
    assert before == ("registered", "niveau-2", "2029-09-12")
    assert (known["outcome"], known["level"], known["due_on"]) == ("granted", "niveau-1", "2029-09-12")
    assert known["grounds"] == ["facts-wrong"]
    assert known["last_day_to_object"] == "2024-12-16"  # six weeks from 5 November
    assert known["remedy"]
    assert await entry_of(leader) == ("registered", "niveau-1", "2029-09-12")
    assert (await leader.get(f"/decisions/{first['id']}")).json()["state"] == "replaced"
    assert (await secretary.get(path)).json()["state"] == "notified"
    history = (await leader.get("/registrations")).json()
    assert len(history) == 1
    assert await problems(house) == []


async def test_who_asks_gets_a_decision_also_when_nothing_is_new(house: House):
    leader = await registered(house, "vraagt")
    first = await the_decision(leader)
    wish = {"decision": first["number"], "statement": "Ik heb ook een master."}
    too_early = await leader.post("/corrections", wish)
    house.on(FINAL)
    leader, secretary = await house.client("vraagt"), await house.client("secretaris")
    stranger = await (await house.client("beoordelaar")).post("/corrections", wish)
    path = await opened(leader, first)
    dropped = await secretary.move(path, "drop")
    refusal = {"refuses": True, "ground": "no-new-facts", "reasons": "De master stond al in het dossier."}
    unrepaired = await secretary.move(path, "proposal", refusal)
    proposed = (await secretary.move(path, "proposal", {**refusal, "repair": "Stuur het diploma."})).json()
    member = await house.client(MEMBERS[0])
    signed = await member.move(path, "signature", {"digest": proposed["digest"]})
    known = await make_known(secretary, signed.json()["id"])

    assert (too_early.status_code, too_early.json()["code"]) == (409, "object-instead")
    assert stranger.status_code == 404
    assert (dropped.status_code, dropped.json()["code"]) == (409, "asked-for")
    assert (unrepaired.status_code, unrepaired.json()["errors"][0]["code"]) == (400, "repair-missing")
    assert (known["kind"], known["outcome"], known["grounds"]) == ("correction", "refused", ["no-new-facts"])
    assert known["remedy"]
    assert await entry_of(leader) == ("registered", "niveau-2", "2029-09-12")
    assert (await leader.get(path)).json()["state"] == "notified"
    again = await opened(leader, first)
    assert (await leader.move(again, "drop")).json()["state"] == "dropped"
    assert await problems(house) == []


async def test_nobody_signs_what_would_end_an_entry_or_change_nothing(house: House):
    leader = await registered(house, "grens")
    first = await the_decision(leader)
    house.on(FINAL)
    secretary = await house.client("secretaris")
    path = await opened(secretary, first)

    ends = await secretary.move(path, "proposal", {**WRONG, "found": {"ects": 14}})
    same = await secretary.move(path, "proposal", {**WRONG, "found": {}})
    unknown = await secretary.move(path, "proposal", {**WRONG, "ground": "points-short"})

    assert (ends.status_code, ends.json()["code"]) == (409, "strike-off-instead")
    assert (same.status_code, same.json()["code"]) == (409, "nothing-changes")
    assert (unknown.status_code, unknown.json()["errors"][0]["code"]) == (400, "unknown-ground")
    assert (await secretary.move(path, "drop")).json()["state"] == "dropped"


async def test_a_correction_goes_through_pages(house: House):
    leader = await registered(house, "pagina")
    first = await the_decision(leader)
    house.on(FINAL)
    mine = await signed_in(house, "pagina")
    await mine.open(f"/mijn/besluiten/{first['id']}")
    assert f"/correcties?besluit={first['number']}" in mine.page.text
    await mine.open(f"/correcties?besluit={first['number']}")
    await mine.send("/correcties", statement="")
    assert mine.page.status_code == 400
    await mine.send("/correcties", statement="Er staan dertig studiepunten, het zijn er vijftien.")
    assert "Uw verzoek is ontvangen" in mine.text, mine.text
    here = mine.path
    secretary = await signed_in(house, "secretaris")
    await secretary.open("/correcties")
    assert "op verzoek" in secretary.text
    await secretary.open(here)
    await secretary.send("/voorstel", ground="facts-wrong", reasons="")
    assert secretary.page.status_code == 400
    await secretary.send("/voorstel", ground="facts-wrong", reasons="Vijftien studiepunten.", ects="15,0")
    assert "Voornemen verstuurd" in secretary.text, secretary.text
    await mine.open(here)
    assert "niveau 1" in mine.text.lower()
    await mine.send("/zienswijze", view="Dat is goed.")
    await secretary.open(here)
    await secretary.send("/voorstel", ground="facts-wrong", reasons="Vijftien studiepunten.", ects="15")
    assert "Wacht op een tweede handtekening" in secretary.text, secretary.text
    member = await signed_in(house, MEMBERS[0])
    await member.open(here)
    await member.send("/ondertekenen")
    assert member.path == "/correcties", member.text
    await secretary.open("/secretariaat")
    await secretary.send("/bekendmaken")
    await mine.open(here)
    assert "Lees het nieuwe besluit" in mine.text
    assert await entry_of(await house.client("pagina")) == ("registered", "niveau-1", "2029-09-12")


async def test_a_renewal_is_looked_at_on_the_period_that_it_closed(house: House):
    """Taken over with 120 points, renewed in November 2024 for six years: on the same facts nothing would change."""
    vo = {"register": Register.LEADERS_VO, "post": Post.DIRECTOR, "place": PLACES[7], "relation": "plain"}
    await house.world.professional("oud", given="Leo", prefix="", family="Leider", appointed_on=date(2019, 8, 1), **vo)
    known = {"register_number": house.number_of("oud"), "email": "oud@voorbeeld.example"}
    line = a_line(1, registered_on="2020-12-01", due_on="2024-12-01", **known)
    assert (await import_register(house.means, "oud", a_file(line))).new == 1
    house.on(FINAL)
    renewed = await sat(house, await renewal(house, "oud"), NewRuling(reasons="120 punten."))
    await house.world.by("secretaris", lambda work: decisions.notify(work, renewed, None))

    async def look_again(work: Work) -> None:
        number = (await work.session.get_one(Decision, renewed)).number
        row = await service.open_correction(work, NewCorrection(decision=number, statement="Klopt dit?"))
        await work.flush()
        await weighing.propose(work, row.id, NewCorrectionProposal(ground="facts-wrong", reasons="Niets."))

    with pytest.raises(Refused, match="nothing-changes"):
        await house.world.by("secretaris", look_again)


async def test_a_refusal_by_mistake_is_corrected_without_a_hearing_and_works_back(house: House):
    """Refused on 12 September 2024 on a scan of another file: registered from that day on, for five years."""
    await a_leader(house.world, "ander")
    ground = {"grounds": ["evidence-not-of-applicant"], "repair": "Stuur uw eigen diploma."}
    application = await handed_in(house, "ander")
    doubt = NewDoubt(
        grounds=ground["grounds"], differs="Een andere naam.", unheard=Unheard.HEARD_BEFORE, unheard_reasons="Gebeld."
    )
    await house.world.by("secretaris", lambda work: registration.admit(work, application))
    await house.world.by("secretaris", lambda work: raise_doubt(work, application, doubt))
    refused = await sat(house, application, NewRuling(reasons="Een ander dossier.", **ground), Vote.AGAINST)
    await house.world.by("secretaris", lambda work: decisions.notify(work, refused, None))
    house.on(FINAL)
    leader, secretary = await house.client("ander"), await house.client("secretaris")
    before = (await leader.get("/registrations")).json()[0]["status"]

    path = await opened(leader, await the_decision(leader), "Het was mijn diploma.")
    mistake = {"ground": "clerical-error", "reasons": "Het diploma was van de aanvrager."}
    proposed = (await secretary.move(path, "proposal", mistake)).json()
    signed = await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})
    known = await make_known(secretary, signed.json()["id"])

    assert before == "enrolled"
    assert (proposed["state"], proposed["hearing_until"]) == ("proposed", None)
    assert (known["outcome"], known["grounds"], known["due_on"]) == ("granted", ["clerical-error"], "2029-09-12")
    assert await entry_of(leader) == ("registered", "niveau-2", "2029-09-12")
    then = await house.http.get(f"/v1/register-entries/{house.number_of('ander')}/standing?on=2024-10-01")
    assert [each["status"] for each in then.json()] == ["registered"]
    assert await problems(house) == []


async def test_a_correction_that_is_overtaken_before_it_is_made_known_goes_no_further(house: House):
    """Signed for niveau 1; then an objection that was let in late replaces the decision otherwise (Awb 3:40)."""
    leader = await registered(house, "ingehaald")
    first = await the_decision(leader)
    house.on(FINAL)
    leader, secretary = await house.client("ingehaald"), await house.client("secretaris")
    path = await opened(secretary, first)
    await secretary.move(path, "proposal", WRONG)
    await leader.move(path, "views", {"view": "Het waren er dertig."})
    proposed = (await secretary.move(path, "proposal", WRONG)).json()
    signed = await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})
    waits = signed.json()["id"]

    async def otherwise(work: Work) -> Decision:
        before = await work.session.get_one(Decision, UUID(first["id"]))
        return await take(work, await reconsider(work, before, Proposal(decision_id=before.id, reasons="Dertig.")))

    instead = await house.world.by("secretaris", otherwise)
    await make_known(secretary, str(instead.id))

    assert (await secretary.get(path)).json()["state"] == "dropped"
    assert (await secretary.get(f"/decisions/{waits}")).json()["state"] == "withdrawn"
    assert await entry_of(leader) == ("registered", "niveau-2", "2029-09-12")
    assert await problems(house) == []
