from dataclasses import replace
from time import perf_counter

import pyoxigraph as ox

from govkg.graph.build import catalogue_quads, document_quads, provenance_quads, version_iri
from govkg.model.claim import Extraction
from govkg.model.document import Document, Passage, Section
from govkg.model.identifiers import DEFAULT_BASE
from govkg.ontology.namespaces import GOV, TERMS
from tests.graph import two_documents as two

NOTHING = Extraction(document="")


def _written(document: Document) -> list[str]:
    return document_quads(document, two.extraction(document), DEFAULT_BASE)


def _parse(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))


def _ask(lines: list[str], where: str) -> list[str]:
    """The `?x` of a pattern over the lines, sorted."""
    store = ox.Store()
    store.bulk_load(input="\n".join(lines), format=ox.RdfFormat.N_QUADS)
    prefixes = (
        "PREFIX gov: <https://w3id.org/govkg/def#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> "
        "PREFIX eli: <http://data.europa.eu/eli/ontology#> "
    )
    rows = store.query(
        f"{prefixes} SELECT DISTINCT ?x WHERE {{ {where} }}", use_default_graph_as_union=True
    )
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(str(row["x"]) for row in rows)


def test_lines_are_sorted_unique_well_formed_and_all_in_the_graph_of_the_version() -> None:
    document = two.chinese()
    lines = _written(document)
    quads = _parse(lines)

    assert lines == sorted(set(lines))
    assert len(quads) == len(lines)
    assert {str(quad.graph_name) for quad in quads} == {f"<{version_iri(document, DEFAULT_BASE)}>"}


def test_nothing_is_a_blank_node() -> None:
    terms = [term for quad in _parse(_written(two.english())) for term in quad.triple]

    assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_the_same_document_gives_the_same_lines_again() -> None:
    assert _written(two.english()) == _written(two.english())


def test_a_line_is_what_the_store_would_write() -> None:
    lines = _written(two.english())
    store = ox.Store()
    store.extend(_parse(lines))

    assert sorted(f"{quad} ." for quad in store) == lines


def test_a_passage_keeps_its_text_language_offsets_and_section() -> None:
    lines = _written(two.english())

    assert _ask(lines, "?p a gov:Passage ; rdf:value ?x") == [
        '"Few residents took part. The city let them vote on \\"small\\" projects."@en'
    ]
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert _ask(lines, "?p a gov:Passage ; oa:start ?x") == [f'"38"{integer}']
    assert _ask(lines, "?p a gov:Passage ; gov:section/dcterms:title ?x") == [
        '"Participatory budgeting in Barcelona"@en'
    ]


