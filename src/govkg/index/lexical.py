"""Keyword search by BM25 over ready-made terms; the only module that knows tantivy."""

import math
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import tantivy

from govkg.errors import KnowledgeBaseError

Terms = Mapping[str, float]
# The words of a passage and those of the headings above it, by language.
FIELDS = ("en", "zh", "en_title", "zh_title")
_ROW = "row"
# Terms come in ready; tantivy only has to find them again.
_TOKENIZER = "whitespace"
# Within this one writer keeps everything in one segment; about three million passages.
_WRITER_BYTES = 2_000_000_000
# BM25 sums in another order differ below this; scores are compared at this precision.
_SCORE_DIGITS = 4
# How many more are fetched so that rounding cannot lose a row at the cut.
_MARGIN = 16


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True)
    return builder.build()


def write_lexical(folder: Path, rows: Iterable[Mapping[str, Sequence[str]]]) -> int:
    """Writes a whole index, in row order with one thread, so that the same rows search the same.

    Args:
        folder: made by this, must not exist or be empty.
        rows: for each row its index terms by field; a field left out is empty.

    Returns:
        The number of rows.

    Raises:
        ValueError: an unknown field, or a term that is empty or holds white space.
    """
    folder.mkdir(parents=True, exist_ok=True)
    writer = tantivy.Index(_schema(), path=str(folder)).writer(_WRITER_BYTES, num_threads=1)
    count = 0
    for count, row in enumerate(rows, start=1):
        document = tantivy.Document()
        document.add_unsigned(_ROW, count - 1)
        for name, terms in sorted(row.items()):
            document.add_text(name, _joined(name, terms))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(".*.lock"):
        lock.unlink()
    return count


def _joined(name: str, terms: Sequence[str]) -> str:
    joined = " ".join(terms)
    if name not in FIELDS or joined.split() != list(terms):
        raise ValueError(f"unknown field, or terms with white space: {name} {joined[:80]!r}")
    return joined


class Lexical:
    """An opened index; searches may run in several threads at once."""

    def __init__(self, index: tantivy.Index) -> None:
        """Wraps an opened tantivy index; use `Lexical.open`."""
        index.config_reader(reload_policy="manual")
        self._schema = index.schema
        self._searcher = index.searcher()
        self.rows = int(self._searcher.num_docs)

    @classmethod
    def open(cls, folder: Path, *, rows: int) -> "Lexical":
        """Opens an index folder, whose SHA-256 sums must have been checked.

        Tantivy makes lock files beside the index and keeps its files mapped, so it is given a
        copy, unlinked once open: nothing is written into `folder`, which may be read-only, and
        what happens to it later does not matter.

        Raises:
            KnowledgeBaseError: missing, malformed, or not `rows` rows.
        """
        try:
            with tempfile.TemporaryDirectory(prefix="govkg-") as copy:
                shutil.copytree(folder, copy, dirs_exist_ok=True)
                lexical = cls(tantivy.Index.open(copy))
        except (OSError, ValueError, shutil.Error) as error:
            raise KnowledgeBaseError(
                f"the keyword index cannot be opened: {error}",
                where=str(folder),
                remedy="run `govkg build` again",
            ) from error
        if lexical.rows != rows:
            raise KnowledgeBaseError(
                f"{lexical.rows} rows instead of {rows}",
                where=str(folder),
                remedy="run `govkg build` again",
            )
        return lexical

    def search(self, field: str, terms: Terms, k: int) -> list[tuple[int, float]]:
        """The k rows of a field that score highest, best first; see `search_fields`."""
        return self.search_fields({field: terms}, k)

    def search_fields(self, fields: Mapping[str, Terms], k: int) -> list[tuple[int, float]]:
        """The k best rows by the weighted sum of BM25 over terms and fields, any term sufficing.

        Args:
            fields: for each field its terms and their weights, above 0.
            k: how many; fewer come back when fewer rows hold a term.

        Returns:
            Row and score, rounded to 4 decimals, best first and equal scores by row.

        Raises:
            ValueError: an unknown field, or a weight that is not above 0.
        """
        clauses = [
            (tantivy.Occur.Should, self._clause(field, term, weight))
            for field, terms in sorted(fields.items())
            for term, weight in sorted(terms.items())
        ]
        if not clauses or k < 1 or not self.rows:
            return []
        query = tantivy.Query.boolean_query(clauses)
        hits = self._searcher.search(query, min(k + _MARGIN, self.rows), count=False).hits
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in hits])
        scored = (
            (int(row), round(float(score), _SCORE_DIGITS))
            for row, (score, _) in zip(rows, hits, strict=True)
        )
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]

    def has(self, field: str, term: str) -> bool:
        """Whether any row has a term in a field."""
        return bool(self._searcher.doc_freq(field, term))

    def has_anywhere(self, term: str) -> bool:
        """Whether any row has a term, in either language, in its text or in a heading above it."""
        return any(self.has(field, term) for field in FIELDS)

    def rarity(self, field: str, term: str) -> float:
        """The inverse document frequency of a term, above 0; largest where no row holds it."""
        holding: int = self._searcher.doc_freq(field, term)
        return math.log(1 + (self.rows - holding + 0.5) / (holding + 0.5))

    def _clause(self, field: str, term: str, weight: float) -> tantivy.Query:
        if field not in FIELDS or not weight > 0:
            raise ValueError(f"unknown field or weight not above 0: {field} {term} {weight}")
        query = tantivy.Query.term_query(self._schema, field, term, "freq")
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)
