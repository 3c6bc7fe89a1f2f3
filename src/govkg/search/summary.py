"""The summary: sentences by template over what was found, each ending with its citations."""

from collections.abc import Sequence

from govkg.model.answer import Citation, Found, FoundPractice, Hit, Outcome, Practices, Reason

_NAMED = 3
_QUOTED = 160
_TEMPLATES = {
    "problems": ("涉及的问题：{names}{cites}。", "The problem: {names} {cites}."),
    "causes": (
        "文献所述原因：{names}{cites}。",
        "Causes that the documents give: {names} {cites}.",
    ),
    "countermeasures": ("可供参考的对策：{names}{cites}。", "Countermeasures: {names} {cites}."),
    "domestic": ("境内做法：{names}{cites}。", "Practices at home: {names} {cites}."),
    "overseas": ("国（境）外做法：{names}{cites}。", "Practices abroad: {names} {cites}."),
    "quote": ("原文：“{names}”{cites}。", "The text says: “{names}” {cites}."),
}
_REFUSALS = {
    "out_of_domain": (
        "库中没有与这个问题相关的内容；本库只收录基层治理的政策与经验文献。",
        "The base holds nothing on this; it covers policy and experience in local governance.",
    ),
    "not_in_corpus": (
        "库中没有关于“{missing}”的文献，因此不作回答。",
        "The base holds no document about {missing}, so there is no answer.",
    ),
}


def summarise(
    language: str,
    problems: Sequence[Found],
    causes: Sequence[Found],
    countermeasures: Sequence[Found],
    practices: Practices,
) -> str:
    """One sentence for each part of the answer that is not empty, in the question's language."""
    parts: list[tuple[str, Sequence[Found | FoundPractice]]] = [
        ("problems", problems),
        ("causes", causes),
        ("countermeasures", countermeasures),
        ("domestic", practices.domestic),
        ("overseas", practices.overseas),
    ]
    told = [_sentence(name, items[:_NAMED], language) for name, items in parts if items]
    return ("" if language == "zh" else " ").join(told)


def quote_best(language: str, hits: Sequence[Hit], citations: Sequence[Citation]) -> str:
    """The best passage's opening as a quotation, where no concept could be named."""
    if not hits:
        return ""
    quote = " ".join(citations[hits[0].citation - 1].quote.split())
    if len(quote) > _QUOTED:
        quote = quote[:_QUOTED].rstrip() + "…"
    return _fill("quote", language, quote, [hits[0].citation])


def refuse(language: str, outcome: Outcome, reason: Reason | None, missing: Sequence[str]) -> str:
    """The sentence that says why there is no answer; empty where there is one."""
    if outcome != "not_found" or reason not in _REFUSALS:
        return ""
    zh, en = _REFUSALS[reason]
    names = ("、" if language == "zh" else ", ").join(missing)
    return (zh if language == "zh" else en).format(missing=names)


def _sentence(name: str, items: Sequence[Found | FoundPractice], language: str) -> str:
    labels = [_label(item, language) for item in items]
    numbers = [item.citations[0] for item in items]
    return _fill(name, language, ("；" if language == "zh" else "; ").join(labels), numbers)


def _label(item: Found | FoundPractice, language: str) -> str:
    """The label; of a practice that nobody checked it says so."""
    zh, en = item.label.zh, item.label.en
    if isinstance(item, FoundPractice) and item.verification == "unverified":
        zh, en = f"{zh}（未核实）", f"{en} (not verified)"
    return zh if language == "zh" else en


def _fill(name: str, language: str, names: str, numbers: Sequence[int]) -> str:
    zh, en = _TEMPLATES[name]
    cites = "".join(f"[{n}]" for n in dict.fromkeys(numbers))
    return (zh if language == "zh" else en).format(names=names, cites=cites)
