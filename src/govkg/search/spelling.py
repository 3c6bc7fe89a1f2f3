"""Misspelt words of a question, read as words that the base knows."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from govkg.ontology.places import Places
from govkg.ontology.vocabulary import Vocabulary
from govkg.text.script import simplify
from govkg.text.terms import chinese_terms, english_terms, stem

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_ENGLISH = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?:['’][A-Za-z]+)*(?![A-Za-z0-9])")
_SHORTEST_TERM, _LONGEST_TERM = 3, 12
# So long a term is told by its other characters; a shorter one must sound alike as well.
_TOLD_BY_THE_REST = 5
# A short word with another letter in it is another word (smell, small; prince, price).
_SHORTEST_WORD, _ANY_SLIP_FROM, _TWO_SLIPS_FROM = 5, 7, 8
# The ways to leave two letters out grow with the square of a word's length.
_LONGEST_WORD = 20
# Two slips are believed towards words of several terms alone; of two words as near the one that
# is in far more terms.
_OFTEN, _CLEARLY = 3, 5
_VOWELS = frozenset("aeiouy")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_PAIRS = frozenset(map(frozenset, ("cs", "ck", "fv", "sz", "mn", "dt", "bp", "gj")))
# GB 2312 orders its 3,755 common characters by sound: each syllable begins with this one.
_SYLLABLES = (
    "a啊 ai埃 an鞍 ang肮 ao凹 ba芭 bai白 ban斑 bang邦 bao苞 bei杯 ben奔 beng崩 bi逼 bian鞭 "
    "biao标 bie鳖 bin彬 bing兵 bo玻 bu哺 ca擦 cai猜 can餐 cang苍 cao操 ce厕 ceng层 cha插 "
    "chai拆 chan搀 chang昌 chao超 che车 chen郴 cheng撑 chi吃 chong充 chou抽 chu初 chuai揣 "
    "chuan川 chuang疮 chui吹 chun春 chuo戳 ci疵 cong聪 cou凑 cu粗 cuan蹿 cui摧 cun村 cuo磋 "
    "da搭 dai呆 dan耽 dang当 dao刀 de德 deng蹬 di堤 dian颠 diao碉 die跌 ding丁 diu丢 dong东 "
    "dou兜 du都 duan端 dui堆 dun墩 duo掇 e蛾 en恩 er而 fa发 fan藩 fang坊 fei菲 fen芬 feng丰 "
    "fo佛 fou否 fu夫 ga噶 gai该 gan干 gang冈 gao篙 ge哥 gei给 gen根 geng耕 gong工 gou钩 gu辜 "
    "gua刮 guai乖 guan棺 guang光 gui瑰 gun辊 guo锅 ha哈 hai骸 han酣 hang夯 hao壕 he呵 hei嘿 "
    "hen痕 heng哼 hong轰 hou喉 hu呼 hua花 huai槐 huan欢 huang荒 hui灰 hun荤 huo豁 ji击 jia嘉 "
    "jian歼 jiang僵 jiao蕉 jie揭 jin巾 jing荆 jiong炯 jiu揪 ju鞠 juan捐 jue撅 jun均 ka喀 kai开 "
    "kan刊 kang康 kao考 ke坷 ken肯 keng坑 kong空 kou抠 ku枯 kua夸 kuai块 kuan宽 kuang匡 kui亏 "
    "kun坤 kuo括 la垃 lai莱 lan蓝 lang琅 lao捞 le勒 lei雷 leng棱 li厘 lia俩 lian联 liang粮 "
    "liao撩 lie列 lin琳 ling玲 liu溜 long龙 lou楼 lu芦 lv驴 luan峦 lue掠 lun抡 luo萝 ma妈 "
    "mai埋 man瞒 mang芒 mao猫 me么 mei玫 men门 meng萌 mi眯 mian棉 miao苗 mie蔑 min民 ming明 "
    "miu谬 mo摸 mou谋 mu拇 na拿 nai氖 nan南 nang囊 nao挠 ne呢 nei馁 nen嫩 neng能 ni妮 nian蔫 "
    "niang娘 niao鸟 nie捏 nin您 ning柠 niu牛 nong脓 nu奴 nv女 nuan暖 nue虐 nuo挪 o哦 ou欧 pa啪 "
    "pai拍 pan攀 pang乓 pao抛 pei呸 pen喷 peng砰 pi坯 pian篇 piao飘 pie撇 pin拼 ping乒 po坡 "
    "pu扑 qi期 qia掐 qian牵 qiang枪 qiao橇 qie切 qin钦 qing青 qiong琼 qiu秋 qu趋 quan圈 que缺 "
    "qun裙 ran然 rang瓤 rao饶 re惹 ren壬 reng扔 ri日 rong戎 rou揉 ru茹 ruan软 rui蕊 run闰 "
    "ruo若 sa撒 sai腮 san三 sang桑 sao搔 se瑟 sen森 seng僧 sha莎 shai筛 shan珊 shang墒 shao梢 "
    "she奢 shen砷 sheng声 shi师 shou收 shu蔬 shua刷 shuai摔 shuan栓 shuang霜 shui谁 shun吮 "
    "shuo说 si斯 song松 sou搜 su嗽 suan酸 sui虽 sun孙 suo蓑 ta塌 tai胎 tan坍 tang汤 tao掏 te特 "
    "teng藤 ti梯 tian天 tiao挑 tie贴 ting厅 tong通 tou偷 tu凸 tuan湍 tui推 tun吞 tuo拖 wa挖 "
    "wai歪 wan豌 wang汪 wei威 wen瘟 weng嗡 wo挝 wu巫 xi昔 xia瞎 xian掀 xiang相 xiao萧 xie楔 "
    "xin薪 xing星 xiong兄 xiu休 xu墟 xuan轩 xue靴 xun勋 ya压 yan焉 yang殃 yao邀 ye椰 yi一 "
    "yin茵 ying英 yo哟 yong拥 you幽 yu淤 yuan鸳 yue曰 yun耘 za匝 zai栽 zan咱 zang赃 zao遭 ze责 "
    "zei贼 zen怎 zeng增 zha扎 zhai摘 zhan瞻 zhang樟 zhao招 zhe遮 zhen珍 zheng蒸 zhi芝 zhong中 "
    "zhou舟 zhu珠 zhua抓 zhuai拽 zhuan专 zhuang桩 zhui椎 zhun谆 zhuo捉 zi兹 zong鬃 zou邹 zu租 "
    "zuan钻 zui嘴 zun尊 zuo昨"
)
# Said alike in much of the country: zh and z, ch and c, sh and s, -ng and -n.
_NEAR_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as it is read, and its corrections as (written, read) pairs, in order."""

    text: str
    corrections: tuple[tuple[str, str], ...] = ()


