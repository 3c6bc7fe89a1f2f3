import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from govkg.model.identifiers import Minter
from govkg.ontology.loading import load_ontology
from govkg.ontology.places import Places, read_places
from govkg.ontology.shapes import validate
from govkg.text.labels import LabelMatcher

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def places() -> Places:
    return read_places(load_ontology(ONTOLOGY).store)


def _codes(places: Places, text: str) -> list[str]:
    matcher = LabelMatcher((x.text, place.iri) for place in places.places for x in place.labels)
    found = [places.get(match.targets[0]) for match in matcher.find(text)]
    return [place.code for place in found if place]


def test_all_countries_provinces_and_prefecture_level_units_are_there(places: Places) -> None:
    kinds = Counter(place.kind for place in places.places)
    chinese = [place for place in places.places if place.country == "CN"]

    # 249 codes of ISO 3166-1 less Hong Kong, Macao and Taiwan, which are regions here.
    assert kinds["country"] == 246
    assert sum(place.kind == "region" for place in chinese) == 34
    # 293 cities, 30 autonomous prefectures, 7 prefectures (地区) and 3 leagues.
    assert sum(place.kind == "city" and place.code.isdigit() for place in chinese) == 333


def test_every_country_has_a_city_but_city_states_and_territories(places: Places) -> None:
    cities = {place.country for place in places.places if place.kind == "city"}
    without = {place.code for place in places.places if place.kind == "country"} - cities

    listed = (
        "AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HM IM IO JE KY MC "
        "MF MP MQ MS NC NF NU PF PM PN RE SG SH SJ SM SX TC TF TK UM VA VG VI WF YT"
    )
    assert sorted(without) == re.findall(r"[A-Z]{2}", listed)


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
    ("code", "zh", "en", "parent"),
    [
        ("522600", "黔东南苗族侗族自治州", "Qiandongnan", "CN-GZ"),
        ("152500", "锡林郭勒盟", "Xilingol", "CN-NM"),
        ("653100", "喀什地区", "Kashgar", "CN-XJ"),
        ("CN-TW-hualien", "花莲县", "Hualien", "CN-TW"),
        ("PL-warsaw", "华沙", "Warsaw", "PL"),
        ("PE-lima", "利马", "Lima", "PE"),
        ("IN-KL-kochi", "科钦", "Kochi, India", "IN-KL"),
        ("US-TX-houston", "休斯敦", "Houston", "US-TX"),
    ],
)
def test_a_prefecture_or_a_city_abroad_has_both_names_and_lies_somewhere(
    places: Places, code: str, zh: str, en: str, parent: str
) -> None:
    place = places.by_code(code)

    assert place is not None
    assert (place.pref("zh"), place.pref("en")) == (zh, en)
    assert place.parent == Minter()("place", parent)


@pytest.mark.parametrize(
    ("code", "home", "expected"),
    [
        ("330200", "CN", "domestic"),
        ("CN", "CN", "domestic"),
        ("SG", "CN", "overseas"),
        ("CN-HK", "CN", "overseas"),
        ("CN-MO", "CN", "overseas"),
        ("CN-TW-taipei", "CN", "overseas"),
        ("CN-TW-hualien", "CN", "overseas"),
        ("522600", "CN", "domestic"),
        ("PL-warsaw", "CN", "overseas"),
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
        ("恩施州和黔东南的村寨", ["422800", "522600"]),
        ("青海省海南藏族自治州", ["CN-QH", "632500"]),
        ("華沙、內羅畢與杜拜", ["PL-warsaw", "KE-nairobi"]),
        ("蒙特婁、可倫坡和花蓮", ["CA-QC-montreal", "LK-colombo", "CN-TW-hualien"]),
        ("拉脱维亚里加、秘鲁的利马", ["LV-riga", "PE", "PE-lima"]),
        ("几内亚比绍和危地马拉城", ["GW", "GT-guatemala-city"]),
        (
            "Marseille, Kraków and Ho Chi Minh City",
            ["FR-marseille", "PL-krakow", "VN-ho-chi-minh-city"],
        ),
        ("Nice, France, and Cork, Ireland", ["FR-nice", "IE-cork"]),
        ("London, Ontario, is not London", ["CA-ON-london", "GB-ENG-london"]),
        ("Santiago de Compostela", ["ES-santiago-de-compostela"]),
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
        "社区里加装电梯，首都灵活用工，那霸占车位的人",
        "小区金边的牌子，万象更新，文化包罗万象，钱给多哈",
        "表彰化解矛盾的人，留宿务必登记，显示屏东侧，如果洛河涨水",
        "大理石地面、和田玉、怒江与红河的水，阿里云平台",
        "A nice bath, a mobile unit, a male tenant who split the cork.",
        "Florence Mills, Sofia Lind and Orlando Reed reviewed the Basel rules in Cambridge.",
    ],
)
def test_everyday_words_are_no_places(places: Places, text: str) -> None:
    assert _codes(places, text) == []


def test_no_label_begins_or_ends_with_a_blank(places: Places) -> None:
    labels = [label.text for place in places.places for label in place.labels]

    assert [label for label in labels if label != label.strip()] == []


def test_the_places_abroad_keep_the_shapes() -> None:
    turtle = (ONTOLOGY / "places-world.ttl").read_text("utf-8")

    assert validate(turtle, ONTOLOGY / "shapes.ttl") == []
