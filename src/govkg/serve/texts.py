"""What the pages say, in Chinese and English; both tables have the same keys."""

from typing import Literal

from starlette.requests import Request

PageLanguage = Literal["zh", "en"]

_ZH = {
    "site": "治理知识库",
    "ask_label": "您的问题",
    "ask_hint": "例如：居民不愿参与社区事务怎么办？",
    "ask": "提问",
    "setting": "范围",
    "any": "不限",
    "domestic": "境内",
    "overseas": "国（境）外",
    "answer_language": "回答语言",
    "auto": "与问题相同",
    "zh": "中文",
    "en": "英文",
    "skip": "跳到正文",
    "other_language": "English",
    "documents": "文献",
    "sparql": "SPARQL 查询",
    "home": "提问",
    "answer": "回答",
    "problems": "问题",
    "causes": "原因",
    "countermeasures": "对策",
    "practices": "做法",
    "evidence": "依据",
    "sources": "引文与出处",
    "passages": "相关段落",
    "related": "最接近的段落",
    "missing": "库中没有",
    "read_as": "按更正后的写法查找",
    "comparison": "对照",
    "found_in_english": "英文文献中按这些词查找",
    "not_found": "没有找到依据",
    "partial": "部分回答",
    "out_of_domain": "这个问题不在治理文献的范围内，因此不作回答。",
    "not_in_corpus": "库中的文献没有写到这一点，因此不作回答。",
    "no_countermeasure": "找到了问题，但库中没有与之相连的对策。",
    "none": "没有",
    "years": "时间",
    "place": "地点",
    "results": "成效",
    "conditions": "条件",
    "verification": "核实情况",
    "verified": "已核实",
    "partly": "部分核实",
    "unverified": "未核实",
    "extracted": "自动抽取",
    "made_from": "编写依据：",
    "page": "第 {} 页",
    "open_document": "在原文中查看",
    "how": "这个回答背后的查询",
    "run": "运行",
    "query": "查询语句",
    "format": "结果格式",
    "table_here": "本页表格",
    "rows": "共 {} 行",
    "first_rows": "只显示前 {} 行，其余请下载",
    "examples": "示例",
    "problem": "出错了",
    "remedy": "可以这样做",
    "find": "查找",
    "total": "共 {} 件",
    "next": "下一页",
    "previous": "上一页",
    "statements": "陈述",
    "incoming": "指向它的陈述",
    "property": "属性",
    "value": "值",
    "download": "下载",
    "yes": "是",
    "no": "否",
    "amended": "已修改",
    "repealed": "已废止",
    "in_force": "现行有效",
    "footer": "每句话都附有可核对的原文引文；没有依据的不作回答。",
}
_EN = {
    "site": "Governance knowledge base",
    "ask_label": "Your question",
    "ask_hint": "For example: why do residents not take part in community affairs?",
    "ask": "Ask",
    "setting": "Setting",
    "any": "anywhere",
    "domestic": "at home (Chinese mainland)",
    "overseas": "abroad and Hong Kong, Macao, Taiwan",
    "answer_language": "Answer in",
    "auto": "the language of the question",
    "zh": "Chinese",
    "en": "English",
    "skip": "Skip to content",
    "other_language": "中文",
    "documents": "Documents",
    "sparql": "SPARQL",
    "home": "Ask",
    "answer": "Answer",
    "problems": "Problem",
    "causes": "Causes",
    "countermeasures": "Countermeasures",
    "practices": "Practices",
    "evidence": "Evidence",
    "sources": "Quotations and sources",
    "passages": "Passages",
    "related": "The nearest passages",
    "missing": "Not in this knowledge base",
    "read_as": "Read as",
    "comparison": "Side by side",
    "found_in_english": "Looked for in English documents as",
    "not_found": "No evidence found",
    "partial": "Answered in part",
    "out_of_domain": "This is outside what governance documents speak of, so there is no answer.",
    "not_in_corpus": "No document here speaks of this, so there is no answer.",
    "no_countermeasure": "The problem is known here, but no countermeasure is linked to it.",
    "none": "none",
    "years": "Years",
    "place": "Place",
    "results": "Results",
    "conditions": "Conditions",
    "verification": "Verification",
    "made_from": "Written from:",
    "verified": "verified",
    "partly": "partly verified",
    "unverified": "not verified",
    "extracted": "extracted by machine",
    "page": "page {}",
    "open_document": "See it in the document",
    "how": "The query behind this answer",
    "run": "Run",
    "query": "Query",
    "format": "Result as",
    "table_here": "a table on this page",
    "rows": "{} rows",
    "first_rows": "the first {} are shown; download the rest",
    "examples": "Examples",
    "problem": "This did not work",
    "remedy": "What to do",
    "find": "Find",
    "total": "{} in all",
    "next": "Next",
    "previous": "Previous",
    "statements": "Statements",
    "incoming": "Statements about it elsewhere",
    "property": "Property",
    "value": "Value",
    "download": "Download",
    "yes": "yes",
    "no": "no",
    "amended": "amended",
    "repealed": "repealed",
    "in_force": "in force",
    "footer": "Every sentence comes with a quotation you can check; without evidence, no answer.",
}
TEXTS: dict[PageLanguage, dict[str, str]] = {"zh": _ZH, "en": _EN}


def page_language(request: Request) -> PageLanguage:
    """The language of a page: `?lang=`, else what Accept-Language likes best, else Chinese."""
    asked = request.query_params.get("lang", "")
    if asked in {"zh", "en"}:
        return "zh" if asked == "zh" else "en"
    best: PageLanguage = "zh"
    best_quality = 0.0
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag, _, quality = part.partition(";q=")
        main = tag.strip().partition("-")[0]
        weight = _number(quality) if quality else 1.0
        if main in {"zh", "en"} and weight > best_quality:
            best, best_quality = ("zh" if main == "zh" else "en"), weight
    return best


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
