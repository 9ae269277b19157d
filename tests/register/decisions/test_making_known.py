"""A decision is made known by the message box with consent, else by post; that day counts, and proof stays."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from auth import consent
from auth import queries as people
from core.store.outbox import OutboxMessage
from core.store.work import Work
from register.notification import announcing
from register.notification.models import MakingKnown
from register.notification.policy import DELIVERY, Delivery, DeliveryEvent
from tests import deciding
from tests.builders import TEACHING_DEGREE, Client, House, a_leader, a_teacher
from tests.faults.files import problems
from tests.journeys.steps import a_diploma, an_application, apply, decide
from tests.pages import signed_in


async def without_consent(house: House, who: str) -> None:
    async def deed(work: Work) -> None:
        await consent.withdraw(work, await people.person(work.session, house.id_of(who)))

    await house.system(deed)


async def taken(house: House, who: str = "nadia") -> tuple[Client, str]:
    """The secretary, and a decision that grants, taken on 12 September 2024 and not made known."""
    decision = await deciding.taken(house, who)
    return await house.client("secretaris"), str(decision)


async def mails(house: House) -> list[OutboxMessage]:
    async with house.means.database.reading() as session:
        wanted = select(OutboxMessage).where(OutboxMessage.topic == "decision")
        return list(await session.exec(wanted))


async def mail_comes_back(house: House) -> None:
    async def deed(work: Work) -> None:
        await work.session.exec(sa.update(OutboxMessage).values(failed_at=work.now, error="smtp-550"))
        await work.flush()
        assert await announcing.fall_back(work) == 1

    await house.system(deed)


async def on_the_list(house: House) -> tuple[Client, dict[str, Any]]:
    office = await house.client("bureau")
    (letter,) = (await office.get("/posting-list")).json()["items"]
    return office, letter


async def status(house: House, who: str = "nadia") -> str:
    client = await house.client(who)
    return str((await client.get("/registrations")).json()[0]["status"])


async def test_with_consent_it_is_placed_and_mailed_without_content_and_the_proof_stays(house):
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)

    known = (await secretary.move(f"/decisions/{decision}", "notification", {})).json()

    assert (known["state"], known["notified_on"], known["channel"]) == ("notified", "2024-09-12", "message-box")
    (mail,) = await mails(house)
    assert known["number"] not in mail.body + mail.subject
    leader = await house.client("nadia")
    (message,) = (await leader.get("/messages")).json()["items"]
    assert (message["decision_id"], message["read_at"]) == (decision, None)
    proof = (await leader.get(f"/decisions/{decision}/deliveries")).json()
    assert [(one["state"], one["sent_on"], one["mail"]) for one in proof] == [("placed", "2024-09-12", "waiting")]

    await leader.get(f"/decisions/{decision}")

    (message,) = (await leader.get("/messages")).json()["items"]
    assert message["read_at"] is not None
    (row,) = (await secretary.get(f"/decisions/{decision}/deliveries")).json()
    assert (row["state"], row["read_at"] is not None) == ("read", True)
    assert await problems(house) == []


async def test_without_consent_it_works_from_the_day_on_which_the_letter_went(house):
    await a_leader(house.world, "nadia")
    await without_consent(house, "nadia")
    secretary, decision = await taken(house)

    listed = (await secretary.move(f"/decisions/{decision}", "notification", {})).json()

    assert (listed["state"], listed["notified_on"], listed["last_day_to_object"]) == ("taken", None, None)
    assert await status(house) == "application-open"
    again = await secretary.move(f"/decisions/{decision}", "notification", {})
    assert (again.status_code, again.json()["code"]) == (409, "on-posting-list")
    house.on(date(2024, 9, 17))
    office, letter = await on_the_list(house)
    assert (letter["addressee"], letter["postcode"]) == ("Leo Leider", "3511AA")
    sent = await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": "2024-09-16"})

    assert sent.status_code == 201, sent.text
    known = (await secretary.get(f"/decisions/{decision}")).json()
    assert (known["state"], known["channel"], known["notified_on"]) == ("notified", "post", "2024-09-16")
    assert known["last_day_to_object"] == "2024-10-28"  # six weeks after 16 September, Awb 6:7 and 6:8
    assert "28 oktober 2024" in known["remedy"]
    assert await status(house) == "registered"
    assert await mails(house) == []
    assert (await office.get("/posting-list")).json()["items"] == []
    assert await problems(house) == []


async def test_a_letter_that_went_already_is_made_known_by_its_own_day(house):
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)
    house.on(date(2024, 9, 20))

    sent = {"channel": "post", "sent_on": "2024-09-19"}
    known = (await secretary.move(f"/decisions/{decision}", "notification", sent)).json()

    assert (known["channel"], known["notified_on"], known["last_day_to_object"]) == ("post", "2024-09-19", "2024-10-31")


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("sent_on", "code"),
    [("2024-09-11", "sent-too-early"), ("2024-09-13", "sent-later"), ("morgen", "day")],
)
async def test_a_day_on_which_the_letter_cannot_have_gone_is_refused(house, sent_on, code):
    await a_leader(house.world, "nadia")
    await without_consent(house, "nadia")
    secretary, decision = await taken(house)
    await secretary.move(f"/decisions/{decision}", "notification", {})
    office, letter = await on_the_list(house)

    answer = await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": sent_on})

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == [code]
    assert (await secretary.get(f"/decisions/{decision}")).json()["state"] == "taken"


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_who_may_do_what_with_the_post(house):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "omar")
    await without_consent(house, "nadia")
    secretary, decision = await taken(house)
    refused = await secretary.move(f"/decisions/{decision}", "notification", {"channel": "message-box"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no-consent")
    await secretary.move(f"/decisions/{decision}", "notification", {})
    _, letter = await on_the_list(house)
    leader, other = await house.client("nadia"), await house.client("omar")

    for client in (leader, other):
        assert (await client.get("/posting-list")).status_code == 403
        assert (await client.get("/mail-failures")).status_code == 403
        assert (await client.get(f"/decisions/{decision}/deliveries")).status_code == 404
        posting = {"sent_on": "2024-09-12"}
        forced = await client.post(f"/posting-list/{letter['id']}/posting", posting, headers={"If-Match": '"1"'})
        assert forced.status_code == 403
    office = await house.client("bureau")
    assert (await office.get(f"/posting-list/{decision}")).status_code == 404
    stale = await office.post(
        f"/posting-list/{letter['id']}/posting", {"sent_on": "2024-09-12"}, headers={"If-Match": '"7"'}
    )
    assert stale.status_code == 412
    missing = await office.post(f"/posting-list/{letter['id']}/posting", {"sent_on": "2024-09-12"})
    assert missing.status_code == 428


async def test_a_message_is_read_by_its_addressee_and_nobody_else(house):
    await a_leader(house.world, "nadia")
    await a_leader(house.world, "omar")
    secretary, decision = await taken(house)
    await secretary.move(f"/decisions/{decision}", "notification", {})
    leader = await house.client("nadia")
    (message,) = (await leader.get("/messages")).json()["items"]

    for client in (await house.client("omar"), secretary, await house.client("bureau")):
        assert (await client.get("/messages")).json()["items"] == []
        stranger = await client.get(f"/messages/{message['id']}")
        assert (stranger.status_code, stranger.json()["code"]) == (404, "no-such-message")
    read = await leader.get(f"/messages/{message['id']}")

    assert read.json()["read_at"] is not None
    assert (await house.http.get(f"/v1/messages/{message['id']}")).status_code == 401


async def test_a_notice_that_comes_back_is_followed_by_a_letter_that_moves_the_term(house):
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)
    before = (await secretary.move(f"/decisions/{decision}", "notification", {})).json()
    await mail_comes_back(house)
    house.on(date(2024, 9, 23))
    office, letter = await on_the_list(house)

    await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": "2024-09-23"})

    known = (await secretary.get(f"/decisions/{decision}")).json()
    assert (before["last_day_to_object"], known["last_day_to_object"]) == ("2024-10-24", "2024-11-04")
    assert (known["notified_on"], known["channel"], known["state"]) == ("2024-09-23", "post", "notified")
    proof = (await secretary.get(f"/decisions/{decision}/deliveries")).json()
    assert [(one["channel"], one["state"], one["mail"]) for one in proof] == [
        ("message-box", "bounced", "bounced"),
        ("post", "posted", None),
    ]
    assert await status(house) == "registered"
    assert await problems(house) == []


async def test_a_letter_is_not_needed_for_who_read_the_decision_in_the_box(house):
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)
    await secretary.move(f"/decisions/{decision}", "notification", {})
    await mail_comes_back(house)

    await (await house.client("nadia")).get(f"/decisions/{decision}")

    office = await house.client("bureau")
    assert (await office.get("/posting-list")).json()["items"] == []
    proof = (await secretary.get(f"/decisions/{decision}/deliveries")).json()
    assert [one["state"] for one in proof] == ["read", "cancelled"]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_office_sees_what_failed_resends_it_and_notes_what_came_back(house):
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)
    await secretary.move(f"/decisions/{decision}", "notification", {})
    await house.system(lambda work: work.session.exec(sa.update(OutboxMessage).values(error="smtp-451")))
    office = await house.client("bureau")

    failed = (await office.get("/mail-failures")).json()["items"]

    mail = next(one for one in failed if one["topic"] == "decision")
    assert set(mail) == {"id", "topic", "error", "attempts", "created_at", "given_up_at"}
    assert (await office.post(f"/mail-failures/{mail['id']}/resending")).status_code == 201
    again = await office.post(f"/mail-failures/{mail['id']}/resending")
    assert (again.status_code, again.json()["code"]) == (409, "message-not-failed")
    (delivery,) = (await secretary.get(f"/decisions/{decision}/deliveries")).json()
    too_soon = await office.post(f"/deliveries/{delivery['id']}/bounce")
    assert (too_soon.status_code, too_soon.json()["code"]) == (409, "message-not-sent")
    await house.system(lambda work: work.session.exec(sa.update(OutboxMessage).values(sent_at=work.now)))
    assert (await office.post(f"/deliveries/{delivery['id']}/bounce")).json()["state"] == "bounced"
    assert len((await office.get("/posting-list")).json()["items"]) == 1


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_the_office_posts_a_letter_through_pages(house: House):
    await a_leader(house.world, "nadia")
    await without_consent(house, "nadia")
    secretary, decision = await taken(house)
    await secretary.move(f"/decisions/{decision}", "notification", {})
    office = await signed_in(house, "bureau")
    await office.open("/kantoor/post")
    href = office.page.text.split('href="/kantoor/post/')[1].split('"')[0]
    await office.open(f"/kantoor/post/{href}")
    assert "Voorbeeldstraat 1" in office.text
    assert "tot en met donderdag 24 oktober 2024" in office.text
    await office.send("/verzonden", sent_on="13-9-2024")
    assert office.page.status_code == 400
    assert "13-9-2024" in office.page.text

    await office.send("/verzonden", sent_on="12 september 2024")

    assert "De verzending is genoteerd" in office.text
    leader = await signed_in(house, "nadia")
    await leader.open("/mijn/berichten")
    assert "U hebt geen berichten" in leader.text
    await leader.open(f"/mijn/besluiten/{decision}")
    assert "Post 12 september 2024" in leader.text


async def test_consent_is_given_and_withdrawn_with_its_days(house):
    await a_leader(house.world, "nadia")
    house.on(date(2024, 10, 1))
    await without_consent(house, "nadia")
    house.on(date(2024, 10, 8))

    async def give(work: Work) -> list[tuple[date, date | None]]:
        person = await people.person(work.session, house.id_of("nadia"))
        await consent.give(work, person)
        await consent.give(work, person)
        return [(row.given_on, row.withdrawn_on) for row in await consent.history(work, person.id)]

    assert await house.system(give) == [(date(2024, 10, 8), None), (date(2024, 9, 12), date(2024, 10, 1))]


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_every_move_of_a_delivery_is_a_deed_of_the_service(house):
    """Each move of the table, driven; what the table does not have is refused."""
    assert {*DELIVERY.moves.values(), DELIVERY.start} == set(Delivery)
    await a_leader(house.world, "nadia")
    secretary, decision = await taken(house)
    seen: set[tuple[str, str]] = set()

    def note(before: str, event: DeliveryEvent, after: str) -> None:
        assert DELIVERY.after(Delivery(before), event) == after
        seen.add((before, event))

    async def states() -> list[str]:
        async with house.means.database.reading() as session:
            return [row.state.value for row in await session.exec(select(MakingKnown).order_by(col(MakingKnown.id)))]

    await secretary.move(f"/decisions/{decision}", "notification", {})
    note("to-post", DeliveryEvent.PLACE, (await states())[0])
    await mail_comes_back(house)
    note("placed", DeliveryEvent.BOUNCE, (await states())[0])
    await (await house.client("nadia")).get(f"/decisions/{decision}")
    note("bounced", DeliveryEvent.OPEN, (await states())[0])
    note("to-post", DeliveryEvent.CANCEL, (await states())[1])
    await a_leader(house.world, "omar")
    _, other = await taken(house, "omar")
    await secretary.move(f"/decisions/{other}", "notification", {})
    await (await house.client("omar")).get(f"/decisions/{other}")
    note("placed", DeliveryEvent.OPEN, (await states())[2])
    await a_leader(house.world, "iris")
    await without_consent(house, "iris")
    _, third = await taken(house, "iris")
    await secretary.move(f"/decisions/{third}", "notification", {})
    office, letter = await on_the_list(house)
    await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": "2024-09-12"})
    note("to-post", DeliveryEvent.POST, (await states())[3])
    await office.move(f"/posting-list/{letter['id']}", "return", {"cause": "moved"})
    note("posted", DeliveryEvent.BOUNCE, (await states())[3])

    assert seen == set(DELIVERY.moves)
    again = await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": "2024-09-12"})
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")


async def test_what_went_along_with_a_decision_moves_with_it_when_the_mail_comes_back(house: House):
    """Two qualifications, three decisions, one letter: posted on 16 September, so until 28 October for each of them."""
    await a_teacher(house.world, "tess")
    names = [{"name": name} for name in ("Nederlands tweede graad", "Engels tweede graad")]
    file = await apply(
        await house.client("tess"),
        an_application("leraren", sector="vo", qualifications=names),
        a_diploma("2021-07-02", TEACHING_DEGREE),
    )
    main = await decide(house, file, "for", {"reasons": "Erkende diploma's."})
    await mail_comes_back(house)
    house.on(date(2024, 9, 17))
    office, letter = await on_the_list(house)
    sent = await office.move(f"/posting-list/{letter['id']}", "posting", {"sent_on": "2024-09-16"})

    assert sent.status_code in {200, 201}, sent.text
    decisions = (await (await house.client("tess")).get("/decisions")).json()["items"]
    assert main["last_day_to_object"] == "2024-10-24"
    assert [(one["channel"], one["notified_on"], one["last_day_to_object"]) for one in decisions] == [
        ("post", "2024-09-16", "2024-10-28")
    ] * 3
    assert await problems(house) == []
