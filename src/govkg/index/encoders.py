"""The encoders of an index: one for each language, or a chosen model for both."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from govkg.errors import KnowledgeBaseError
from govkg.index.chosen_encoder import CHOSEN, ChosenEncoder
from govkg.index.embedders import Embedder, load_embedder
from govkg.index.encoder import CARD_FILE, read_card

Encoders = Mapping[str, Embedder]


def own_encoders(folders: Mapping[str, Path], threads: int = 1) -> dict[str, Embedder]:
    """The encoders in these folders, by the languages that each was made for."""
    loaded = [load_embedder(folder, threads) for _, folder in sorted(folders.items())]
    return {language: one for one in loaded for language in sorted(one.languages)}


def save_encoders(folder: Path, folders: Mapping[str, Path], chosen: ChosenEncoder | None) -> None:
    """Writes the encoders by which an index is asked into a folder that does not exist.

    A chosen model is not copied: only its card is kept.
    """
    if chosen is not None:
        (folder / "chosen").mkdir(parents=True)
        chosen.card.write(folder / "chosen")
        return
    for name, source in sorted(folders.items()):
        (folder / name).mkdir(parents=True)
        for file in (CARD_FILE, *read_card(source).files):
            shutil.copyfile(source / file, folder / name / file)


def open_encoders(folder: Path, model: str) -> Encoders:
    """The encoders of an index by language; `model` is the model chosen now, or empty.

    Raises:
        KnowledgeBaseError: another model is chosen than the one that the index was built with.
    """
    folders = {path.name: path for path in sorted(folder.iterdir()) if path.is_dir()}
    cards = [read_card(path) for path in folders.values()]
    kept = next((card for card in cards if card.embedder == CHOSEN), None)
    if kept is None:
        if model:
            raise _mismatch(folder, "our own encoders", model)
        return own_encoders(folders)
    if not model:
        raise _mismatch(folder, kept.id, "none")
    chosen = ChosenEncoder(model)
    if chosen.card.weights != kept.weights:
        raise _mismatch(folder, kept.id, chosen.id)
    return dict.fromkeys(sorted(chosen.languages), chosen)


def _mismatch(folder: Path, built: str, chosen: str) -> KnowledgeBaseError:
    return KnowledgeBaseError(
        f"the index was built with {built}, but the model chosen now is {chosen}",
        where=str(folder),
        remedy="set GOVKG_MODEL as it was for the build, or run `govkg build` again",
    )
