"""A colleague's word: asked, read, endorsed, frozen, taken back; and drafts that are changed and deleted."""

from uuid import UUID

from core.store.audit import verify_chains, verify_rows
from register.checks.signatures import seals
from register.portfolio.endorsing.models import Endorsement
from tests.builders import PROGRAMME, a_leader
from tests.pages import signed_in
from tests.register.sharing.steps import a_leader_with_a_portfolio
from tests.register.test_verify import tamper

REVIEW = {"register_code": "schoolleiders-po", "kind": "peer-review", "title": "Visitatie", "done_on": "2024-05-01"}
SAID = {"statement": "Ik was erbij, twee dagen."}


async def a_request(house):
    """A draft of hers, and a colleague who was asked about it."""
    await a_leader_with_a_portfolio(house)
    await a_leader(house.world, "peer", given="Piet", family="Collega")
    nadia, peer = await house.client("nadia"), await house.client("peer")
    entry = f"/portfolio-entries/{(await nadia.post('/portfolio-entries', REVIEW)).json()['id']}"
    named = {"register_number": house.number_of("peer"), "family_name": "Collega"}
    asked = await nadia.post(f"{entry}/endorsements", named)
    assert asked.status_code == 201, asked.text
    return nadia, peer, entry, asked.json()["id"]


async def test_an_endorsement_is_evidence_that_holds_the_draft_still_until_it_is_given_up(house):
    nadia, peer, entry, request = await a_request(house)

    (item,) = (await peer.get("/endorsement-requests")).json()["items"]
    endorsed = await peer.move(f"/endorsement-requests/{item['id']}", "endorsement", SAID)
    assert (endorsed.status_code, endorsed.json()["state"]) == (201, "endorsed"), endorsed.text
    version = (await nadia.get(entry)).headers["etag"]
    changed = await nadia.patch(entry, {"title": "Iets anders"}, version)
    assert (changed.status_code, changed.json()["code"]) == (409, "entry-endorsed")
    gone = await nadia.http.delete(f"/v1{entry}", headers={**nadia.headers, "If-Match": version})
    assert gone.json()["code"] == "entry-has-history"
    assert (await nadia.move(f"/endorsements/{request}", "ending")).json()["state"] == "ended"
    version = (await nadia.get(entry)).headers["etag"]
    assert (await nadia.patch(entry, {"title": "Iets anders"}, version)).status_code == 200
    (kept,) = (await nadia.get(f"{entry}/endorsements")).json()
    assert kept["statement"] == SAID["statement"]


async def test_an_activity_is_handed_in_on_a_colleagues_word_and_keeps_it_when_it_is_taken_back(house):
    nadia, peer, entry, request = await a_request(house)
    path = f"/endorsement-requests/{request}"
    assert (await nadia.move(entry, "submission")).json()["errors"][0]["code"] == "evidence-missing"
    assert (await peer.move(path, "endorsement", SAID)).status_code == 201

    assert (await nadia.move(entry, "submission")).status_code == 201
    revoked = await peer.move(path, "revocation")

    assert (revoked.status_code, revoked.json()["state"]) == (201, "revoked")
    assert (await nadia.get(entry)).json()["endorsed"]
    assessor = await house.client("beoordelaar")
    (word,) = (await assessor.get(f"{entry}/endorsements")).json()
    assert (word["colleague"], word["state"], word["statement"]) == ("Piet Collega", "revoked", SAID["statement"])
    page = await signed_in(house, "beoordelaar")
    await page.open(f"/waarderen/{entry.rpartition('/')[2]}")
    assert SAID["statement"] in page.text
    assert (await peer.get(f"{entry}/endorsements")).status_code == 404
    looks = (await nadia.get("/portfolio-looks")).json()["items"]
    assert {(look["what"], look["capacity"], look["name"]) for look in looks} == {
        ("endorsement", "colleague", "Piet Collega"),
        ("portfolio", "assessor", None),
    }
    async with house.means.database.writing() as session:
        assert [str(found) async for found in verify_chains(session)] == []
        assert [str(found) async for found in verify_rows(session)] == []
        assert [str(found) async for found in seals(session)] == []
    await tamper(house, Endorsement, UUID(request), statement="Ik was er niet bij.")
    async with house.means.database.reading() as session:
        assert [found.code async for found in seals(session)] == ["endorsement-differs"]


