"""A portfolio goes out and comes back: equal entries, twice is once, and nothing counts twice."""

import hashlib
import io
import json
import zipfile
from typing import Any

from core.store.audit import verify_chains, verify_rows
from register.seed.documents import certificate
from tests.builders import Client, House
from tests.pages import signed_in
from tests.register.sharing.steps import a_leader_with_a_portfolio, an_activity

REGISTER = {"register": "schoolleiders-po"}
CLAIM = ("kind", "title", "description", "done_on", "claimed_points", "claimed_hours", "contact_hours", "category",
         "themes", "valuation", "provider")  # fmt: skip


async def exported(client: Client) -> bytes:
    answer = await client.get("/portfolio/export", params=REGISTER)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


async def imported(client: Client, content: bytes, **more: Any) -> dict[str, Any]:
    files = {"file": ("portfolio.zip", content, "application/zip")}
    answer = await client.post("/portfolio/import", params={**REGISTER, **more}, files=files)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def entries(client: Client) -> list[dict[str, Any]]:
    return list((await client.get("/portfolio-entries")).json()["items"])


async def two_leaders(house: House) -> tuple[Client, Client]:
    """One with a draft, an entry that waits and one that counts; and one whose portfolio is empty."""
    await a_leader_with_a_portfolio(house)
    await an_activity(house, themes=["Visie"], provider="Academie")
    nadia = await house.client("nadia")
    draft = {"register_code": "schoolleiders-po", "kind": "informal", "title": "Lezen: “één boek”", "points": 5}
    assert (await nadia.post("/portfolio-entries", {**draft, "done_on": "2024-06-01"})).status_code == 201
    await a_leader_with_a_portfolio(house, "ander")
    return nadia, await house.client("ander")


