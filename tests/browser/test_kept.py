"""Kill the server, drop the network, let the session end while somebody types: the text is there afterwards."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Service

pytestmark = pytest.mark.browser

TYPED = {"#address": "Lange Laan 12", "#town": "Verweg"}


def typing(service: Service, script: bool) -> Any:
    """Somebody with a form half filled in."""
    page = service.sign_in(service.page(1280, script), "marijke.")
    page.goto(f"{service.address}/mijn/gegevens")
    for field, text in TYPED.items():
        page.fill(field, text)
    return page


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(service: Service, request: pytest.FixtureRequest) -> Iterator[Any]:
    page = typing(service, request.param)
    yield page
    page.context.close()


def send(page: Any) -> None:
    page.get_by_role("button", name="Bewaar het adres").click()
    page.wait_for_load_state()


def has_all(page: Any) -> bool:
    return {field: page.input_value(field) for field in TYPED} == TYPED


def test_the_text_outlives_a_lost_connection(service: Service, page: Any):
    page.context.set_offline(True)
    send(page)
    page.context.set_offline(False)
    page.go_back()

    assert has_all(page)


def test_the_text_outlives_the_server(service: Service, page: Any):
    service.serving.kill()
    try:
        send(page)
    finally:
        service.serving.start()
    page.go_back()

    assert has_all(page)


def test_the_text_outlives_the_session(service: Service, page: Any):
    page.context.clear_cookies()
    send(page)

    assert all(text in page.locator("main").inner_text() for text in TYPED.values())


def test_a_form_that_was_answered_with_a_page_is_not_given_back(service: Service):
    """The check of an extract answers with a page, without a redirect: what was sent is done with, also later."""
    page = service.page(1280, True)
    address = f"{service.address}/uittreksel-controleren"
    number = next(one["register_number"] for one in service.people if one["email"].startswith("marijke."))
    page.goto(f"{service.address}/register/{number}/uittreksel")
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,}", page.inner_text("main"))
    assert code is not None
    page.goto(address)
    page.locator("main textarea").first.fill(code[0])
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert page.get_by_text("Wij hebben het voor u bewaard").count() == 0
    page.goto(f"{service.address}/termijnen")
    page.goto(address)

    assert page.get_by_text("Wij hebben het voor u bewaard").count() == 0
    page.context.close()


def test_the_text_outlives_the_page_and_goes_when_it_is_sent(service: Service):
    """The script's own: a browser by itself forgets a page that was left."""
    page = typing(service, script=True)
    page.fill("#town", "Weer ergens anders")
    page.goto(f"{service.address}/termijnen")
    page.goto(f"{service.address}/mijn/gegevens")
    assert page.input_value("#town") == "Weer ergens anders"
    assert "bewaard" in page.locator("form[action$=adres] [role=status]").inner_text()

    page.fill("#postcode", "1234 AB")
    page.fill("#telephone", "0612345678")
    send(page)
    page.goto(f"{service.address}/mijn/gegevens")

    assert page.locator("form [role=status]").count() == 0
    assert page.input_value("#town") == "Weer ergens anders"
