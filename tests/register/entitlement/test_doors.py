"""The same by web and on a page, for everybody, in Dutch and in English."""

from core.law.caos import shipped
from register.rules.entitlement.answer import MOST_ITEMS, answer
from tests.builders import House
from tests.pages import browser, signed_in
from tests.register.entitlement.asking import director, spent, teacher

HERE = "/uren-en-budget"


async def test_by_web_the_answer_is_that_of_the_command_for_one_and_for_an_array(house: House):
    asked = [director(on="2023-05-01", spent=[spent("2021-01-01", "12.50", 3)]), {"cao": "po-2019"}]

    one = await house.http.post("/v1/entitlements", json=asked[0])
    both = await house.http.post("/v1/entitlements", json=asked)

    assert (one.status_code, one.json()) == (200, answer(asked[0], shipped()))
    assert (both.status_code, both.json()) == (200, [answer(each, shipped()) for each in asked])
    assert both.headers["content-type"].startswith("application/json")


async def test_by_web_a_refused_line_is_a_result_and_what_cannot_be_read_is_a_400(house: House):
    refused = await house.http.post("/v1/entitlements", json=teacher(spent=[spent("2019-02-01", 9999)]))
    headers = {"Content-Type": "application/json"}
    texts = ("[", '{"fte": 1e99999999999999999999}')
    unread = [await house.http.post("/v1/entitlements", content=text, headers=headers) for text in texts]
    many = await house.http.post("/v1/entitlements", json=[teacher()] * (MOST_ITEMS + 1))

    assert (refused.status_code, refused.json()["refused"]) == (200, [{"line": 0, "code": "over-budget"}])
    assert [each.status_code for each in (*unread, many)] == [400, 400, 400]
    assert many.json()["errors"][0]["code"] == "too-many"
    assert (await house.http.post("/v1/entitlements", json=[{}] * 200_000)).status_code == 413


async def test_somebody_works_out_what_is_left_and_reads_how(house: House):
    one = browser(house)
    await one.open("/")
    assert f'href="{HERE}"' in one.page.text
    await one.open(HERE)

    filled = dict(one.form(HERE).values) | {
        "role": "director",
        "from": "1-8-2019",
        "fte": "0,8",
        "factor-0-from": "1 maart 2020",
        "factor-0-fte": "0,9",
        "on": "1-5-2023",
        "spent-1-on": "1-3-2021",
        "spent-1-eur": "€ 1.500,25",
        "spent-1-hours": "10 uur",
        "spent-2-on": "1-1-2018",
        "spent-2-eur": "5",
    }
    found = await one.http.get(HERE, params=filled)

    assert found.status_code == 200, found.text
    said = found.text.replace("\N{NO-BREAK SPACE}", " ")
    # 1250 of 2019 and 250.25 of 2020; then 2849.75 + 3100 + 3000 + 3000. Of 2023: 83 x 0.9.
    assert "€ 11.949,75" in said
    assert "74,7 u" in said
    assert "2019: € 3.000,00 × 5 maanden / 12, ongeacht de werktijdfactor = € 1.250,00" in said
    assert "2020: 83 u × 10,6 (de werktijdfactoren van 12 maanden samen) / 12 = 73,32 u" in said
    assert "1 januari 2018, € 5,00 en 0 u: op deze dag was er geen aanstelling" in said
    assert "31 december 2022" in said
    assert 'name="spent-5-on"' in said  # three empty ones more
    assert not any(word in said for word in ("entitlement-", "tariff.", "cao.po", "role."))


async def test_what_cannot_be_read_stands_at_its_field_and_comes_back_as_typed(house: House):
    one = browser(house)
    typed = {
        "cao": "po-2019",
        "role": "teacher",
        "from": "31-2-2020",
        "fte": "1,3",
        "on": "1-1-2021",
        "factor-1-from": "1-6-2020",
        "factor-1-fte": "veel",
        "spent-2-eur": "1,005",
    }

    found = await one.http.get(HERE, params=typed)

    assert found.status_code == 400
    for field in ("from", "fte", "factor-1-fte", "spent-2-on", "spent-2-eur"):
        assert f'href="#{field}"' in found.text, field
    assert 'value="31-2-2020"' in found.text
    assert "Deze dag bestaat niet" in found.text
    empty = await one.http.get(HERE, params={"role": "", "from": "", "fte": "", "on": ""})
    assert empty.status_code == 400
    assert 'href="#role"' in empty.text


async def test_in_english_it_speaks_english(house: House):
    one = browser(house)
    asked = {"cao": "po-2019", "role": "teacher", "from": "1-1-2018", "fte": "1", "on": "1-1-2020"}

    found = await one.http.get(HERE, params=asked, headers={"Accept-Language": "en"})

    said = found.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "2019: €500.00 was not spent by 31 December 2019 and lapses" in said
    assert "has amounts from 2019; before that there is nothing" in said


async def test_the_office_reads_the_figures_of_each_agreement_with_their_source(house: House):
    office = await signed_in(house, "bureau")

    await office.open("/kantoor/tarieven")

    assert "cao primair onderwijs" in office.text
    assert "art. 9.6(3)" in office.text
