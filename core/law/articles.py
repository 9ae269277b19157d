"""PURE: on which article or regulation each term rests, for agenda, pages, letters, API and the term calculator.

The Awb binds public bodies. A private register follows it by its own regulation, and says so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from core.law.rulesets import RuleSets

PUBLIC = "penalty-payments"
"""The switch of a public body (Awb 4:17)."""
AWB = "Awb "
AVG = "AVG "
ALONE = "Awb 10:3, 10:10"
"""On which one person decides in the name of a committee, where its rules leave that to them."""
ARTICLES: Mapping[tuple[str, str], str] = {
    ("application", "decide"): "Awb 4:13",
    ("application", "penalty"): "Awb 4:18",
    ("application", "decide-anew"): "uitspraak van de kamer",
    ("application", "complete"): "Awb 4:5(1)",
    ("application", "leave-untreated"): "Awb 4:5(4)",
    ("application-doubt", "hear"): "Awb 4:7",
    ("correction", "decide"): "Awb 4:13",
    ("correction", "hear"): "Awb 4:8",
    ("measure", "hear"): "Awb 4:8",
    ("measure", "notify"): "Awb 3:41",
    ("application", "notice"): "Awb 4:17(3)",
    ("objection", "notice"): "Awb 6:12",
    ("appeal", "notice"): "Awb 6:12",
    ("reconsideration", "reconsider"): "Awb 7:11",
    ("grant-condition", "meet-condition"): "voorwaarde in het besluit",
    ("valuation-dialogue", "plan"): "reglement achteraf waarderen",
    ("name-change", "settle-name"): "registerreglement art. 5(2)",
    ("publication-objection", "settle-publication"): "AVG 12(3)",
    ("person", "open-account"): "registerreglement art. 5",
    ("course-file", "decide"): "Awb 4:13",
    ("course-file", "answer"): "Awb 4:5(1)",
    ("course-file", "pay"): "accreditatiereglement",
    ("provider-authorisation", "hear"): "Awb 4:8",
    ("provider-authorisation", "decide"): "accreditatiereglement",
    ("provider-audit", "answer"): "Awb 4:8",
    ("objection", "decide"): "Awb 7:10",
    ("objection", "repair"): "Awb 6:6",
    ("objection", "documents"): "Awb 7:4(1)",
    ("objection", "hearing"): "Awb 7:2",
    ("objection", "notify"): "Awb 7:12",
    ("objection", "decide-anew"): "Awb 7:25",
    ("objection", "penalty"): "Awb 4:17(1)",
    ("objection", "interim"): "Awb 6:16",
    ("appeal", "interim"): "Awb 6:16",
    ("appeal", "decide"): "Awb 7:24",
    ("appeal", "repair"): "Awb 6:6",
    ("appeal", "defence"): "dag die de kamer stelde",
    ("appeal", "documents"): "Awb 7:18(1)",
    ("appeal", "hearing"): "Awb 7:16",
    ("appeal", "notify"): "Awb 7:26",
    ("appeal", "penalty"): "Awb 4:17(1)",
}


REASONED = "Awb 3:46"
"""What a refusal must say why, where a register has no article of its own for it."""
OF_APPLICATIONS = frozenset({("application", "decide"), ("correction", "decide")})
"""What is decided within the term of an application."""
REASONABLE_WEEKS = 8
"""Awb 4:13(2); of a longer term the applicant must be told (4:14)."""


class Ruled(Protocol):
    """A work, as far as its rules and its day go."""

    @property
    def rules(self) -> RuleSets: ...

    @property
    def today(self) -> date: ...


def worded(article: str, *, public: bool) -> str:
    """An article as it binds: a private register follows the Awb by its own regulation."""
    return article if public or not article.startswith(AWB) else f"reglement, zoals {article}"


def to_decide(weeks: int) -> str:
    """The article of a term to decide on an application."""
    return ARTICLES["application", "decide"] if weeks <= REASONABLE_WEEKS else "Awb 4:14"


def basis(work: Ruled, register: str | None, case_kind: str, task: str) -> str:
    """What a term rests on, in the words of this register."""
    article = ARTICLES[case_kind, task]
    if register is None:
        return article
    if (case_kind, task) in OF_APPLICATIONS:
        article = to_decide(work.rules.chosen(register, work.today).terms["application-decision"].length)
    return in_register(work, register, article)


def in_register(work: Ruled, register: str, article: str) -> str:
    """An article as it binds this register."""
    if not article.startswith(AWB):
        return article
    return worded(article, public=work.rules.chosen(register, work.today).switches[PUBLIC])
