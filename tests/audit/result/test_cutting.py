import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.audit.gather.sketch import seen
from tests.audit.result.helpers import artifacts, page

from troth.audit.artifacts.page import Link
from troth.audit.artifacts.shape import Page
from troth.audit.result.cutting import cutter
from troth.audit.verdict import Proof

RED = (200, 0, 0)


def shown(place: tuple[float, float, float, float], screenshot: str = "pictures/a.jpg") -> Page:
    from dataclasses import replace

    link = Link("https://shop.test/x", "X", "main", "#x", visible=True, place=place)
    return page(seen=replace(seen("<p>Plain.</p>"), links=(link,)), screenshot=screenshot)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A picture of 1000 by 800, white, with a red field at (100, 200) of 50 by 40."""
    (tmp_path / "pictures").mkdir()
    picture = Image.new("RGB", (1000, 800), "white")
    picture.paste(RED, (100, 200, 150, 240))
    picture.save(tmp_path / "pictures" / "a.jpg", quality=95)
    return tmp_path


def opened(cut: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(cut))).convert("RGB")


def test_the_element_is_cut_out_with_a_little_around_it(folder: Path) -> None:
    cut = cutter(artifacts(shown((100, 200, 50, 40))), folder)(Proof("first-1", selector="#x"))
    picture = opened(cut)
    assert picture.size == (82, 72)
    middle, corner = picture.getpixel((41, 36)), picture.getpixel((2, 2))
    assert isinstance(middle, tuple)
    assert isinstance(corner, tuple)
    assert middle[0] > 150 > middle[1]
    assert min(corner) > 200


def test_a_large_element_is_cut_off(folder: Path) -> None:
    cut = cutter(artifacts(shown((0, 0, 5000, 5000))), folder)(Proof("first-1", selector="#x"))
    assert opened(cut).size == (736, 336)


@pytest.mark.parametrize(
    ("place", "selector", "screenshot"),
    [
        ((100, 200, 50, 40), "#other", "pictures/a.jpg"),
        ((100, 200, 50, 40), "", "pictures/a.jpg"),
        ((5000, 9000, 50, 40), "#x", "pictures/a.jpg"),
        ((100, 200, 50, 40), "#x", ""),
        ((100, 200, 50, 40), "#x", "pictures/none.jpg"),
        ((100, 200, 50, 40), "#x", "../secret.jpg"),
        ((100, 200, 50, 40), "#x", "pictures/broken.jpg"),
    ],
)
def test_where_there_is_nothing_to_cut_there_is_no_picture(
    folder: Path, place: tuple[float, float, float, float], selector: str, screenshot: str
) -> None:
    (folder / "pictures" / "broken.jpg").write_bytes(b"none")
    (folder.parent / "secret.jpg").write_bytes((folder / "pictures" / "a.jpg").read_bytes())
    cut = cutter(artifacts(shown(place, screenshot)), folder)
    assert cut(Proof("first-1", selector=selector)) == ""


def test_there_are_at_most_sixty(folder: Path) -> None:
    cut = cutter(artifacts(shown((100, 200, 50, 40))), folder)
    cuts = [cut(Proof("first-1", selector="#x")) for _ in range(70)]
    assert sum(bool(one) for one in cuts) == 60
