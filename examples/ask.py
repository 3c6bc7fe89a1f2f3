"""Asks one question in each language: `python examples/ask.py [INDEX]`."""

import sys
from pathlib import Path

from govkg.knowledge_base import KnowledgeBase
from govkg.settings import read_settings

QUESTIONS = ("业主不交物业费怎么办", "What did Singapore do about its housing estates?")


def main(index: Path) -> None:
    """Prints each summary, and below it the quotations whose numbers it carries."""
    base = KnowledgeBase.open(index, read_settings())
    for question in QUESTIONS:
        answer = base.ask(question, limit=3)
        print(f"{question}\n{answer.summary or answer.outcome}")
        for citation in answer.citations:
            if f"[{citation.n}]" in answer.summary:
                print(f"  [{citation.n}] “{citation.quote}” ({citation.document.title})")
        print()
    base.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "index"))
