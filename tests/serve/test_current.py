"""The base in service: kept while a request uses it, replaced by a newer build, closed after."""

import pytest

from govkg.errors import KnowledgeBaseError
from govkg.knowledge_base import KnowledgeBase
from govkg.serve.current import CurrentBase
from tests.house import build, settings_for, truncate, version


@pytest.fixture
def closed(monkeypatch):
    """The builds whose base was closed, in order."""
    builds = []
    close = KnowledgeBase.close

    def noted(base):
        builds.append(base.build)
        close(base)

    monkeypatch.setattr(KnowledgeBase, "close", noted)
    return builds


def test_nothing_can_be_served_where_there_is_no_index(tmp_path):
    with pytest.raises(KnowledgeBaseError, match="there is no knowledge base here"):
        CurrentBase(settings_for(tmp_path / "index"))


def test_a_request_keeps_its_base_while_a_newer_one_takes_over(copy, closed):
    serving = CurrentBase(settings_for(copy.index), poll_seconds=3600)
    with serving.current() as base:
        (copy.corpus / "beijing-whistle-en.md").unlink()
        newer = build(copy.corpus, copy.index).build
        serving.look()
        with serving.current() as current:
            assert current.build == newer
        assert base.build == copy.result.build
        assert base.ask("业主不交物业费怎么办").build == copy.result.build
        assert closed == []
    assert closed == [copy.result.build]
    serving.close()
    assert closed == [copy.result.build, newer]


def test_the_same_build_published_again_changes_nothing(copy, closed):
    serving = CurrentBase(settings_for(copy.index), poll_seconds=3600)
    truncate(version(copy.index) / "graph.nq")
    build(copy.corpus, copy.index)
    serving.look()
    with serving.current() as base:
        assert base.build == copy.result.build
    serving.close()


def test_an_index_that_disappears_leaves_the_base_in_service(copy):
    serving = CurrentBase(settings_for(copy.index), poll_seconds=3600)
    (copy.index / "CURRENT").rename(copy.index / "gone")
    serving.look()
    with serving.current() as base:
        assert base.ask("业主不交物业费怎么办").outcome == "answered"
    serving.close()
