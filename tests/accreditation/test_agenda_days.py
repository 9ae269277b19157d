"""The agenda on another day shows that day; a day that cannot be read, or that has passed, is told."""

from datetime import date

from tests.accreditation.attendance.given import a_run, given
from tests.builders import House
from tests.pages import Browser, browser


async def an_agenda(house: House) -> Browser:
    """Runs on 3 September and 3 November 2024."""
    house.on(date(2024, 9, 1))
    made = await given(house)
    day = date(2024, 11, 3)
    await a_run(house, made.course, starts_on=day, ends_on=day, external_id="NOV", place="Zwolle")
    return browser(house)


async def test_the_agenda_of_another_day_shows_that_day(house: House) -> None:
    one = await an_agenda(house)
    for written in ("1-11-2024", "2024-11-01", "vrijdag 1 november 2024"):
        await one.open(f"/agenda?from={written}")
        assert "3 november 2024" in one.text, written
        assert "3 september 2024" not in one.text, written

    await one.open("/agenda?from=1-1-2024")
    assert "u ziet de uitvoeringen vanaf 1 september 2024" in one.text
    await one.open("/agenda")
    assert "vanaf 1 september" not in one.text


async def test_a_day_of_the_agenda_that_cannot_be_read_is_told_and_nothing_else_is_listed(house: House) -> None:
    one = await an_agenda(house)
    for query in ("from=gisteren", "until=31-2-2025", "minPoints=veel", "from=5-11-2024&until=1-11-2024"):
        await one.open(f"/agenda?{query}")
        assert one.page.status_code == 400, query
        assert "Er gaat nog iets mis" in one.text
        assert "Er is niet gezocht" in one.text
        assert "3 september 2024" not in one.text, query
    for path in ("/agenda/csv", "/agenda/feed"):
        await one.open(f"{path}?from=gisteren")
        assert one.page.status_code == 400
        assert "Deze dag herkennen wij niet" in one.text, path
