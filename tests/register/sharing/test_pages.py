"""Sharing on pages: the owner grants and ends, the board looks, the owner sees who did."""

from tests.pages import signed_in
from tests.register.sharing.steps import BOARD, a_board_administrator, a_leader_with_a_portfolio, an_activity


async def test_an_owner_shares_the_board_looks_and_the_owner_sees_it(house):
    registration = await a_leader_with_a_portfolio(house)
    await an_activity(house)
    await a_board_administrator(house)
    nadia, board = await signed_in(house, "nadia"), await signed_in(house, "bestuur")

    refused = await board.open(f"/gedeeld/{registration}")
    assert refused.status_code == 404
    await nadia.open("/mijn/portfolio")
    assert "/mijn/delen" in nadia.page.text
    await nadia.open("/mijn/delen")
    await nadia.send("/mijn/delen", reader=BOARD, scope="whole", with_files="true", until_on="31-12-2024")
    assert "Uw portfolio wordt gedeeld" in nadia.text, nadia.text

    await board.open("/bestuur")
    assert f"/gedeeld/{registration}" in board.page.text
    await board.open(f"/gedeeld/{registration}")
    assert "Leiding geven" in board.text
    file = board.page.text.split('/bewijs">')[0].rsplit('href="', 1)[1] + "/bewijs"
    assert (await board.open(file)).status_code == 200

    await nadia.open("/mijn/inzage")
    assert nadia.text.count("Bas Bestuur") == 3
    await nadia.open("/mijn/delen")
    await nadia.send("/beeindigen")
    assert "Door u gestopt" in nadia.text
    assert (await board.open(f"/gedeeld/{registration}")).status_code == 404
    await board.open("/gedeeld")
    assert "Niemand deelt nu een portfolio met u" in board.text


async def test_a_mistake_brings_the_form_back_with_what_was_typed(house):
    await a_leader_with_a_portfolio(house)
    nadia = await signed_in(house, "nadia")
    await nadia.open("/mijn/delen")

    answer = await nadia.send(
        "/mijn/delen", reader="person", register_number="12345", family_name="", scope="whole", until_on="1-1-2020"
    )

    assert answer.status_code == 400
    assert 'value="12345"' in answer.text
    assert "Vul dit in" in nadia.text or "field-missing" not in nadia.text
    assert (await nadia.open("/bestuur")).status_code == 403


async def test_an_owner_shares_the_activities_that_were_ticked_also_after_a_mistake(house):
    registration = await a_leader_with_a_portfolio(house)
    one, other = await an_activity(house), await an_activity(house, title="Begroten")
    await an_activity(house, title="Roosteren")
    await a_board_administrator(house)
    nadia, board = await signed_in(house, "nadia"), await signed_in(house, "bestuur")

    await nadia.open("/mijn/delen")
    mistaken = await nadia.send(
        "/mijn/delen", reader=BOARD, scope="entries", entry_ids=[one, other], until_on="1-1-2020"
    )
    assert mistaken.status_code == 400
    assert mistaken.text.count('name="entry_ids"') == 3
    assert {value for name, value in nadia.form("/mijn/delen").values if name == "entry_ids"} == {one, other}

    await nadia.send("/mijn/delen", entry_ids=[one, other], until_on="31-12-2024")
    assert "Uw portfolio wordt gedeeld" in nadia.text, nadia.text
    await board.open(f"/gedeeld/{registration}")
    assert "Leiding geven" in board.text
    assert "Begroten" in board.text
    assert "Roosteren" not in board.text