def test_a_document_says_what_is_known_of_it() -> None:
    lines = _written(two.chinese())

    assert _ask(lines, "?d a gov:Document ; dcterms:title ?x") == ['"巴塞罗那参与式预算"@zh']
    assert _ask(lines, "?d a gov:Document ; gov:issuer ?x") == ['"编者"@zh']
    assert _ask(lines, "?d a gov:Document ; dcterms:issued ?x") == [
        '"2024-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    ]
    assert _ask(lines, "?d a gov:Document ; dcterms:source ?x") == ['"City report, 2017"']
    assert _ask(lines, "?d a gov:Document ; gov:locatedIn ?x") == [f"<{two.BARCELONA}>"]


def test_language_versions_share_one_work() -> None:
    works = [
        _ask(_written(one), "?d a gov:Document ; dcterms:isVersionOf ?x")
        for one in (two.chinese(), two.english())
    ]

    assert works[0] == works[1] == [f"<{two.MINT('work', 'demo')}>"]


def test_the_number_of_a_law_is_an_eli_number_too_and_that_of_a_case_is_not() -> None:
    law = replace(two.chinese(), type="law", number="国发〔2020〕1号")
    case = replace(two.chinese(), type="case", number="（2020）民终1号")

    for document, expected in ((law, ['"国发〔2020〕1号"']), (case, [])):
        lines = document_quads(document, NOTHING, DEFAULT_BASE)
        assert _ask(lines, "?d eli:id_local ?x") == expected
        assert len(_ask(lines, "?d gov:documentNumber ?x")) == 1


def test_evidence_quotes_with_its_own_language_offsets_and_confidence() -> None:
    lines = _written(two.chinese())
    where = f"<{two.ADDRESSES}> gov:evidence ?e ."

    assert _ask(lines, f"{where} ?e oa:exact ?x") == [
        '"居民参与度低。市里拿出钱来，由居民投票决定用途。"@zh'
    ]
    assert _ask(lines, f"{where} ?e gov:confidence ?x") == [
        '"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    ]
    assert _ask(lines, f"{where} ?e prov:wasQuotedFrom ?x") == [f"<{two.chinese().iri}>"]
    assert _ask(lines, f"<{two.ADDRESSES}> gov:confidence ?x") == []


def test_a_mention_in_a_heading_is_in_no_passage() -> None:
    lines = _written(two.chinese())

    assert _ask(lines, "?m a gov:Mention ; oa:hasBody ?x") == sorted(
        [f"<{two.BARCELONA}>", f"<{two.PROBLEM}>"]
    )
    assert _ask(lines, "?m gov:inPassage ?p ; oa:hasBody ?x") == [f"<{two.PROBLEM}>"]


def test_a_practice_has_its_labels_place_and_results() -> None:
    lines = _written(two.chinese())

    assert _ask(lines, f"<{two.PRACTICE}> skos:prefLabel ?x") == [
        '"Participatory budgeting in Barcelona"@en',
        '"巴塞罗那参与式预算"@zh',
    ]
    assert _ask(lines, f"<{two.PRACTICE}> gov:results ?x") == ['"居民投了票。"@zh']
    assert _ask(lines, f"<{two.PRACTICE}> gov:verification ?x") == ['"verified"']


def test_a_candidate_is_marked_and_matched_and_in_no_scheme() -> None:
    lines = _written(two.chinese())

    assert _ask(lines, "?c a gov:Cause ; gov:candidate true ; skos:prefLabel ?x") == [
        '"没有时间"@zh'
    ]
    assert _ask(lines, "?c gov:candidate true ; skos:broadMatch ?x") == [
        f"<{two.MINT('cause', 'ca-institution')}>"
    ]
    assert _ask(lines, "?c skos:inScheme ?x") == []


def test_only_terms_of_our_own_that_are_defined_are_written() -> None:
    terms = {
        term.value.removeprefix(GOV)
        for quad in _parse(_written(two.chinese()))
        for term in quad.triple
        if isinstance(term, ox.NamedNode) and term.value.startswith(GOV)
    }

    assert terms <= TERMS


def test_unusual_line_breaks_do_not_break_a_line() -> None:
    odd = replace(two.chinese(), front={"sources": ["a\u2028b\x85c\nd"]})
    lines = document_quads(odd, NOTHING, DEFAULT_BASE)

    assert "\n".join(lines).splitlines() == lines
    assert _ask(lines, "?d dcterms:source ?x") == ['"a\u2028b\x85c\\nd"']


def test_the_catalogue_lists_each_kept_text_with_its_licence() -> None:
    lines = catalogue_quads([two.chinese(), two.english()], DEFAULT_BASE)

    assert lines == sorted(lines)
    assert _ask(lines, "?set a dcat:Dataset ; dcat:distribution ?x") == sorted(
        f"<{version_iri(one, DEFAULT_BASE)}>" for one in (two.chinese(), two.english())
    )
    assert _ask(lines, "?version dcterms:license ?x") == ['"CC0-1.0"']


def test_provenance_has_what_was_used_and_no_time() -> None:
    lines = provenance_quads({"encoder": "hashing-64", "code": "0.1.0"}, DEFAULT_BASE)

    assert lines == provenance_quads({"code": "0.1.0", "encoder": "hashing-64"}, DEFAULT_BASE)
    assert _ask(lines, "?a a prov:Activity ; prov:used/dcterms:identifier ?x") == [
        '"0.1.0"',
        '"hashing-64"',
    ]
    assert "dateTime" not in "".join(lines)


def test_thousands_of_passages_and_claims_are_written_within_two_seconds() -> None:
    document = _long_document(passages=4_500)
    claim = two.extraction(document).claims[0]
    claims = tuple(
        replace(
            claim,
            iri=f"{claim.iri}{i}",
            evidence=(replace(claim.evidence[0], iri=f"{two.PRACTICE}e{i}"),),
        )
        for i in range(5_000)
    )
    found = Extraction(document=document.iri, claims=claims)

    started = perf_counter()
    lines = document_quads(document, found, DEFAULT_BASE)

    assert perf_counter() - started < 2
    assert len(lines) > 100_000


def _long_document(passages: int) -> Document:
    sentence = "居民议事会每月开一次，商量公共收益怎么用。"
    text = sentence * passages
    return replace(
        two.chinese(),
        text=text,
        sections=(Section((), 0, 0, len(text)),),
        passages=tuple(
            Passage(f"{two.PRACTICE}p{i}", 0, "", start, start + len(sentence), sentence, "zh")
            for i, start in enumerate(range(0, len(text), len(sentence)))
        ),
    )