class Speller:
    """Corrects what a base does not know to the one known term that it is nearest to.

    A question whose words the base knows stays as it is; where two terms are as near, none is
    taken.
    """

    def __init__(
        self,
        known_terms: Iterable[str],
        is_known: Callable[[str], bool],
        other_terms: Iterable[str] = (),
    ) -> None:
        """Takes the terms to correct to, and what else is known.

        `other_terms` are right as they are, but nothing is corrected to them (names of places).
        `is_known` is asked for pairs of Chinese characters (simplified), for English stems and
        for English words in small letters.
        """
        self._is_known = is_known
        self._terms = tuple(dict.fromkeys(known_terms))
        self._others = tuple(other_terms)
        self._lengths = range(_SHORTEST_TERM, _LONGEST_TERM + 1)

    # What follows is made when the first word is met that the base does not know.
    @cached_property
    def _patterns(self) -> dict[tuple[str, str], set[str]]:
        """The characters that stand between a beginning and an end in Chinese terms."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for term in map(simplify, self._terms):
            if _SHORTEST_TERM <= len(term) <= _LONGEST_TERM and _HAN_RUN.fullmatch(term):
                for i, character in enumerate(term):
                    found[term[:i], term[i + 1 :]].add(character)
        return found

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """The characters that stand side by side in any term."""
        terms = (simplify(term) for term in (*self._terms, *self._others))
        runs = [run for term in terms for run in _HAN_RUN.findall(term)]
        return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))

    @cached_property
    def _frequency(self) -> Counter[str]:
        """The English words of the terms to correct to, and how many have them."""
        return Counter(m[0].lower() for term in self._terms for m in _ENGLISH.finditer(term))

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The stems of the English words of any term."""
        others = (m[0] for term in self._others for m in _ENGLISH.finditer(term))
        return frozenset(stem(word) for word in (*self._frequency, *others))

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """English words by what is left of them without a letter or two."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self._frequency:
            if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and word.isalpha():
                for shorter in _shortened(word):
                    found[shorter].add(word)
        return found

    def read(self, text: str) -> Spelled:
        """The text with its misspelt words corrected, as long as it was in Chinese."""
        text, chinese = self._read_chinese(text)
        text, english = self._read_english(text)
        return Spelled(text, (*chinese, *english))

    def _read_chinese(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        folded, characters = simplify(text), list(text)
        corrections: list[tuple[str, str]] = []
        for run in _HAN_RUN.finditer(folded):
            start, end = run.span()
            pairs = [self._knows_pair(folded[i : i + 2]) for i in range(start, end - 1)]
            for i in range(start, end):
                beside = pairs[max(0, i - 1 - start) : i - start + 1]
                if not beside or all(beside):
                    continue
                found = self._right_character(folded[start:end], i - start, not any(beside))
                if found:
                    right, left, term = found
                    characters[i] = right
                    corrections.append((text[start + left : start + left + len(term)], term))
        return "".join(characters), corrections

    def _right_character(self, run: str, i: int, odd: bool) -> tuple[str, int, str] | None:
        """The one character that makes a known term of those around it, where and which.

        `odd` where the character is in no pair that is known: otherwise it must sound alike and
        stand within a term of some length.
        """
        found: dict[tuple[bool, str], tuple[int, int, str]] = {}
        for length in self._lengths:
            for left in range(max(0, i - length + 1), min(i, len(run) - length) + 1):
                before, after = run[left:i], run[i + 1 : left + length]
                for right in self._patterns.get((before, after), ()):
                    alike = sounds_alike(run[i], right)
                    told = bool(before and after) and length >= _TOLD_BY_THE_REST - alike
                    if (odd and (alike or told)) or (alike and told):
                        found[alike, right] = (length, left, before + right + after)
        for alike in (True, False):
            rights = [right for sound, right in found if sound == alike]
            if len(rights) == 1:
                _, left, term = found[alike, rights[0]]
                return rights[0], left, term
            if rights:
                return None
        return None

    def _knows_pair(self, pair: str) -> bool:
        return not _says_something(pair) or self._is_known(pair) or pair in self._pairs

    def _read_english(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        corrections: list[tuple[str, str]] = []
        pieces, done = [], 0
        for match in _ENGLISH.finditer(text):
            word = match[0]
            begins = not re.search(r"[^\s“\"'(]", text[: match.start()])
            if not word.isalpha() or not (word.islower() or (begins and word.istitle())):
                continue
            right = self._right_word(word.lower())
            if right:
                right = right.capitalize() if word[0].isupper() else right
                pieces += [text[done : match.start()], right]
                done = match.end()
                corrections.append((word, right))
        return "".join([*pieces, text[done:]]), corrections

    def _right_word(self, word: str) -> str:
        """The one known word nearest to an unknown one, or empty."""
        if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or self._knows_word(word):
            return ""
        near = {known for short in _shortened(word) for known in self._words.get(short, ())}
        slips = {known: count for known in near if (count := _slips(word, known)) is not None}
        least = min(slips.values(), default=0)
        weight: Counter[str] = Counter()
        for known in sorted(known for known, count in slips.items() if count == least):
            weight[stem(known)] += self._frequency[known]
        if least > 1:
            weight = Counter({k: n for k, n in weight.items() if n >= _OFTEN})
        (best, times), (_, second) = [*weight.most_common(2), ("", 0), ("", 0)][:2]
        if times < _CLEARLY * second or not times:
            return ""
        return min(
            (known for known in slips if stem(known) == best and slips[known] == least),
            key=lambda known: (-self._frequency[known], known),
        )

    def _knows_word(self, word: str) -> bool:
        root = stem(word)
        if not english_terms(word):
            return True
        return self._is_known(root) or self._is_known(word) or root in self._stems


def speller_of(vocabulary: Vocabulary, places: Places, is_known: Callable[[str], bool]) -> Speller:
    """Corrects to the labels of a vocabulary; names of places are right as they are."""
    labels = [label for concept in vocabulary.concepts for label in concept.labels]
    return Speller(
        (label.text for label in labels if label.kind != "negative"),
        is_known,
        [
            *(label.text for label in labels if label.kind == "negative"),
            *(label.text for place in places.places for label in place.labels),
        ],
    )


def sounds_alike(one: str, other: str) -> bool:
    """Whether two common characters are said alike, whatever their tones."""
    sound = _sound(one)
    return bool(sound) and sound == _sound(other)


def distance(one: str, other: str) -> int:
    """The Damerau-Levenshtein distance: letters left out, added, changed or swapped.

    It is the restricted form: no letter is changed twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row, older = row, [i], before
        for j, right in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != right))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == right
            row.append(min(best, older[j - 2] + 1) if swapped else best)
        before = above
    return row[-1]


