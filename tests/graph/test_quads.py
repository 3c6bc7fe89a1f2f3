import pytest

from govkg.graph import quads


def test_a_confidence_is_written_as_a_canonical_decimal() -> None:
    written = [quads.decimal(value).split('"')[1] for value in (0.5, 1.0, 0.0, 0.123456)]

    assert written == ["0.5", "1", "0", "0.1235"]


@pytest.mark.parametrize(
    ("written", "type_name"), [("2019", "gYear"), ("2019-05", "gYearMonth"), ("2019-05-01", "date")]
)
def test_a_date_has_the_type_of_its_precision(written: str, type_name: str) -> None:
    assert quads.date(written) == f'"{written}"^^<http://www.w3.org/2001/XMLSchema#{type_name}>'


def test_a_date_that_is_none_stays_a_text() -> None:
    assert quads.date("早春") == '"早春"'


def test_quotes_and_line_feeds_are_escaped() -> None:
    assert quads.text('“好”\n"ok"\\', "zh") == '"“好”\\n\\"ok\\"\\\\"@zh'


@pytest.mark.parametrize("bad", ["", "http://a/b c", "http://a/<b>", 'http://a/"'])
def test_what_is_no_iri_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        quads.iri(bad)