async def test_what_changed_since_it_was_read_is_not_endorsed(house):
    nadia, peer, entry, request = await a_request(house)
    path = f"/endorsement-requests/{request}"
    read = (await peer.get(path)).headers["etag"]
    await nadia.patch(entry, {"points": 90}, (await nadia.get(entry)).headers["etag"])

    late = await peer.post(f"{path}/endorsement", SAID, headers={"If-Match": read})

    assert late.status_code == 412
    assert (await peer.move(path, "decline")).json()["state"] == "declined"
    again = await peer.move(path, "endorsement", SAID)
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


async def test_a_request_is_for_the_colleague_alone_and_never_for_oneself(house):
    nadia, peer, entry, request = await a_request(house)
    stranger = await house.client("lid1.commissie")

    assert (await stranger.get(f"/endorsement-requests/{request}")).status_code == 404
    assert (await peer.get(f"/endorsements/{request}")).status_code == 404
    me = {"register_number": house.number_of("nadia"), "family_name": "Haddad"}
    assert (await nadia.post(f"{entry}/endorsements", me)).json()["code"] == "own-endorsement"
    nobody = {"register_number": house.number_of("peer"), "family_name": "Anders"}
    assert (await nadia.post(f"{entry}/endorsements", nobody)).json()["errors"][0]["code"] == "no-such-person"


async def test_accredited_offer_fills_an_entry_in_on_a_day_on_which_it_was_accredited(house):
    await a_leader_with_a_portfolio(house)
    nadia = await house.client("nadia")
    offered = {"register_code": "schoolleiders-po", "offer_code": PROGRAMME}

    last = await nadia.post("/portfolio-entries", {**offered, "done_on": "2024-08-31"})
    late = await nadia.post("/portfolio-entries", {**offered, "done_on": "2024-09-01"})

    entry = last.json()
    assert (entry["kind"], entry["title"], entry["provider"]) == ("programme", "Schoolleider vakbekwaam", "Academie")
    assert late.json()["errors"] == [{"field": "done_on", "code": "outside-accreditation-period"}] or (
        late.json()["errors"][0]["code"] == "outside-accreditation-period"
    )


async def test_a_draft_is_changed_and_deleted_on_its_pages_and_a_colleague_answers_there(house):
    nadia_api, _peer, entry, request = await a_request(house)
    nadia, peer = await signed_in(house, "nadia"), await signed_in(house, "peer")
    here = f"/mijn/portfolio/{entry.rpartition('/')[2]}"

    await nadia.open(f"{here}/wijzigen")
    await nadia.send("/wijzigen", points="25", themes="Visie\nTeam", provider="Eigen kring")
    assert "De activiteit is gewijzigd" in nadia.text
    assert (await nadia_api.get(entry)).json()["themes"] == ["Visie", "Team"]
    await peer.open("/collegas")
    await peer.open(f"/collegas/{request}")
    refused = await peer.send("/bevestigen", statement="")
    assert refused.status_code == 400
    await peer.send("/bevestigen", statement="Ik was erbij.")
    assert "U hebt de activiteit bevestigd" in peer.text
    await nadia.open(f"{here}/collega")
    assert "Ik was erbij." in nadia.text
    await nadia.open(here)
    assert "Dat geldt als bewijs" in nadia.text
    assert "/bewijs" not in nadia.page.text  # what a colleague confirmed takes no other proof
    await nadia.send("/indienen")
    assert "Een beoordelaar kijkt hoeveel punten" in nadia.text
    await nadia.open("/mijn/portfolio/aanbod")
    await nadia.send("/aanbod", offer_code=PROGRAMME, done_on="1-6-2024")
    assert nadia.path.endswith("/wijzigen"), nadia.text
    await nadia.open(nadia.path.removesuffix("/wijzigen"))
    await nadia.send("/verwijderen")
    assert "Het concept is verwijderd" in nadia.text
