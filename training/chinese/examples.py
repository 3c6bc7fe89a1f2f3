"""Examples that give our vocabulary its place: labels in the frames of questions, zh and en.

A text of an example may be mixed: a Chinese frame round an English label teaches what Latin words
mean among Chinese ones.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.chinese.pairs import Pair

from govkg.ontology.labels import Label, objects_of, preferred, read_labels
from govkg.ontology.loading import load_ontology
from govkg.ontology.namespaces import SKOS

_SEED = 30
# How people ask and write about a subject; the first stands for the subject alone.
FRAMES = (
    ("{}", "{}"),
    ("{}怎么办？", "What should be done about {}?"),
    ("怎样解决{}的问题", "How to solve the problem of {}"),
    ("如何加强{}？", "How to strengthen {}?"),
    ("{}存在哪些问题？", "What are the problems with {}?"),
    ("{}的原因是什么？", "What are the causes of {}?"),
    ("为什么会出现{}？", "Why does {} happen?"),
    ("{}有什么好的经验做法？", "What are good practices in {}?"),
    ("国外怎么做{}？", "How is {} done in other countries?"),
    ("{}由谁负责？", "Who is responsible for {}?"),
    ("{}有什么规定和要求？", "What are the rules and requirements for {}?"),
    ("有哪些推进{}的措施？", "What measures promote {}?"),
    ("什么是{}？", "What is {}?"),
    ("{}的效果怎么样？", "What are the results of {}?"),
    ("关于{}的意见", "opinions on {}"),
    ("{}能不能管？", "Can {} be controlled?"),
)
PLACE_FRAMES = (
    ("{}", "{}"),
    ("{}是怎么做的？", "How is it done in {}?"),
    ("{}的社区治理经验", "community governance experience in {}"),
)
_COUPLES = (("{}和{}", "{} and {}"), ("{}对{}的影响", "the influence of {} on {}"))
_FRAMES_OF_A_LABEL = 8
_COUPLES_OF_A_LABEL = 4


class Ontology:
    """The labels and definitions of the concepts and places, by thing."""

    def __init__(self, root: Path) -> None:
        """Reads the Turtle files of the project."""
        store = load_ontology(root / "ontology").store
        named = read_labels(store)
        self.concepts = [
            named[iri] for iri in sorted(objects_of(store, f"{SKOS}inScheme")) if iri in named
        ]
        concepts = set(objects_of(store, f"{SKOS}inScheme"))
        self.places = [named[iri] for iri in sorted(named) if iri not in concepts]
        self.definitions = [
            Pair("definition", zh, en)
            for values in objects_of(store, f"{SKOS}definition").values()
            for zh in [v.value for v in values if getattr(v, "language", None) == "zh"]
            for en in [v.value for v in values if getattr(v, "language", None) == "en"]
        ]

    def wordings(self, language: str) -> list[str]:
        """All wordings of the concepts in a language, each once, sorted."""
        return sorted({label.text for one in self.concepts for label in worded(one, language)})


def worded(labels: Iterable[Label], language: str) -> list[Label]:
    """The labels of a language that name the thing."""
    return [one for one in labels if one.language == language and one.kind != "negative"]


def label_examples(ontology: Ontology) -> list[Pair]:
    """Every wording of a concept in frames of questions, beside an English wording of it.

    A wording meets the preferred English label and the others by turns; couples of concepts
    follow, and English wordings by themselves and in Chinese frames.
    """
    draw = random.Random(_SEED)  # noqa: S311 - a draw that can be repeated
    found: list[Pair] = []
    for labels in ontology.concepts:
        english = [label.text for label in worded(labels, "en")]
        best = preferred(labels, "en")
        for label in worded(labels, "zh"):
            frames = [FRAMES[0], *draw.sample(FRAMES[1:], _FRAMES_OF_A_LABEL)]
            for n, frame in enumerate(frames):
                found.append(
                    framed(label.text, best if n % 2 == 0 else draw.choice(english), frame)
                )
            for _ in range(_COUPLES_OF_A_LABEL):
                other = draw.choice(ontology.concepts)
                zh, en = draw.choice(_COUPLES)
                second = draw.choice(worded(other, "zh")).text
                found.append(
                    Pair(
                        "couple",
                        zh.format(label.text, second),
                        en.format(_low(best), _low(preferred(other, "en"))),
                    )
                )
        for text in english:
            found.append(Pair("mixed", text, _low(text)))
            found += [framed(text, text, frame) for frame in draw.sample(FRAMES[1:], 2)]
    return found


def place_examples(ontology: Ontology) -> list[Pair]:
    """The names of places, in frames."""
    return [
        framed(label.text, preferred(labels, "en"), frame)
        for labels in ontology.places
        for label in worded(labels, "zh")
        for frame in PLACE_FRAMES
        if preferred(labels, "en")
    ]


def framed(zh: str, en: str, frame: tuple[str, str]) -> Pair:
    """Both wordings in the two versions of a frame."""
    return Pair("label", frame[0].format(zh), frame[1].format(_low(en)))


def _low(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and not first[1:].islower() else text[0].lower() + text[1:]


def latin_examples(words: Sequence[str]) -> list[Pair]:
    """A Latin word by itself means what the teacher takes it for."""
    return [Pair("latin", word, word) for word in words]
