"""What a law lays down as claims: the measures it states and the problems that they answer.

A law states no problem. Where a remedy or a prohibition names the breach that it is for, in the
words of `breaches` or near enough to a concept, its measure addresses that problem. A measure that
fits no concept becomes a candidate.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from govkg.extract.articles import read_articles
from govkg.extract.breaches import breaches
from govkg.extract.linking import Link, Linker
from govkg.extract.norm_labels import measure_label, verb_phrase
from govkg.extract.norms import Norm, read_norms
from govkg.extract.relations import Relation
from govkg.extract.statements import Statement
from govkg.model.claim import Candidate, Predicate
from govkg.model.document import Document
from govkg.model.identifiers import Minter
from govkg.ontology.vocabulary import Vocabulary

# How sure it is that a breach worded like this is the problem, and that words which the linker
# takes for a concept are. A quotation without the consequence shows less.
_WORDED, _LINKED, _APART = 0.85, 0.9, 0.7
# A problem or measure that is not worded plainly must be likely both in its own part of the
# sentence and in the whole of it.
_LIKELY, _EACH = 0.75, 0.5
# A measure that editors mean for this very problem may be said in weaker words.
_MEANT = 0.35
_STATED, _CANDIDATE = 0.85, 0.6
# A law's own subject is named in every article, which makes no article a measure.
_SUBJECT = 0.3
_MOST_PROBLEMS = 2
# A law on a measure names it in every article: so many of them, the likeliest, are its evidence.
_MOST_DUTIES, _MOST_OF_SUBJECT = 5, 3
_OWNED = re.compile(
    r"物业|业主|业委会|物管会|维修资金|區分所有|区分所有|公寓|\bowners?\b|condominium|"
    r"property manage",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"[《》]|\(summary\)|内容摘要|简介")
# What courts, mediators and authorities do about a breach, in the words of laws.
MEASURES: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    (
        "cm-fee-collection",
        frozenset({"pb-fee-arrears"}),
        re.compile(
            r"督促|催(?:告|交|缴|收)|起诉|诉讼|仲裁|支付令|滞纳金|违约金|命(?:其|他)?(?:给付|支付)|"
            r"(?:urg|demand|sue|court|arbitrat|interest|recover|order)\w*",
            re.IGNORECASE,
        ),
    ),
    (
        "cm-mediation",
        frozenset(
            {"pb-disputes", "pb-property-conflict", "pb-no-dispute-mechanism", "pb-elevator"}
        ),
        re.compile(r"调解|调处|仲裁|\bmediat\w+|\barbitrat\w+", re.IGNORECASE),
    ),
    (
        "cm-enforcement",
        frozenset(
            {
                "pb-illegal-construction",
                "pb-parking",
                "pb-safety",
                "pb-e-bike",
                "pb-pets",
                "pb-group-renting",
            }
        ),
        re.compile(
            r"由[^，。；]{2,60}(?:部门|机关|机构|执法|公安)[^，。；]{0,40}(?:责令|处|给予|拆除|没收|警告|罚)|"
            r"主管机关[^。；]{0,20}处[^。；]{0,20}罚|"
            r"authorit\w+[^.;]{0,120}\b(?:fine|penal|order|demolish)\w*",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class LaidDown:
    """The claims of a law and the candidates among them."""

    relations: tuple[Relation, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a norm lays down: the IRI of a concept or of a candidate, and how sure that is."""

    iri: str
    confidence: float
    candidate: Candidate | None = None


def laid_down(
    document: Document, linker: Linker, vocabulary: Vocabulary, minter: Minter
) -> LaidDown:
    """The measures of a law's articles and what they address, in the order of the articles."""
    norms = [norm for article in read_articles(document) for norm in read_norms(article)]
    reading = _Reading(document, vocabulary, minter, _subjects(document, linker))
    relations: list[Relation] = []
    candidates: dict[str, Candidate] = {}
    for language in ("zh", "en"):
        own = [norm for norm in norms if norm.language == language]
        parts = [
            part
            for norm in own
            for part in (norm.condition, verb_phrase(norm), norm.condition + " " + norm.consequence)
        ]
        links = linker.link([part or "-" for part in parts], language)
        for number, norm in enumerate(own):
            found = reading.claims(norm, *(_scores(x) for x in links[3 * number : 3 * number + 3]))
            relations += found.relations
            candidates |= {one.iri: one for one in found.candidates}
    return LaidDown(tuple(relations) + reading.likeliest_duties(), tuple(candidates.values()))


def _subjects(document: Document, linker: Linker) -> frozenset[str]:
    """The concepts that the document's own title names."""
    title = _QUOTES.sub("", document.title)
    links = linker.link([title], document.language)[0]
    return frozenset(link.concept for link in links if link.score >= _SUBJECT)


