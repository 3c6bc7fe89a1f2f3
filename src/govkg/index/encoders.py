"""The encoders of an index: one for each language, or a chosen model for both."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from govkg.errors import KnowledgeBaseError
from govkg.index.chosen_encoder import CHOSEN, ChosenEncoder
from govkg.index.embedders import Embedder, load_embedder
from govkg.index.encoder import CARD_FILE, TOKENIZER_FILE, EncoderCard, read_card

# Shorter words are not corrected.
_WORD = 5
Encoders = Mapping[str, Embedder]
# Questions are asked in these.
LANGUAGES = frozenset({"en", "zh"})


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
        KnowledgeBaseError: another model is chosen than the one that the index was built with,
            or the index has no encoder for a language.
    """
    folders = {path.name: path for path in _folders_in(folder)}
    cards = [read_card(path) for path in folders.values()]
    kept = next((card for card in cards if card.embedder == CHOSEN), None)
    if kept is not None:
        chosen = _same_model(folder, kept, model)
        return dict.fromkeys(sorted(chosen.languages), chosen)
    if model:
        raise _mismatch(folder, "our own encoders", model)
    own = own_encoders(folders)
    if not own.keys() >= LANGUAGES:
        raise KnowledgeBaseError(
            "the index has no encoders: another version of govkg built it",
            where=str(folder),
            remedy="run `govkg build` again",
        )
    return own


def _folders_in(folder: Path) -> list[Path]:
    # There is none in an index of before version 3 of the layout.
    return [path for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []


def _same_model(folder: Path, kept: EncoderCard, model: str) -> ChosenEncoder:
    built = f"the model {kept.model}"
    if not model:
        raise _mismatch(folder, built, "no model")
    chosen = ChosenEncoder(model, kept.dimension)
    if chosen.card.weights != kept.weights:
        raise _mismatch(folder, built, f"{model}, whose files are not the same")
    return chosen


def common_words(folder: Path) -> frozenset[str]:
    """The whole English words, of five letters and more, that the English encoder of an index has.

    None where a chosen model takes its place.
    """
    try:
        record = json.loads((folder / "minilm" / TOKENIZER_FILE).read_text(encoding="utf-8"))
        return frozenset(w for w in record["model"]["vocab"] if len(w) >= _WORD and w.isalpha())
    except (OSError, ValueError, KeyError):
        return frozenset()


def _mismatch(folder: Path, built: str, chosen: str) -> KnowledgeBaseError:
    return KnowledgeBaseError(
        f"the index was built with {built}, but GOVKG_MODEL names {chosen}",
        where=str(folder),
        remedy="set GOVKG_MODEL as it was for the build, or run `govkg build` again",
    )