def changed(content: bytes, change: Any) -> bytes:
    """The same package with another document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, json.dumps(change(json.loads(body))) if name == "portfolio.json" else body)
    return out.getvalue()


async def test_an_export_into_an_empty_account_gives_equal_entries_that_count_for_nothing_yet(house):
    nadia, other = await two_leaders(house)
    content = await exported(nadia)

    first = await imported(other, content)
    second = await imported(other, content)

    assert (first["drafts"], first["refused"], second["drafts"], second["already_there"]) == (2, 0, 0, 2)
    theirs, ours = await entries(other), await entries(nadia)
    assert [{name: one[name] for name in CLAIM} for one in theirs] == [
        {name: one[name] for name in CLAIM} for one in sorted(ours, key=lambda one: one["done_on"])
    ]
    assert {one["state"] for one in theirs} == {"draft"}
    portfolio = (await other.get("/portfolio", params=REGISTER)).json()
    assert (portfolio["ledger"], portfolio["periods"][0]["points"]) == ([], 0)
    assert (await imported(nadia, content))["already_there"] == 2
    back = await exported(other)
    assert (await imported(nadia, back))["already_there"] == 2  # there and back again
    async with house.means.database.writing() as session:
        assert [str(found) async for found in verify_chains(session)] == []
        assert [str(found) async for found in verify_rows(session)] == []


async def test_an_export_has_everything_with_the_evidence_by_its_digest(house):
    nadia, _ = await two_leaders(house)

    with zipfile.ZipFile(io.BytesIO(await exported(nadia))) as archive:
        names, document = set(archive.namelist()), json.loads(archive.read("portfolio.json"))
        files = {name: archive.read(name) for name in names if name.startswith("bewijs/")}
        summary = archive.read("overzicht.html").decode()

    assert all(name == f"bewijs/{hashlib.sha256(content).hexdigest()}.pdf" for name, content in files.items())
    assert certificate("Leiding geven 2024-05-01") in files.values()
    assert {"portfolio.json", "overzicht.html"} < names
    assert (document["format"], document["version"]) == ("bekwaam-portfolio", 1)
    assert len(document["entries"]) == 2
    assert [line["points"] for line in document["ledger"]] == [30]
    assert document["decisions"][0]["kind"] == "valuation"
    assert "Lezen: “één boek”" in summary
    without = await nadia.get("/portfolio/export", params={**REGISTER, "withFiles": "false"})
    with zipfile.ZipFile(io.BytesIO(without.content)) as archive:
        assert set(archive.namelist()) == {"portfolio.json", "overzicht.html"}


async def test_a_dry_run_reports_each_entry_and_stores_nothing(house):
    nadia, other = await two_leaders(house)
    content = await exported(nadia)

    report = await imported(other, content, dryRun="true")

    assert (report["dry_run"], report["drafts"], [row["evidence"] for row in report["rows"]]) == (
        True,
        2,
        [True, False],
    )
    assert await entries(other) == []


async def test_what_was_settled_elsewhere_comes_as_history_and_never_counts(house):
    nadia, other = await two_leaders(house)

    def settled(document: dict[str, Any]) -> dict[str, Any]:
        document["entries"][0]["state"] = "consumed"
        document["entries"][1]["done_on"] = "2023-12-31"  # before the first period here
        return document

    report = await imported(other, changed(await exported(nadia), settled))

    assert (report["history"], report["drafts"]) == (2, 0)
    history = await entries(other)
    assert {one["state"] for one in history} == {"history"}
    assert {one["history"]["state"] for one in history} == {"consumed", "draft"}
    path = f"/portfolio-entries/{history[0]['id']}"
    assert (await other.move(path, "submission")).json()["code"] == "wrong-state"
    assert (await other.move(path, "withdrawal")).status_code == 201


async def test_one_broken_entry_is_reported_and_the_others_come_in(house):
    nadia, other = await two_leaders(house)

    def broken(document: dict[str, Any]) -> dict[str, Any]:
        document["entries"][0]["file"]["sha256"] = "0" * 64
        document["entries"].append({**document["entries"][1], "id": "nonsense"})
        document["entries"].append({**document["entries"][1], "id": document["registration"].get("x") or
                                    "01890a5d-ac96-774b-bcce-b302099a8057", "hours": "12"})  # fmt: skip
        document["entries"].append("no entry")
        return document

    report = await imported(other, changed(await exported(nadia), broken))

    codes = [row["code"] for row in report["rows"]]
    assert codes[0] == "evidence-differs"
    assert [row["becomes"] for row in report["rows"]] == ["refused", "draft", "refused", "refused", "refused"]
    assert codes[3] == "hours-not-counted"
    assert len(await entries(other)) == 1


async def test_a_package_of_another_kind_version_or_register_is_refused_as_a_whole(house):
    nadia, other = await two_leaders(house)
    content = await exported(nadia)
    cases = {"format": "not-a-portfolio", "version": "unknown-format-version", "register": "other-register"}

    for name, code in cases.items():
        wrong = changed(content, lambda document, name=name: {**document, name: "anders"})
        files = {"file": ("portfolio.zip", wrong, "application/zip")}
        answer = await other.post("/portfolio/import", params=REGISTER, files=files)
        assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_a_portfolio_is_taken_out_and_brought_in_on_a_page(house):
    nadia, _ = await two_leaders(house)
    content = await exported(nadia)
    other = await signed_in(house, "ander")
    file = {"file": ("portfolio.zip", content, "application/zip")}

    await other.open("/mijn/meenemen")
    await other.send("/mijn/meenemen", files=file)
    assert "Dit zou er gebeuren" in other.text
    await other.send("/mijn/meenemen", files=file, take_over="1")
    assert "Dit is er gebeurd" in other.text
    refused = await other.send("/mijn/meenemen", files={"file": ("a.zip", b"geen zip", "application/zip")})
    assert refused.status_code == 400
    download = await other.open("/mijn/meenemen/portfolio.zip?register=schoolleiders-po")
    assert zipfile.ZipFile(io.BytesIO(download.content)).testzip() is None
