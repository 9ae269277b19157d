"""Hours that cannot be are refused at their field, with the most that could be: in the wizard and in the advice."""

from tests.accreditation.steps import admitted, paid, submitted
from tests.builders import House
from tests.pages import signed_in


async def test_contact_hours_above_the_study_hours_are_refused_at_the_field(house: House):
    provider = await admitted(house)
    owner, client = await signed_in(house, "aanbieder"), await house.client("aanbieder")
    await owner.open(f"/aanbieders/{provider}")
    await owner.send("/aanvragen", kind="new", course_kind="course", registers=["schoolleiders-po"])
    here = owner.path
    await owner.open(f"{here}/onderdelen/opzet")
    await owner.send("/opzet", form="classroom", contact_hours="81", study_hours="80")

    assert owner.page.status_code == 400
    assert 'href="#contact_hours"' in owner.page.text
    assert "Vul hoogstens 80 in" in owner.text
    await owner.send("/opzet", contact_hours="80")
    assert owner.page.status_code == 200, owner.text
    path = f"/course-applications/{here.rpartition('/')[2]}"
    refused = await client.patch(path, {"study_hours": 79}, (await client.get(path)).headers["etag"])
    assert refused.status_code == 400
    assert [one["code"] for one in refused.json()["errors"]] == ["contact-above-study"]


async def test_an_adviser_gives_no_more_hours_than_the_course_takes_and_whole_ones(house: House):
    provider = await admitted(house, registers=["leraren"])
    file = (await submitted(house, provider, registers=["leraren"]))["files"][0]
    here = (await paid(house, file)).replace("/course-dossiers/", "/accreditatie/dossiers/")
    secretary = await signed_in(house, "secretaris")
    await secretary.open(here)

    given = {"positive": "true", "advice": "Past bij de standaard."}
    await secretary.send("/advies", **given, **{"hours-SUBJECT": "12,5", "hours-PEDAGOGIC": "4"})
    assert secretary.page.status_code == 400
    assert "Vul hele uren in" in secretary.text
    assert "Geef voor elke categorie" not in secretary.text
    await secretary.send("/advies", **{"hours-SUBJECT": "77"})
    assert secretary.page.status_code == 400
    assert "hoogstens 80 uur" in secretary.text
    assert 'href="#hours' in secretary.page.text
    await secretary.send("/advies", **{"hours-SUBJECT": "76"})
    assert secretary.page.status_code == 200, secretary.text
