"""What who hands in an application stands for (art. 5(2): truthfully), and under which wording."""

from core.web.pages import _

WORDING = "2026-1"
"""Goes into the trail of every application that is handed in on the pages; other words, another version."""


def declaration() -> str:
    """The words beside the box."""
    return _("Ik verklaar dat alles klopt en dat ik niets heb weggelaten dat van belang is.")
