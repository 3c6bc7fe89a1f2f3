"""Counting what belongs together once."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Groups(Generic[Thing]):
    """Things that are the same in some respect, joined pair by pair; the first added leads."""

    def __init__(self) -> None:
        self._parent: dict[Thing, Thing] = {}
        self._order: dict[Thing, int] = {}

    def add(self, thing: Thing) -> Thing:
        """The leader of the thing's group; a thing not seen before leads its own."""
        self._order.setdefault(thing, len(self._order))
        leader = thing
        while (above := self._parent.get(leader, leader)) != leader:
            leader = above
        return leader

    def join(self, one: Thing, other: Thing) -> None:
        """Makes one group of two."""
        first, second = sorted((self.add(one), self.add(other)), key=self._order.__getitem__)
        self._parent[second] = first


def independent(pieces: Iterable[tuple[str, str]]) -> int:
    """How many sources speak, given each piece's source and statement (its words, by any name).

    Sources that say the same words count once: one has them from the other, or both from a third.
    """
    groups: Groups[tuple[str, str]] = Groups()
    sources = set()
    for source, statement in dict.fromkeys(pieces):
        groups.join(("source", source), ("statement", statement))
        sources.add(source)
    return len({groups.add(("source", source)) for source in sources})
