import pytest

from troth.audit.parsing.addresses import (
    changes_something,
    is_file,
    names_product,
    plain,
    same_site,
    template,
)


@pytest.mark.parametrize(
    ("there", "here", "same"),
    [
        ("https://shop.nl/a", "https://shop.nl/", True),
        ("http://shop.nl/a", "https://shop.nl/", True),
        ("https://www.shop.nl/a", "https://shop.nl/", True),
        ("https://checkout.shop.co.uk/", "https://www.shop.co.uk/", True),
        ("https://other.co.uk/", "https://shop.co.uk/", False),
        ("https://shop.nl.evil.com/", "https://shop.nl/", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001/x", True),
        ("http://127.0.0.1:8002/", "http://127.0.0.1:8001/", False),
        ("http://10.0.0.1/", "http://127.0.0.1/", False),
        ("mailto:a@shop.nl", "https://shop.nl/", False),
        ("https://shop.nl:99999/", "https://shop.nl/", False),
        ("javascript:void(0)", "https://shop.nl/", False),
    ],
)
def test_a_page_belongs_to_the_shop_or_not(there: str, here: str, same: bool) -> None:
    assert same_site(there, here) is same


def test_the_marks_of_advertising_do_not_make_another_page() -> None:
    assert plain("https://Shop.nl/a?utm_source=x&id=3#top") == "https://shop.nl/a?id=3"
    assert plain("https://shop.nl") == "https://shop.nl/"


def test_pages_of_one_template_have_one_shape() -> None:
    one, two = "https://shop.nl/product/mok-1", "https://shop.nl/product/kan-22"
    assert template(one) == template(two)
    assert template("https://shop.nl/c/9/a.html") == template("https://shop.nl/c/12/b.html")
    assert template("https://shop.nl/x?id=1") != template("https://shop.nl/x?page=1")
    assert template(one) != template("https://shop.nl/categorie/mokken")


@pytest.mark.parametrize(
    "path",
    ["/logout", "/?add-to-cart=12", "/cart/add", "/basket/remove/3", "/unsubscribe?u=1", "/x?action=delete"],
)
def test_an_address_that_changes_something_is_known(path: str) -> None:
    assert changes_something(f"https://shop.nl{path}")


@pytest.mark.parametrize(
    "path", ["/address", "/add-ons", "/clear-glasses", "/removers", "/cart", "/p?color=red"]
)
def test_an_address_that_changes_nothing_is_not(path: str) -> None:
    assert not changes_something(f"https://shop.nl{path}")


def test_files_and_products_are_told_by_their_shape() -> None:
    assert is_file("https://shop.nl/agb.PDF?x=1")
    assert not is_file("https://shop.nl/agb.php")
    assert names_product("https://shop.nl/products/mok")
    assert not names_product("https://shop.nl/products/")