def _scores(links: Iterable[Link]) -> Mapping[str, Link]:
    return {link.concept: link for link in links}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all norms of one document are read with; `subjects` are concepts of its title."""

    document: Document
    vocabulary: Vocabulary
    minter: Minter
    subjects: frozenset[str]
    duties: dict[str, list[Relation]] = field(default_factory=dict)

    def likeliest_duties(self) -> tuple[Relation, ...]:
        """Of the duties that state a measure the likeliest few, measure by measure."""
        found: list[Relation] = []
        for iri, relations in sorted(self.duties.items()):
            most = _MOST_OF_SUBJECT if iri in self.subjects else _MOST_DUTIES
            ordered = sorted(relations, key=lambda one: (-one.confidence, one.statement.start))
            found += ordered[:most]
        return tuple(found)

    def claims(
        self,
        norm: Norm,
        case: Mapping[str, Link],
        action: Mapping[str, Link],
        whole: Mapping[str, Link],
    ) -> LaidDown:
        """The claims of one norm, from the links of its case, of what is done, and of both."""
        if norm.kind == "duty":
            return self._duty(norm, action, whole)
        problems = self._problems(norm, case, whole)
        if not problems:
            return self._duty(norm, action, whole) if norm.kind == "remedy" else LaidDown()
        measure = self._measure(norm, [iri for iri, _ in problems], action, whole)
        statement = self._statement(norm)
        share = 1.0 if norm.whole else _APART
        relations = [self._relation("states", measure.iri, statement, measure.confidence * share)]
        for problem, sure in problems:
            # That a candidate is a measure of its own is no doubt about what it addresses.
            joint = sure if measure.candidate else min(sure, measure.confidence)
            relations.append(
                self._relation("addresses", problem, statement, joint * share, measure.iri)
            )
        return LaidDown(tuple(relations), (measure.candidate,) if measure.candidate else ())

    def _duty(self, norm: Norm, action: Mapping[str, Link], whole: Mapping[str, Link]) -> LaidDown:
        best = self._likeliest(norm, action, whole)
        if best is not None and norm.whole:
            iri, score = best
            relation = self._relation("states", iri, self._statement(norm), _STATED * score)
            self.duties.setdefault(iri, []).append(relation)
        return LaidDown()

    def _problems(
        self, norm: Norm, case: Mapping[str, Link], whole: Mapping[str, Link]
    ) -> list[tuple[str, float]]:
        """The problems that a case names, surest first."""
        named = breaches(norm.condition, norm.language)
        worded = [iri for name in named if (iri := self._iri(name))]
        if worded or norm.kind == "prohibition":
            return [(iri, _WORDED) for iri in worded[:_MOST_PROBLEMS]]
        likely = [
            ((case[iri].score + whole[iri].score) / 2, iri)
            for iri in sorted(set(case) & set(whole) - self.subjects)
            if case[iri].kind == "problem" and min(case[iri].score, whole[iri].score) >= _EACH
        ]
        score, iri = max(likely, default=(0.0, ""))
        return [(iri, _LINKED * score)] if score >= _LIKELY else []

    def _measure(
        self,
        norm: Norm,
        problems: Sequence[str],
        action: Mapping[str, Link],
        whole: Mapping[str, Link],
    ) -> _Measure:
        """The concept that a norm's measure fits, else a candidate in its own words."""
        notations = {one.notation for iri in problems if (one := self.vocabulary.get(iri))}
        if norm.kind == "remedy":
            for notation, answered, wording in MEASURES:
                iri = self._iri(notation) if notations & answered else ""
                if iri and wording.search(norm.consequence):
                    return _Measure(iri, _WORDED)
            meant = self._meant(problems, action, whole)
            if meant:
                return meant
            best = self._likeliest(norm, action, whole)
            if best and best[0] not in self.subjects:
                return _Measure(best[0], _LINKED * best[1])
        quote = self.document.text[norm.start : norm.end]
        iri = self.minter("countermeasure", self.document.key, quote)
        label = measure_label(norm)
        return _Measure(iri, _CANDIDATE, Candidate(iri, "countermeasure", label, norm.language))

    def _meant(
        self, problems: Sequence[str], action: Mapping[str, Link], whole: Mapping[str, Link]
    ) -> _Measure | None:
        """The likeliest measure that editors mean for one of the problems."""
        found = [
            ((action[iri].score + whole[iri].score) / 2, iri)
            for iri in sorted(set(action) & set(whole))
            if (concept := self.vocabulary.get(iri))
            and set(concept.intended_for) & set(problems)
            and min(action[iri].score, whole[iri].score) >= _MEANT
        ]
        score, iri = max(found, default=(0.0, ""))
        return _Measure(iri, _LINKED * max(score, _LIKELY)) if score >= _EACH else None

    def _likeliest(
        self, norm: Norm, action: Mapping[str, Link], whole: Mapping[str, Link]
    ) -> tuple[str, float] | None:
        """The likeliest measure of what is done, with its chance; of owners only among owners."""
        owned = _OWNED.search(norm.provision.text + self.document.title) is not None
        likely = [
            ((action[iri].score + whole[iri].score) / 2, iri)
            for iri in sorted(set(action) & set(whole))
            if action[iri].kind == "countermeasure"
            and min(action[iri].score, whole[iri].score) >= _EACH
            and (owned or not self._for_owners(iri))
        ]
        score, iri = max(likely, default=(0.0, ""))
        return (iri, score) if score >= _LIKELY else None

    def _for_owners(self, iri: str) -> bool:
        """Whether a measure's labels speak of property that is managed for its owners."""
        concept = self.vocabulary.get(iri)
        labels = [x.text for x in concept.labels if x.language == "zh"] if concept else []
        named = [text for text in labels if _OWNED.search(text)]
        return bool(concept and _OWNED.search(concept.pref("zh"))) or 3 * len(named) > len(labels)

    def _iri(self, notation: str) -> str:
        """The concept's IRI; empty where a vocabulary of other concepts is in use."""
        concept = self.vocabulary.by_notation(notation)
        return concept.iri if concept else ""

    def _statement(self, norm: Norm) -> Statement:
        text = self.document.text[norm.start : norm.end]
        return Statement(norm.provision.passage, norm.start, norm.end, text, "other", ())

    def _relation(
        self, predicate: Predicate, value: str, statement: Statement, sure: float, subject: str = ""
    ) -> Relation:
        return Relation(
            subject or self.document.iri,
            predicate,
            value,
            statement,
            "explicit",
            "norm",
            round(sure, 2),
        )
