"""PURE: a duty of procedure as data: what must be kept, for whom, what tells of it and what refuses its breach.

`docs/duties.md` is made from the tables of the rooms, and a house test holds that each row has what it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass


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


def as_table(duties: Iterable[Duty]) -> str:
    """The rows as Markdown, in the order of the law."""
    rows = [
        (one.article, one.what, one.bound, one.when, ", ".join(one.told), ", ".join(one.refuses), f"`{one.test}`")
        for one in sorted(duties, key=lambda one: tuple(map(int, one.article.split("(")[0].split(":"))))
    ]
    head = ("article", "duty", "who", "when", "told by", "refused by", "test")
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