def _allowed(word: str) -> int:
    return 2 if len(word) >= _TWO_SLIPS_FROM else 1


def _slips(word: str, known: str) -> int | None:
    """How many slips make the one word of the other; None where it is simply another word."""
    if word[0] != known[0] and word[:2] != known[1::-1]:
        return None
    # Another ending makes another word: identify, identity; delivered, delivery.
    if word[-1] != known[-1] and word[-2:] != known[:-3:-1]:
        return None
    slips = distance(word, known)
    if not 0 < slips <= _allowed(word):
        return None
    return slips if _is_likely(word, known, slips) else None


def _is_likely(word: str, known: str, slips: int) -> bool:
    if len(word) != len(known):
        return len(word) >= _ANY_SLIP_FROM or _is_soft(*sorted((word, known), key=len))
    changed = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    if len(changed) > slips:
        # Two letters were swapped.
        return True
    return len(word) >= _ANY_SLIP_FROM and all(_easily_changed(a, b) for a, b in changed)


def _is_soft(shorter: str, longer: str) -> bool:
    """Whether the one letter that is too much or too few is doubled or a vowel."""
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    return longer[at] in _VOWELS or longer[at] == longer[at - 1]


def _easily_changed(one: str, other: str) -> bool:
    beside = any(one + other in row or other + one in row for row in _KEYBOARD)
    return beside or {one, other} <= _VOWELS or frozenset((one, other)) in _SOUND_PAIRS


