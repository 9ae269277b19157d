"""A walk along every kind of page that links lead to, and along every form sent in with nothing filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

NAMED = re.compile(
    r"(?<=/)([0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9][0-9A-Za-z]*|[A-Z0-9]{4,}(-[A-Z0-9]+)*)(?=/|$)"
)
LEAVES = ("/uitloggen", "/taal/", "/v1/", "/static/")
REQUIRED = "form[method=post]:has([required]:not([type=hidden]))"
ACTIONS = "forms => forms.map(one => one.getAttribute('action') || location.pathname)"
EMPTIED = """form => {
  form.noValidate = true
  for (const one of form.elements) {
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false
    else if (one.tagName === 'SELECT') one.selectedIndex = -1
    else if (one.type !== 'hidden' && one.tagName !== 'BUTTON') one.value = ''
  }
  const button = form.querySelector('button:not([type=button])')
  button ? button.click() : form.submit()
}"""


def kind_of(path: str) -> str:
    """The page without whom or what it is about."""
    return NAMED.sub("…", urlsplit(path).path) or "/"


@dataclass
class Walk:
    """One visitor, who looks at each kind of page once."""

    address: str
    page: Any
    seen: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def along(self, *begin: str) -> Iterator[str]:
        """Go from link to link; yields the kind of the page that now stands in the browser."""
        ahead = [urljoin(self.address, path) for path in begin]
        while ahead:
            address = ahead.pop(0)
            kind = kind_of(address)
            if kind in self.seen or not self._goes_to(address):
                continue
            self.seen.add(kind)
            if not self._open(address):
                continue
            ahead += self.page.eval_on_selector_all("a[href]:not([download])", "links => links.map(one => one.href)")
            forms = self._forms()
            yield kind
            for action in forms:
                if kind_of(action) not in self.sent:
                    self.sent.add(kind_of(action))
                    if self._send_empty(address, action):
                        yield f"{kind} (niets ingevuld bij {kind_of(action)})"

    def _goes_to(self, address: str) -> bool:
        parts = urlsplit(address)
        return address.startswith(self.address) and not any(parts.path.startswith(each) for each in LEAVES)

    def _open(self, address: str) -> bool:
        """False for a file."""
        try:
            answer = self.page.goto(address)
        except Exception as error:  # Chromium calls a file that it keeps an aborted navigation
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return False
            raise
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return False
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {kind_of(address)}")
        return True

    def _forms(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            REQUIRED, "forms => forms.map(one => one.getAttribute('action') || location.pathname)"
        )
        return list(dict.fromkeys(found))

    def _send_empty(self, address: str, action: str) -> bool:
        """Send a form in with nothing in it; True when its errors now stand in the browser."""
        if self.page.url != address and not self._open(address):
            return False
        form = self.page.locator(REQUIRED)
        for at in range(form.count()):
            if (form.nth(at).get_attribute("action") or urlsplit(address).path) == action:
                with self.page.expect_navigation() as going:
                    form.nth(at).evaluate(EMPTIED)
                return bool(going.value and going.value.status in (400, 401, 403, 409, 422))
        return False
