"""On which article or regulation each term rests: one table for agenda, pages, letters and API.

The Awb binds public bodies. A private register follows it by its own regulation, and says so.
"""

from collections.abc import Mapping

from core.work import Work

PUBLIC = "penalty-payments"
"""The switch of a public body (Awb 4:17)."""
AWB = "Awb "
ARTICLES: Mapping[tuple[str, str], str] = {
    ("application", "decide"): "Awb 4:13",
    ("application", "complete"): "Awb 4:5(1)",
    ("application", "leave-untreated"): "Awb 4:5(4)",
    ("correction", "decide"): "Awb 4:13",
    ("correction", "hear"): "Awb 4:8",
    ("measure", "hear"): "Awb 4:8",
    ("reconsideration", "reconsider"): "Awb 7:11",
    ("grant-condition", "meet-condition"): "voorwaarde in het besluit",
    ("valuation-dialogue", "plan"): "reglement achteraf waarderen",
    ("name-change", "settle-name"): "registerreglement art. 5(2)",
    ("person", "open-account"): "registerreglement art. 5",
    ("course-file", "decide"): "Awb 4:13",
    ("course-file", "answer"): "Awb 4:5(1)",
    ("course-file", "pay"): "accreditatiereglement",
    ("provider-authorisation", "decide"): "accreditatiereglement",
    ("provider-audit", "answer"): "Awb 4:8",
    ("objection", "decide"): "Awb 7:10",
    ("objection", "repair"): "Awb 6:6",
    ("objection", "documents"): "Awb 7:4(1)",
    ("objection", "hearing"): "Awb 7:2",
    ("objection", "notify"): "Awb 7:12",
    ("objection", "penalty"): "Awb 4:17(1)",
    ("appeal", "decide"): "Awb 7:24",
    ("appeal", "repair"): "Awb 6:6",
    ("appeal", "defence"): "dag die de kamer stelde",
    ("appeal", "documents"): "Awb 7:18(1)",
    ("appeal", "hearing"): "Awb 7:16",
    ("appeal", "notify"): "Awb 7:26",
    ("appeal", "penalty"): "Awb 4:17(1)",
}


def basis(work: Work, register: str | None, case_kind: str, task: str) -> str:
    """What a term rests on, in the words of this register."""
    article = ARTICLES[case_kind, task]
    if register is None or not article.startswith(AWB):
        return article
    public = work.rules.chosen(register, work.today).switches[PUBLIC]
    return article if public else f"reglement, zoals {article}"
