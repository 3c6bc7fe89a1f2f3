"""Over a whole corpus: a reprint adds places and no source, and the same build comes of it."""

import shutil

from govkg.knowledge_base import KnowledgeBase
from tests.conftest import Built
from tests.house import build, edit, settings_for, version

HEAD = "---\nid: a-reprint\ntitle: 转载\nlanguage: zh\ntype: regulation\n---\n"
GOV = "https://w3id.org/govkg/def#"


def corroborations(built: Built) -> dict[str, tuple[int, int]]:
    """Statements and independent documents of each claim."""
    found: dict[str, dict[str, int]] = {}
    for line in (version(built.index) / "graph.nq").read_text("utf-8").splitlines():
        subject, predicate, *rest = line.split(" ")
        for name in ("statementCount", "corroboration"):
            if predicate == f"<{GOV}{name}>":
                found.setdefault(subject, {})[name] = int(rest[0].split('"')[1])
    return {one: (n["statementCount"], n["corroboration"]) for one, n in found.items()}


def test_a_reprint_changes_no_count_and_is_listed_beside_what_it_repeats(copy: Built) -> None:
    before = corroborations(copy)
    reprint = copy.corpus / "reprint.md"
    shutil.copy(copy.corpus / "sh-property-reg-zh.md", reprint)
    edit(reprint, lambda text: HEAD + text.split("\n---\n", 1)[1])

    made = build(copy.corpus, copy.index)

    after = corroborations(copy)
    assert {one: after[one] for one in before} == before
    base = KnowledgeBase.open(copy.index, settings_for(copy.index))
    try:
        hits = base.search("上海市住宅物业管理规定 业主委员会", limit=50).items
    finally:
        base.close()
    path = {document.iri: document.path for document in base.corpus.documents}
    places = [
        {hit["path"], *(path[again["document"]] for again in hit["duplicates"])}
        for hit in hits
        if hit["path"] in {"reprint.md", "sh-property-reg-zh.md"}
    ]
    assert len(places) >= 2
    assert all(found == {"reprint.md", "sh-property-reg-zh.md"} for found in places)
    assert build(copy.corpus, copy.index, full=True).build == made.build


def test_versions_of_a_work_bear_nothing_out_for_each_other(base: KnowledgeBase) -> None:
    documents = {document.path: document.iri for document in base.corpus.documents}

    for name in ("sh-property-reg", "beijing-whistle", "singapore-town-councils"):
        sources = {base.graph.source_of(documents[f"{name}-{x}.md"]) for x in ("en", "zh")}
        assert sources == {documents[f"{name}-en.md"]}
    alone = documents["hk-owners-corporations-zh.md"]
    assert base.graph.source_of(alone) == alone
