"""Two short documents of our own and their index, for tests that change or count what is in it."""

from pathlib import Path

import pytest

from govkg.knowledge_base import KnowledgeBase
from tests.conftest import Built, with_encoder
from tests.house import build, copy_index, settings_for

REPORT = """---
id: fee-report
title: Fees and parking in an estate
type: paper
language: en
date: 2023-05-01
issuer: Estate Study Group
---

# Fees and parking in an estate

## Problems

The first problem is that owners refuse to pay the property service fee. The main reason why
owners refuse to pay is the poor quality of the property service. Cars block the fire lanes.

## Countermeasures

The owners' committee should disclose the accounts of the shared income every quarter. Parking
spaces should be opened to neighbours at night, which relieves the shortage of parking.
"""
RULE = """---
id: parking-rule
title: 小区停车管理规定
type: regulation
language: zh
date: "2022-01-01"
issuer: 示范市人民政府
---

# 小区停车管理规定

第一条 为了解决小区停车难问题，制定本规定。

第二条 物业服务企业应当公开停车位的数量和收费标准。

第三条 建设单位不得将车位出售给业主以外的人。
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The two documents and their index; nobody may change either."""
    folder = tmp_path_factory.mktemp("small")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "report.md").write_text(REPORT, "utf-8")
    (corpus / "rule.md").write_text(RULE, "utf-8")
    index = with_encoder(folder / "index")
    return Built(corpus, index, build(corpus, index))


@pytest.fixture
def small_copy(small: Built, tmp_path: Path) -> Built:
    """A copy of the two documents and their index that the test may change."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for path in small.corpus.iterdir():
        (corpus / path.name).write_bytes(path.read_bytes())
    return Built(corpus, copy_index(small.index, tmp_path / "index"), small.result)


@pytest.fixture(scope="session")
def small_base(small: Built) -> KnowledgeBase:
    """The index of the two documents, opened."""
    return KnowledgeBase.open(small.index, settings_for(small.index))