def _shortened(word: str) -> Iterator[str]:
    """The word, and it with one letter left out or, of a long one, two."""
    for count in range(_allowed(word) + 1):
        for left_out in combinations(range(len(word)), count):
            yield "".join(letter for i, letter in enumerate(word) if i not in left_out)


@lru_cache(maxsize=10_000)
def _says_something(pair: str) -> bool:
    return bool(chinese_terms(pair))


@lru_cache(maxsize=1)
def _syllables() -> tuple[list[bytes], list[str]]:
    starts = [(syllable[-1].encode("gb2312"), syllable[:-1]) for syllable in _SYLLABLES.split()]
    return [code for code, _ in starts], [sound for _, sound in starts]


@lru_cache(maxsize=10_000)
def _sound(character: str) -> str:
    """The syllable of a common character as it is loosely said, or empty."""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    # The rarer characters of the second plane are ordered by their strokes.
    if not b"\xb0\xa1" <= code <= b"\xd7\xf9":
        return ""
    codes, sounds = _syllables()
    sound = sounds[bisect_right(codes, code) - 1]
    for strict, loose in _NEAR_SOUNDS:
        if sound.startswith(strict):
            sound = loose + sound.removeprefix(strict)
    return sound.removesuffix("g") if sound.endswith("ng") else sound
