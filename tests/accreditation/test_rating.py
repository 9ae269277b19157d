"""Ratings: only of who has credit from the run, once, for a while; shown as a number, and never whose."""

from datetime import date

from hypothesis import given as for_all
from hypothesis import strategies as st

from accreditation.rating.policy import mean
from tests.accreditation.attendance.given import given
from tests.builders import House, a_leader
from tests.pages import signed_in

STARS = st.lists(st.integers(1, 5), min_size=1, max_size=40)


@for_all(STARS)
def test_a_number_is_shown_only_from_so_many_on_and_lies_between_its_stars(stars):
    shown = mean(sum(stars), len(stars), 5)

    assert (shown is None) == (len(stars) < 5)
    if shown:
        assert 10 * min(stars) <= shown.tenths <= 10 * max(stars)


async def attended(house: House, made: object, *names: str) -> None:
    """Leaders whose attendance was reported and booked."""
    for who in names:
        await a_leader(house.world, who)
    provider = await house.client("paula")
    rows = [{"register_number": house.number_of(who), "run_id": str(made.run)} for who in names]  # type: ignore[attr-defined]
    answer = await provider.post("/attendances/bulk", {"rows": rows})
    assert answer.json()["accepted"] == len(names), answer.text


async def test_who_has_credit_rates_once_and_may_think_otherwise_for_thirty_days(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    await attended(house, made, "nadia")
    nadia = await house.client("nadia")

    given_now = await nadia.post(f"/runs/{made.run}/rating", {"stars": 2, "remark": "Te vol."})
    assert given_now.status_code == 201, given_now.text
    assert given_now.json()["change_until"] == "2024-10-10"
    again = await nadia.post(f"/runs/{made.run}/rating", {"stars": 5})
    assert (again.status_code, again.json()["code"]) == (409, "already-there")
    path = f"/course-ratings/{given_now.json()['id']}"
    changed = await nadia.patch(path, {"stars": 4}, given_now.headers["etag"])
    assert (changed.status_code, changed.json()["stars"]) == (200, 4)
    assert (await nadia.get("/course-ratings")).json()["items"][0]["course"] == "Leiden met moed"
    for wrong in ({"stars": 0}, {"stars": 6}, {"stars": "veel"}, {"stars": 3, "who": "ik"}):
        assert (await nadia.post(f"/runs/{made.run}/rating", wrong)).status_code == 400, wrong

    house.on(date(2024, 10, 11))
    late = await nadia.patch(path, {"stars": 1}, changed.headers["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "rating-stands")


async def test_who_was_not_there_cannot_rate_and_the_provider_reads_no_rating(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    await attended(house, made, "nadia")
    await a_leader(house.world, "leo")
    nadia, leo, paula = [await house.client(who) for who in ("nadia", "leo", "paula")]
    mine = (await nadia.post(f"/runs/{made.run}/rating", {"stars": 1, "complaint": True})).json()

    absent = await leo.post(f"/runs/{made.run}/rating", {"stars": 5})
    assert (absent.status_code, absent.json()["code"]) == (409, "no-credit-in-run")
    assert (await leo.get(f"/course-ratings/{mine['id']}")).status_code == 404
    assert (await paula.get(f"/course-ratings/{mine['id']}")).status_code == 403
    assert (await paula.post(f"/runs/{made.run}/rating", {"stars": 5})).status_code == 403
    assert (await nadia.post(f"/runs/{made.course}/rating", {"stars": 5})).status_code == 404


async def test_the_agenda_shows_a_number_from_five_on_and_a_credit_taken_back_takes_its_rating_along(house: House):
    house.on(date(2024, 9, 3))
    made = await given(house)
    names = [f"leider{n}" for n in range(5)]
    await attended(house, made, *names)
    public = await house.client()

    async def shown() -> tuple[float | None, int | None]:
        (one,) = (await public.get("/catalogue-runs")).json()["items"]
        return one["rating"], one["ratings"]

    for stars, who in zip((5, 5, 4, 4), names[:4], strict=True):
        await (await house.client(who)).post(f"/runs/{made.run}/rating", {"stars": stars})
    assert await shown() == (None, None)
    await (await house.client(names[4])).post(f"/runs/{made.run}/rating", {"stars": 4})
    assert await shown() == (4.4, 5)

    paula = await house.client("paula")
    sent = (await paula.get(f"/runs/{made.run}/attendances")).json()["items"][0]
    back = await paula.move(f"/sent-attendances/{sent['id']}", "reversal", {"reason": "Was er niet"})
    assert back.status_code == 201, back.text
    assert await shown() == (None, None)


async def test_beoordelen_by_pages(house: House):
    house.on(date(2024, 9, 10))
    made = await given(house)
    await attended(house, made, "nadia")
    nadia = await signed_in(house, "nadia")

    await nadia.open("/mijn/cursussen")
    assert "Leiden met moed" in nadia.text
    await nadia.send(f"/mijn/cursussen/{made.run}", remark="Zonder ster")
    assert "Er gaat nog iets mis" in nadia.text
    assert "Zonder ster" in nadia.text
    await nadia.send(f"/mijn/cursussen/{made.run}", stars="5", remark="Fijn")
    assert "Uw oordeel is bewaard." in nadia.text
    change = nadia.page.text.split(f"/mijn/cursussen/{made.run}/")[1].split('"')[0]
    await nadia.send(change, stars="3")
    assert "Uw oordeel: Voldoende" in nadia.text
