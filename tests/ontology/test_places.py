from collections import Counter, defaultdict
from pathlib import Path

import pytest

from govkg.model.identifiers import Minter
from govkg.ontology.loading import load_ontology
from govkg.ontology.places import Places, read_places
from govkg.text.labels import LabelMatcher

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def places() -> Places:
    return read_places(load_ontology(ONTOLOGY).store)


def _codes(places: Places, text: str) -> list[str]:
    matcher = LabelMatcher((x.text, place.iri) for place in places.places for x in place.labels)
    found = [places.get(match.targets[0]) for match in matcher.find(text)]
    return [place.code for place in found if place]


def test_all_countries_provinces_and_prefecture_level_cities_are_there(places: Places) -> None:
    kinds = Counter(place.kind for place in places.places)
    chinese = [place for place in places.places if place.country == "CN"]

    # 249 codes of ISO 3166-1 less Hong Kong, Macao and Taiwan, which are regions here.
    assert kinds["country"] == 246
    assert sum(place.kind == "region" for place in chinese) == 34
    assert sum(place.kind == "city" and place.code.isdigit() for place in chinese) == 293


def test_every_place_is_named_in_both_languages(places: Places) -> None:
    for place in places.places:
        assert [x.language for x in place.labels if x.kind == "pref"] == ["zh", "en"], place.code


def test_no_two_places_share_a_label(places: Places) -> None:
    holders = defaultdict(set)
    for place in places.places:
        for label in place.labels:
            holders[label.text.casefold()].add(place.code)

    assert {label: codes for label, codes in holders.items() if len(codes) > 1} == {}


def test_iri_region_and_parent_agree(places: Places) -> None:
    mint = Minter()

    for place in places.places:
        parent = places.get(place.parent)
        assert place.iri == mint("place", place.code)
        assert (parent is None) == (place.kind == "country"), place.code
        assert parent is None or parent.country == place.country, place.code
        assert parent is None or parent.region in {"", place.region}, place.code


def test_a_city_reads_as_it_is_written(places: Places) -> None:
    city = places.by_code("330200")

    assert city is not None
    assert (city.pref("zh"), city.pref("en"), city.kind) == ("宁波市", "Ningbo", "city")
    assert (city.country, city.region) == ("CN", "CN-ZJ")
    assert city.parent == Minter()("place", "CN-ZJ")


@pytest.mark.parametrize(
    ("code", "home", "expected"),
    [
        ("330200", "CN", "domestic"),
        ("CN", "CN", "domestic"),
        ("SG", "CN", "overseas"),
        ("CN-HK", "CN", "overseas"),
        ("CN-MO", "CN", "overseas"),
        ("CN-TW-taipei", "CN", "overseas"),
        ("SG", "SG", "domestic"),
        ("CN-HK", "CN-HK", "domestic"),
    ],
)
def test_the_setting_depends_on_place_and_home(
    places: Places, code: str, home: str, expected: str
) -> None:
    place = places.by_code(code)

    assert place is not None
    assert places.setting(place.iri, home) == expected


def test_the_setting_of_an_unknown_place_is_empty(places: Places) -> None:
    assert places.setting("") == ""
    assert places.setting("urn:nowhere") == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("成都、重庆与香港", ["510100", "CN-CQ", "CN-HK"]),
        ("英国、美国和韩国", ["GB", "US", "KR"]),
        ("吉林省的吉林市", ["CN-JL", "220200"]),
        ("the UK, the US and South Korea", ["GB", "US", "KR"]),
        ("Suzhou, Jiangsu", ["320500"]),
        ("New York City and New York State", ["US-NY-new-york-city", "US-NY"]),
    ],
)
def test_places_are_found_by_their_names(places: Places, text: str, codes: list[str]) -> None:
    assert _codes(places, text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "确保定期沟通化解矛盾，推广安全的重大理论",
        "沿海地区增加纳税，创新乡村治理",
        "长治久安、天下大同，农村中卫生所四平方米",
        "朝阳区的居民",
        "It is up to us to make the chosen few happy.",
    ],
)
def test_everyday_words_are_no_places(places: Places, text: str) -> None:
    assert _codes(places, text) == []


def test_no_label_begins_or_ends_with_a_blank(places: Places) -> None:
    labels = [label.text for place in places.places for label in place.labels]

    assert [label for label in labels if label != label.strip()] == []
