from pathlib import Path

import pytest

from govkg.errors import OntologyError
from govkg.ontology.shapes import validate

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SHAPES = ONTOLOGY / "shapes.ttl"
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix gov: <https://w3id.org/govkg/def#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
WHOLE = (
    PREFIXES
    + """
<urn:d> a gov:Document ; dcterms:title "楼道议事"@zh ; dcterms:language "zh" ; gov:path "a/b.md" ;
  gov:verification "original" ;
  gov:sha256 "0000000000000000000000000000000000000000000000000000000000000000" .
<urn:s> a gov:Section ; gov:order 0 ; gov:level 1 ; dcterms:isPartOf <urn:d> .
<urn:p> a gov:Passage ; dcterms:isPartOf <urn:d> ; gov:section <urn:s> ; oa:start 0 ; oa:end 6 ;
  rdf:value "居民不参与。"@zh .
<urn:c> a gov:Claim ; rdf:subject <urn:d> ; rdf:predicate gov:states ; rdf:object <urn:x> ;
  gov:evidence <urn:e> .
<urn:e> a gov:Evidence ; oa:exact "居民不参与。"@zh ; oa:start 0 ; oa:end 6 ; gov:confidence 0.9 ;
  gov:basis "explicit" ; gov:status "diagnosis" ; gov:inPassage <urn:p> ;
  prov:wasQuotedFrom <urn:d> .
<urn:m> a gov:Mention ; oa:hasBody <urn:x> ; oa:start 0 ; oa:end 2 .
<urn:r> a gov:Practice ; skos:prefLabel "楼道议事"@zh ; gov:verification "extracted" .
<urn:k> a gov:Cause ; gov:candidate true ; skos:prefLabel "没空"@zh .
"""
)


@pytest.mark.parametrize("name", ["vocabulary.ttl", "places.ttl"])
def test_vocabulary_and_places_keep_the_shapes(name: str) -> None:
    assert validate((ONTOLOGY / name).read_text("utf-8"), SHAPES) == []


def test_one_document_alone_can_keep_the_shapes() -> None:
    assert validate(WHOLE, SHAPES) == []


@pytest.mark.parametrize(
    ("written", "instead", "focus", "message"),
    [
        (
            "gov:evidence <urn:e> .",
            'gov:role "x" .',
            "urn:c",
            "a claim has at least one piece of evidence",
        ),
        (
            "rdf:predicate gov:states",
            "rdf:predicate gov:likes",
            "urn:c",
            "the predicate of a claim is one of the closed list",
        ),
        ("rdf:subject <urn:d> ;", "", "urn:c", "a claim has one subject"),
        (
            "gov:confidence 0.9",
            "gov:confidence 1.1",
            "urn:e",
            "confidence is a decimal from 0 to 1",
        ),
        (
            "gov:confidence 0.9",
            "gov:confidence 9e-1",
            "urn:e",
            "confidence is a decimal from 0 to 1",
        ),
        (
            'gov:basis "explicit"',
            'gov:basis "hearsay"',
            "urn:e",
            "the basis is one of the closed list",
        ),
        (
            'gov:status "diagnosis"',
            'gov:status "rumour"',
            "urn:e",
            "the status is one of the closed list",
        ),
        ('oa:exact "居民不参与。"@zh ;', "", "urn:e", "evidence has its exact quotation"),
        (
            ";\n  prov:wasQuotedFrom <urn:d>",
            "",
            "urn:e",
            "evidence names the document it is quoted from",
        ),
        ("gov:inPassage <urn:p>", "gov:inPassage <urn:q>", "urn:e", "evidence names its passage"),
        (
            'dcterms:title "楼道议事"@zh ;',
            "",
            "urn:d",
            "a document has exactly one title with a language",
        ),
        (
            'dcterms:language "zh"',
            'dcterms:language "fr"',
            "urn:d",
            "the language of a document is zh or en",
        ),
        (
            'gov:path "a/b.md"',
            'gov:path "/a/b.md"',
            "urn:d",
            "the path of a document is relative to the corpus",
        ),
        (
            "oa:start 0 ; oa:end 6 ;\n  rdf",
            "oa:start 6 ; oa:end 6 ;\n  rdf",
            "urn:p",
            "a passage starts at a whole number from 0 that is below its end",
        ),
        (
            '"楼道议事"@zh ; gov:verification',
            '"楼道议事"@zh, "议事"@zh ; gov:verification',
            "urn:r",
            "a practice has a label, at most one per language",
        ),
        (
            "gov:candidate true ;",
            "gov:candidate true ; skos:inScheme <urn:i> ;",
            "urn:k",
            "a candidate is in no scheme",
        ),
    ],
)
def test_each_fault_is_found_and_nothing_else(
    written: str, instead: str, focus: str, message: str
) -> None:
    assert WHOLE.count(written) == 1
    found = validate(WHOLE.replace(written, instead), SHAPES)

    assert {(one.focus, one.message) for one in found} == {(focus, message)}
    assert all(one.message_zh for one in found)


CONCEPT = (
    PREFIXES
    + """
<urn:a> a skos:Concept ; skos:inScheme <urn:s> ; skos:notation "ca-a" ;
  skos:prefLabel "原因"@zh, "cause"@en ;
  skos:definition "使问题发生的事。"@zh, "What brings it about."@en ;
  gov:negativeLabel "原因不明"@zh .
"""
)


@pytest.mark.parametrize(
    ("written", "instead", "message", "message_zh"),
    [
        (
            ', "cause"@en',
            "",
            "a concept has one preferred label in zh and one in en",
            "概念须有中文、英文首选名称各一个",
        ),
        (
            ', "What brings it about."@en',
            "",
            "a concept has one definition in zh and one in en",
            "概念须有中文、英文定义各一条",
        ),
        (
            "原因不明",
            "原因",
            "a negative label is in zh or en and differs from the preferred one",
            "排除用语须标明 zh 或 en，且不同于首选名称",
        ),
    ],
)
def test_a_concept_needs_labels_and_definitions_in_both_languages(
    written: str, instead: str, message: str, message_zh: str
) -> None:
    assert validate(CONCEPT, SHAPES) == []
    assert CONCEPT.count(written) == 1

    found = validate(CONCEPT.replace(written, instead), SHAPES)
    assert [(one.message, one.message_zh) for one in found] == [(message, message_zh)]


def test_n_quads_are_read_as_one_graph() -> None:
    line = (
        "<urn:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/govkg/def#Claim> <urn:graph> .\n"
    )

    assert {one.path.rsplit("#")[-1] for one in validate(line, SHAPES)} == {
        "subject",
        "predicate",
        "object",
        "evidence",
    }


@pytest.mark.parametrize(
    "text", ["@prefix a: <urn:a> .\na:b a:c ;; a:d", "<urn:a> <urn:b> <urn .\n"]
)
def test_malformed_triples_are_an_error(text: str) -> None:
    with pytest.raises(OntologyError, match="not well-formed RDF"):
        validate(text, SHAPES)
