"""Signed extracts: what they say of a day, who gets which, and what a check tells of one that was handed over."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from jose import jwk, jws
from pypdfium2 import PdfDocument
from sqlmodel import select

from auth import persons
from auth import queries as people
from auth.keys import new_keys, rotate_document_key
from auth.models import Person
from auth.schemas import NewName
from auth.signing import Signatures
from core.store.work import Work
from register.entries.entry import move, show
from register.entries.models import Registration
from register.entries.policy import Event
from register.service.context import open_sign_in
from register.service.sweep import sweep
from tests.builders import House, a_leader, a_teacher, framework
from tests.pages import browser, signed_in


async def entry_of(work: Work, person_id: UUID) -> Registration:
    return (await work.session.exec(select(Registration).where(Registration.person_id == person_id))).one()


async def moved(house: House, who: str, event: Event, **changes) -> None:
    async def deed(work: Work) -> None:
        await move(work, await entry_of(work, house.id_of(who)), event, **changes)

    await house.system(deed)


async def hidden(house: House, who: str) -> None:
    async def deed(work: Work) -> None:
        person = await work.session.get_one(Person, house.id_of(who))
        person.hidden = True
        work.log("person:hide", person)
        await show(work, await entry_of(work, person.id))

    await house.system(deed)


@pytest.fixture
async def nadia(house: House) -> str:
    """Enrolled on 1 September 2024, registered on 12 September 2024 until 2029; her register number."""
    house.on(date(2024, 9, 1))
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    house.on(date(2024, 9, 10))
    await moved(house, "nadia", Event.APPLY)
    house.on(date(2024, 9, 12))
    days = {"registered_on": date(2024, 9, 12), "period_began_on": date(2024, 9, 12), "due_on": date(2029, 9, 12)}
    await moved(house, "nadia", Event.GRANT, title="RDO", level="niveau-2", **days)
    return house.number_of("nadia")


async def an_extract(house: House, number: str, **asked: str) -> dict:
    answer = await house.http.get(f"/v1/register-entries/{number}/extract", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def checked(house: House, **asked: str) -> dict:
    answer = await house.http.post("/v1/extract-checks", json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refusal(house: House, **asked: str) -> tuple[int, str]:
    answer = await house.http.post("/v1/extract-checks", json=asked)
    return answer.status_code, answer.json()["code"]


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def test_an_extract_says_what_is_public_and_anybody_can_check_it_with_the_published_key(house, nadia):
    extract = await an_extract(house, nadia)

    keys = (await house.http.get("/.well-known/jwks.json")).json()["keys"]
    (key,) = keys
    claims = json.loads(jws.verify(extract["signed"], jwk.construct(key, "ES256"), algorithms=["ES256"]))
    assert set(key) == {"kty", "crv", "x", "y", "use", "alg", "kid"}
    assert jws.get_unverified_header(extract["signed"]) == {"alg": "ES256", "kid": key["kid"], "typ": "extract+jwt"}
    assert claims["extract"] == {
        name: value for name, value in extract.items() if name not in {"made_at", "made_on", "code", "signed"}
    }
    (entry,) = extract["entries"]
    assert entry == (await house.http.get(f"/v1/register-entries/{nadia}")).json()[0]
    assert extract["own"] == []


async def test_an_extract_of_a_day_says_how_it_was_then(house, nadia):
    before = await an_extract(house, nadia, on="2024-08-31")
    asked = await an_extract(house, nadia, on="2024-09-11")
    to_come = await house.http.get(f"/v1/register-entries/{nadia}/extract?on=2024-09-13")

    assert before["entries"] == []
    assert asked["entries"] == []  # an application was open: public only from the registration on
    assert (to_come.status_code, to_come.json()["code"]) == (400, "day-to-come")


async def test_the_check_says_what_changed_since_and_what_was_corrected(house, nadia):
    """Conditional from 13 September 2029; on 1 December renewed, from the old due date on."""
    house.on(date(2029, 9, 12))
    on_the_day = await an_extract(house, nadia)
    assert (await checked(house, signed=on_the_day["signed"]))["current"]
    house.on(date(2029, 9, 20))
    await sweep(house.means, date(2029, 9, 20))
    conditional = await an_extract(house, nadia)
    since = await checked(house, signed=on_the_day["signed"])
    house.on(date(2029, 12, 1))
    await moved(house, "nadia", Event.RENEW, holds_from=date(2029, 9, 12), due_on=date(2034, 9, 12))

    for asked in ({"signed": conditional["signed"]}, {"code": conditional["code"]}):
        found = await checked(house, **asked)
        otherwise = [
            {"register_code": "schoolleiders-po", "fact": "status", "said": "conditional", "now": "registered"},
            {"register_code": "schoolleiders-po", "fact": "valid_until", "said": "2029-09-12", "now": "2034-09-12"},
        ]
        assert (found["correct"], found["current"], found["shown"]) == (False, False, True)
        assert (found["corrected"], found["changed"]) == (otherwise, otherwise)
        assert [each["status"] for each in found["extract"]["entries"]] == ["conditional"]
    assert (since["correct"], since["current"], since["corrected"]) == (True, False, [])
    assert [(each["fact"], each["now"]) for each in since["changed"]] == [("status", "conditional")]


async def test_an_extract_keeps_the_name_that_it_had_when_it_was_made(house, nadia):
    nobody, number = await house.client(), house.number_of("nadia")
    before = (await nobody.get(f"/register-entries/{number}/extract")).json()

    async def marry(work: Work) -> None:
        person = await people.person(work.session, house.id_of("nadia"))
        await persons.rename(work, person, NewName(given_name="Nadia", family_name="Vries-Haddad"))

    house.world.clock.at += timedelta(hours=1)  # on the same day
    await house.system(marry)
    checked = (await nobody.post("/extract-checks", {"code": before["code"]})).json()
    after = (await nobody.get(f"/register-entries/{number}/extract")).json()

    assert checked["extract"]["name"] == before["name"] != after["name"] == "Nadia Vries-Haddad"
    assert (checked["correct"], checked["current"]) == (True, False)
    assert [(each["fact"], each["said"], each["now"]) for each in checked["changed"]] == [
        ("name", before["name"], "Nadia Vries-Haddad")
    ]


async def test_a_day_to_come_is_refused_with_the_last_day_that_one_may_ask_of(house, nadia):
    refused = (
        await (await house.client()).get(f"/register-entries/{house.number_of('nadia')}/extract?on=2099-01-01")
    ).json()
    page = await house.http.get(f"/register/{house.number_of('nadia')}/uittreksel?on=1-1-2099")

    for said in (refused["detail"], refused["errors"][0]["detail"], page.text):
        assert "{today}" not in said
        assert "12 september 2024" in said


async def test_a_person_hands_over_all_that_is_known_of_them_also_as_it_was_said(house, nadia):
    house.on(date(2029, 9, 20))
    await sweep(house.means, date(2029, 9, 20))
    house.on(date(2029, 12, 1))
    await moved(house, "nadia", Event.RENEW, holds_from=date(2029, 9, 12), due_on=date(2034, 9, 12))
    leader = await house.client("nadia")

    now = (await leader.get("/own-extract?on=2029-09-15")).json()
    then = (await leader.get("/own-extract?on=2029-09-15&recordedOn=2029-09-20")).json()

    assert (await house.http.get("/v1/own-extract")).status_code == 401
    assert [(each["status"], each["due_on"]) for each in now["own"]] == [("registered", "2034-09-12")]
    assert [(each["status"], each["registered_on"]) for each in then["own"]] == [("conditional", "2024-09-12")]
    by_code = await checked(house, code=then["code"])
    assert by_code["extract"]["own"] == then["own"]
    assert [each["said"] for each in by_code["corrected"]] == ["conditional", "2029-09-12"]


async def test_of_a_teacher_everybody_may_know_registered_or_not_and_only_they_more(house):
    await a_teacher(house.world, "tess")
    await moved(house, "tess", Event.APPLY)
    await moved(house, "tess", Event.GRANT, title="leraar")
    public = await an_extract(house, house.number_of("tess"))
    own = (await (await house.client("tess")).get("/own-extract")).json()

    assert [(each["status"], each["level"], each["valid_until"]) for each in public["entries"]] == [
        ("registered", None, None)
    ]
    assert public["own"] == []
    assert [each["status"] for each in own["own"]] == ["registered"]


async def test_who_is_hidden_has_no_public_extract_and_of_an_earlier_one_nothing_more_is_told(house, nadia):
    public = await an_extract(house, nadia)
    await hidden(house, "nadia")
    own = (await (await house.client("nadia")).get("/own-extract")).json()

    gone = await house.http.get(f"/v1/register-entries/{nadia}/extract")
    nobody = await house.http.get("/v1/register-entries/00000000/extract")
    by_code = await checked(house, code=public["code"])
    by_text = await checked(house, signed=public["signed"])
    handed = await checked(house, code=own["code"])

    assert gone.status_code == nobody.status_code == 404
    assert gone.json()["code"] == nobody.json()["code"]
    for found in (by_code, by_text, handed):
        assert (found["shown"], found["current"], found["corrected"], found["changed"]) == (False, False, [], [])
    assert by_code["extract"] is None
    assert by_text["extract"]["name"] == "Nadia Haddad"  # as it stood in the text that was handed in
    assert [each["status"] for each in handed["extract"]["own"]] == ["registered"]


async def test_what_we_did_not_sign_is_not_ours(house, nadia):
    extract = await an_extract(house, nadia)
    head, body, signature = extract["signed"].split(".")
    doors = house.world.doors
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["extract"]["entries"][0]["level"] = "master"
    tampered = b64(json.dumps(claims).encode())
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    public = jwk.construct(doors.extracts.jwks()["keys"][0], "ES256").to_pem()

    def headed(**changes: object) -> str:
        return b64(json.dumps({**header, **changes}, separators=(",", ":"), sort_keys=True).encode())

    def mac(first: str) -> str:
        """The public key as if it were a shared secret (CVE-2024-33663)."""
        digest = hmac.digest(public, f"{first}.{body}".encode(), hashlib.sha256)
        return f"{first}.{body}.{b64(digest)}"

    other = Signatures("extract+jwt", new_keys().document_key_pem)
    token, _ = doors.tokens.issue(house.id_of("nadia"), house.id_of("nadia"), datetime.now(UTC))  # noqa: TID251
    forged = [
        f"{head}.{tampered}.{signature}",
        other.sign(claims),
        Signatures("JWT", doors_key(house)).sign(claims),
        f"{headed(alg='none')}.{body}.",
        f"{headed(alg='none')}.{body}.{signature}",
        f"{headed(alg='nOnE')}.{body}.{signature}",
        mac(headed(alg="HS256")),
        mac(head),
        f"{headed(kid='../../etc/passwd')}.{body}.{signature}",
        f"{headed(jku='https://evil.example/jwks')}.{body}.{signature}",
        f"{headed(crit=['exp'])}.{body}.{signature}",
        f"{head}.{body}.{signature[:-1]}",
        f"{head}.{body}.{signature}=",
        token,
        "a.b.c",
        "." * 5_000,
    ]

    for text in forged:
        assert await refusal(house, signed=text) == (404, "extract-not-ours"), text[:80]
    assert await refusal(house, code=extract["code"][:-1] + "2X") == (404, "extract-not-ours")
    assert await refusal(house) == (400, "one-of-two")
    assert await refusal(house, code="a", signed="b") == (400, "one-of-two")


def doors_key(house: House) -> str:
    return str(json.loads((house.folder / "bekwaam.key").read_text())["document_key"])


async def test_an_extract_is_no_token_to_sign_in_with(house, nadia):
    extract = await an_extract(house, nadia)

    answer = await house.http.get("/v1/me", headers={"Authorization": f"Bearer {extract['signed']}"})

    assert answer.status_code == 401


async def test_a_key_that_no_longer_signs_is_still_believed_unless_it_is_distrusted(house, nadia):
    path = house.folder / "bekwaam.key"
    old = await an_extract(house, nadia)

    def with_new_keys() -> None:
        found = open_sign_in(house.means.settings, house.world.doors.passwords, makes=True)
        house.world.doors = replace(house.world.doors, extracts=found.extracts)
        framework().state["means"] = house.world.means.bound(house.world.doors)

    rotate_document_key(path)
    with_new_keys()
    new = await an_extract(house, nadia)
    keys = [key["kid"] for key in (await house.http.get("/.well-known/jwks.json")).json()["keys"]]

    assert path.stat().st_mode & 0o777 == 0o600
    assert [jws.get_unverified_header(each["signed"])["kid"] for each in (new, old)] == keys
    assert [(await checked(house, signed=each["signed"]))["key_id"] for each in (new, old)] == keys
    rotate_document_key(path, distrust=True)
    with_new_keys()
    assert await refusal(house, signed=new["signed"]) == (404, "extract-not-ours")
    assert (await checked(house, signed=old["signed"]))["key_id"] == keys[1]
    assert (await checked(house, code=new["code"]))["current"]  # a code does not hang on the key


async def test_an_extract_on_paper_is_for_everybody_and_the_own_one_for_oneself(house, nadia):
    leader = await house.client("nadia")

    public = await house.http.get(f"/v1/register-entries/{nadia}/extract/document?on=2024-09-11")
    own = await leader.get("/own-extract/document")

    for paper in (public, own):
        assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
        assert paper.content.startswith(b"%PDF-")
    assert f"uittreksel-{nadia}-2024-09-11.pdf" in public.headers["content-disposition"]
    assert (await house.http.get("/v1/own-extract/document")).status_code == 401


async def test_a_sign_that_no_font_has_is_told_on_an_extract(house, nadia):
    async def deed(work: Work) -> None:
        person = await work.session.get_one(Person, house.id_of("nadia"))
        person.given_name = "Nad\ua7b5ia"  # a beta of the Latin script, which hardly any font has
        work.log("person:rename", person)
        await show(work, await entry_of(work, person.id))

    await house.system(deed)
    paper = await house.http.get(f"/v1/register-entries/{nadia}/extract/document?on=2024-09-12")

    assert paper.status_code == 200, paper.text
    assert b"<pdfaid:part>2</pdfaid:part>" in paper.content  # which nothing with an empty box can have
    with PdfDocument(paper.content) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "Nad[teken U+A7B5]ia Haddad" in text


async def test_somebody_checks_on_a_page_what_they_were_handed(house):
    house.on(date(2024, 9, 1))
    await a_leader(house.world, "nadia", given="Nadia", family="Haddad")
    await moved(house, "nadia", Event.APPLY)
    await moved(house, "nadia", Event.GRANT, title="RDO", level="niveau-2", registered_on=date(2024, 9, 1))
    leader, reader, number = await signed_in(house, "nadia"), browser(house), house.number_of("nadia")
    own = await leader.open("/mijn/uittreksel?on=1-9-2024")
    await reader.open(f"/register/{number}/uittreksel")
    assert "Eigen" not in reader.text
    assert "1 september 2024" in leader.text
    assert own.status_code == 200
    code = (await an_extract(house, number))["code"]
    await reader.open("/uittreksel-controleren")

    await reader.send("/uittreksel-controleren", code=code)
    good = reader.text
    house.on(date(2024, 9, 1), time(11))
    await moved(house, "nadia", Event.CHANGE_LEVEL, level="niveau-1")
    await reader.send("/uittreksel-controleren", code=code)
    after = reader.text
    bad = await reader.send("/uittreksel-controleren", code="7KQ4-MX2B")

    assert "en klopt" in good
    assert "Nadia Haddad" in good
    assert "later gecorrigeerd" in after  # on this very day
    assert (bad.status_code, "Fout" in reader.text, "7KQ4-MX2B" in bad.text) == (400, True, True)
    wrong_day = await reader.open(f"/register/{number}/uittreksel?on=gisteren")
    assert (wrong_day.status_code, "gisteren" in wrong_day.text) == (400, True)
