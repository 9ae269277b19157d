"""An objection that comes before the decision was made known (Awb 6:10)."""

from datetime import date

from tests.builders import MEMBERS, House
from tests.faults.files import problems
from tests.journeys.steps import make_known
from tests.pages import signed_in
from tests.register.measures.test_measures import a_measure, registered


async def test_awb_6_10_an_objection_that_comes_too_early_by_web_is_taken_in_and_counted_from_making_known(
    house: House,
):
    """Signed on 27 September, objected to on the 28th, known on 1 October: to 12 November, due 24 December."""
    await registered(house, "echt")
    secretary = await house.client("secretaris")
    intended = await secretary.post("/measures", a_measure(house, "echt", "strike-off", "evidence-forged"))
    path = f"/measures/{intended.json()['id']}"
    house.on(date(2024, 9, 27))
    secretary = await house.client("secretaris")
    await secretary.move(path, "hearing-end")
    text = {"reasons": "Vervalst.", "repair": "Vraag opnieuw aan.", "effect_on": "2024-10-15"}
    proposed = (await secretary.move(path, "proposal", text)).json()
    signed = (await (await house.client(MEMBERS[0])).move(path, "signature", {"digest": proposed["digest"]})).json()

    house.on(date(2024, 9, 28))
    leader = await signed_in(house, "echt")
    await leader.open(f"/bezwaren/nieuw?besluit={signed['number']}")
    await leader.send("/nieuw", decisions=signed["number"], grounds="Mijn diploma is echt.")
    assert "nog niet bekendgemaakt" in leader.text
    filer = await house.client("echt")
    (row,) = (await filer.get("/objections")).json()["items"]
    here = f"/objections/{row['id']}"
    early = (await filer.get(here)).json()
    hidden = await filer.get(f"{here}/decisions/{signed['id']}/letter")

    house.on(date(2024, 10, 1))
    await make_known(await house.client("secretaris"), signed["id"])
    known = (await (await house.client("echt")).get(here)).json()

    assert [(one["outcome"], one["last_day"]) for one in early["contested"]] == [("", None)]
    assert hidden.status_code == 404
    assert [(one["outcome"], one["last_day"], one["days_late"]) for one in known["contested"]] == [
        ("withdrawn", "2024-11-12", 0)
    ]
    assert (early["decision_due_on"], known["decision_due_on"]) == ("2024-12-23", "2024-12-24")
    assert await problems(house) == []
