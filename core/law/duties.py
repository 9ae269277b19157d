"""PURE: a duty of procedure as data: what must be kept, for whom, what tells of it and what refuses its breach.

`docs/duties.md` is made from the tables of the rooms, and a house test holds that each row has what it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.law.articles import AVG, AWB


@dataclass(frozen=True)
class Duty:
    """One duty. `told` are topics of mails, `refuses` codes of refusals, `test` the function that holds it."""

    article: str
    what: str
    bound: str
    """Who must keep it: body, panel, party, register."""
    when: str
    test: str
    told: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    track: str = "each"
    """Of which registers: each, or those of a public body (`public`) alone."""

    def law(self) -> str:
        """The article with its law, as it stands on a timeline."""
        return self.article if self.article.startswith(AVG) else f"{AWB}{self.article}"


def as_table(duties: Iterable[Duty]) -> str:
    """The rows as Markdown, in the order of the law: those of the Awb first."""
    rows = [
        (
            *(one.article, one.what, one.bound, one.track, one.when),
            *(", ".join(one.told), ", ".join(one.refuses), f"`{one.test}`"),
        )
        for one in sorted(duties, key=_place)
    ]
    head = ("article", "duty", "who", "track", "when", "told by", "refused by", "test")
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _place(one: Duty) -> tuple[bool, tuple[int, ...]]:
    numbers = one.article.removeprefix(AVG).split("(")[0].split("/")[0].split(":")
    return one.article.startswith(AVG), tuple(map(int, numbers))
