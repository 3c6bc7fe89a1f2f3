"""Two small documents of one practice, in Chinese and English, with what is found in them."""

from govkg.model.claim import Candidate, Claim, Evidence, Extraction, Mention, Practice
from govkg.model.document import Document, Passage, Section
from govkg.model.identifiers import DEFAULT_BASE, Minter

MINT = Minter(DEFAULT_BASE)
PROBLEM = MINT("problem", "pb-low-participation")
MEASURE = MINT("countermeasure", "cm-participatory-budget")
ACTOR = MINT("actor", "resident")
BARCELONA = MINT("place", "ES-CT-barcelona")
PRACTICE = MINT("practice", "demo-budget")
ADDRESSES = MINT("claim", MEASURE, "addresses", PROBLEM)
IMPLEMENTS = MINT("claim", PRACTICE, "implements", MEASURE)

ZH_TITLE = "巴塞罗那参与式预算"
ZH_TEXT = "巴塞罗那参与式预算\n\n居民参与度低。市里拿出钱来，由居民投票决定用途。\n"
EN_TITLE = "Participatory budgeting in Barcelona"
EN_TEXT = (
    "Participatory budgeting in Barcelona\n\n"
    'Few residents took part. The city let them vote on "small" projects.\n'
)


def chinese() -> Document:
    """The Chinese document: one heading, one passage."""
    return _document("demo-zh", "zh", ZH_TITLE, ZH_TEXT)


def english() -> Document:
    """The English document: one heading, one passage."""
    return _document("demo-en", "en", EN_TITLE, EN_TEXT)


def extraction(document: Document, confidence: float = 0.9) -> Extraction:
    """What is found in either document; the claims are the same in both."""
    passage = document.passages[0]
    subject = MINT("cause", document.key, "no time")
    return Extraction(
        document=document.iri,
        mentions=(
            Mention(BARCELONA, 0, 5),
            Mention(PROBLEM, passage.start, passage.start + 5),
        ),
        claims=(
            _claim(document, MEASURE, "addresses", PROBLEM, confidence, "diagnosis"),
            _claim(document, PRACTICE, "implements", MEASURE, confidence, "practice"),
            _claim(document, document.iri, "states", subject, 0.4, "diagnosis"),
        ),
        practices=(
            Practice(
                iri=PRACTICE,
                labels=(("en", EN_TITLE), ("zh", ZH_TITLE)),
                place=BARCELONA,
                years="2016-",
                results="居民投了票。",
                verification="verified",
            ),
        ),
        candidates=(
            Candidate(subject, "cause", "没有时间", "zh", MINT("cause", "ca-institution")),
        ),
    )


def _document(key: str, language: str, title: str, text: str) -> Document:
    start, end = len(title) + 2, len(text) - 1
    passage = Passage(
        iri=MINT("passage", key, str(start), str(end)),
        section=0,
        label="",
        start=start,
        end=end,
        text=text[start:end],
        language=language,  # type: ignore[arg-type]
    )
    return Document(
        iri=MINT("document", key),
        key=key,
        path=f"practices/{key}.md",
        title=title,
        language=language,  # type: ignore[arg-type]
        text=text,
        sections=(Section((title,), 1, 0, len(text)),),
        passages=(passage,),
        type="practice",
        issuer="编者",
        date="2024-05",
        place=BARCELONA,
        work="demo",
        front={"sources": [{"title": "City report", "date": "2017"}], "licence": "CC0-1.0"},
    )


def _claim(
    document: Document,
    subject: str,
    predicate: str,
    value: str,
    confidence: float,
    status: str,
) -> Claim:
    passage = document.passages[0]
    return Claim(
        iri=MINT("claim", subject, predicate, value),
        subject=subject,
        predicate=predicate,  # type: ignore[arg-type]
        object=value,
        evidence=(
            Evidence(
                iri=MINT("evidence", document.key, passage.text, predicate, subject, value),
                document=document.iri,
                passage=passage.iri,
                quote=passage.text,
                start=passage.start,
                end=passage.end,
                basis="explicit",
                status=status,  # type: ignore[arg-type]
                confidence=confidence,
            ),
        ),
    )
