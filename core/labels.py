"""What a page calls its fields, for the mistakes in them: a sentence names a field as the page that shows it does.

While a form is read nobody knows yet how the page will call its fields. So a sentence leaves a mark, and when the page
is drawn each mark becomes the label that stands there (`named`).
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser

_NAME, _HERE, _ELSE, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_FIRST, _THEN, _LAST = "\ue004", "\ue005", "\ue006"
# Signs of private use, which no text of ours or of anybody holds (core.signs).
_INSIDE = re.compile(f"{_NAME}(.*?){_HERE}(.*?){_ELSE}(.*?){_END}", re.DOTALL)
_BEFORE = re.compile(f'(<a href="#[^"]*">)?{_FIRST}(.*?){_THEN}(.*?){_LAST}', re.DOTALL)
_SUMMARY = re.compile(r'(id="error-summary".*?<ul>)(.*?)(\s*</ul>)', re.DOTALL)
_ITEM = re.compile(r"\s*<li>.*?</li>", re.DOTALL)
LABEL = "{label}"


def with_label(name: str, sentence: str, otherwise: str) -> str:
    """A sentence with `{label}` in it, for when the page has a label for this field; and one for when it has none."""
    return f"{_NAME}{name}{_HERE}{sentence}{_ELSE}{otherwise}{_END}"


def after_label(name: str, sentence: str) -> str:
    """A sentence that stands far from its field, with the label before it unless it says that already."""
    return f"{_FIRST}{name}{_THEN}{sentence}{_LAST}"


def named(html: str, otherwise: Callable[[str], str]) -> str:
    """The page with its own labels where marks were, and links that lead to their fields.

    `otherwise` gives the words for a field without a label, or "".
    """
    if _NAME not in html and _FIRST not in html:
        return html
    page = Labels(html)
    labels = page.found

    def inside(mark: re.Match[str]) -> str:
        said = labels.get(mark[1]) or otherwise(mark[1])
        return mark[2].replace(LABEL, said) if said else mark[3]

    def before(mark: re.Match[str]) -> str:
        link, name, sentence = mark.groups()
        said = labels.get(name) or otherwise(name)
        to = f'<a href="#{page.place(name)}">' if link else ""
        if not said or said in sentence:
            return to + sentence
        return f"{to}{said} {sentence}" if said[-1] in "?:.!" else f"{to}{said}: {sentence}"

    return _SUMMARY.sub(_once, _BEFORE.sub(before, _INSIDE.sub(inside, html)))


def _once(summary: re.Match[str]) -> str:
    """A list of mistakes without what it says already: one choice may fill two fields that nobody sees."""
    said = {re.sub(r"<[^>]+>", "", item).strip(): item for item in reversed(_ITEM.findall(summary[2]))}
    return summary[1] + "".join(reversed(said.values())) + summary[3]


class Labels(HTMLParser):
    """Reads what each field of a page is called, as it is written in HTML; of a group of choices its legend, and of an
    answer that is given back its term."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._said: dict[str, str] = {}
        self._fields: list[tuple[str, str]] = []
        """Name or id of a field, and where in `_said` its label stands."""
        self._groups: list[str] = []
        self._ids = set[str]()
        self._first: dict[str, str] = {}
        self._hears = ""
        self._aside = 0
        self._answer = ""
        self.feed(html)
        called = [(name, " ".join(self._said.get(at, "").split())) for name, at in self._fields]
        self.found = {name: said for name, said in reversed(called) if said}

    def place(self, name: str) -> str:
        """The id to which a mistake in a field leads: its own, or of several with that name the first."""
        return name if name in self._ids else self._first.get(name, name)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        kinds = given.get("class", "").split()
        self._ids |= {given["id"]} if "id" in given else set()
        self._answer = given.get("id", "") if tag == "div" else self._answer
        if tag == "span" and (self._aside or "bk-form-field__optional" in kinds):
            self._aside += 1
        elif tag == "form":
            self._said.pop("words above", None)
        elif tag == "fieldset":
            self._groups.append(f"group {len(self._fields)} {len(self._said)}")
            self._fields.append((given.get("id", ""), self._groups[-1]))
        elif tag == "br":  # a note under it
            self._hears = ""
        elif tag == "dt" and self._answer:
            self._fields.append((self._answer, f"answer {self._answer}"))
            self._hear(f"answer {self._answer}")
        elif tag == "label":
            self._hear(given.get("for", ""))
        elif tag == "legend" and self._groups:
            self._hear(self._groups[-1])
        elif tag == "p" and "bk-form-field__label" in kinds:
            self._hear("words above")
        elif tag in {"input", "select", "textarea"} and "name" in given:
            at = self._label_of(given)
            self._fields += [(given["name"], at), (given.get("id", ""), at)]

    def _label_of(self, given: dict[str, str]) -> str:
        kind, at = given.get("type", ""), given.get("id", given["name"])
        self._first.setdefault(given["name"], at)
        if kind == "hidden":  # what was chosen elsewhere, with its name above
            at = f"hidden {given['name']}"
            self._said[at] = self._said.get("words above", "")
        elif kind in {"radio", "checkbox"} and self._groups:
            return self._groups[-1]
        elif "aria-label" in given:
            self._said[at] = given["aria-label"]
        return at

    def _hear(self, at: str) -> None:
        self._hears = at
        self._said[at] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._aside:
            self._aside -= 1
        elif tag in {"label", "legend", "p", "dt"}:
            self._hears = ""
        elif tag == "fieldset" and self._groups:
            self._groups.pop()

    def handle_data(self, data: str) -> None:
        if self._hears and not self._aside:
            self._said[self._hears] += data

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")
