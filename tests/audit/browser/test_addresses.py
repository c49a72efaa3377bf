from ipaddress import ip_address

import pytest
from tests.support.loop import run_apart

from troth.audit.browser import addresses
from troth.audit.browser.addresses import Login, checked, http_parts, is_loopback, is_private, without_login
from troth.errors import UsageError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "198.18.0.1",
    ],
)  # fmt: skip
def test_addresses_off_the_public_internet(address: str) -> None:
    assert is_private(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses(address: str) -> None:
    assert not is_private(ip_address(address))


def test_this_machine_by_name() -> None:
    assert all(map(is_loopback, ["localhost", "a.localhost", "127.0.0.1", "::1", "[::1]"]))
    assert not any(map(is_loopback, ["shop.example", "10.0.0.1", "localhost.example"]))


@pytest.mark.parametrize(
    "url", ["ftp://x", "file:///x", "http://", "http://[x", "http://x:99999", "x", "http://x:0"]
)
def test_what_is_no_web_address(url: str) -> None:
    assert http_parts(url) is None


@pytest.mark.parametrize(
    ("url", "shown", "login"),
    [
        ("https://me:s%40cret@shop.example/de?a=b@c", "https://shop.example/de?a=b@c", Login("me", "s@cret")),
        ("me:a:b@shop.example", "shop.example", Login("me", "a:b")),
        ("http://me@[::1]:80/", "http://[::1]:80/", Login("me", "")),
        ("https://a@b:c@shop.example", "https://shop.example", Login("a@b", "c")),
        ("https://@shop.example", "https://shop.example", None),
        ("https://shop.example/me:secret@x", "https://shop.example/me:secret@x", None),
        ("https://shop.example?to=me:secret@x", "https://shop.example?to=me:secret@x", None),
        ("shop.example", "shop.example", None),
    ],
)
def test_a_login_is_no_part_of_the_address_that_is_shown(url: str, shown: str, login: Login | None) -> None:
    assert without_login(url) == (shown, login)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Login("me", "secret"))


def check(url: str, *, allow_private: bool = False) -> str:
    return run_apart(checked(url, allow_private=allow_private))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"shop.example": ["93.184.216.34"], "inside.example": ["93.184.216.34", "10.1.1.1"]}

    async def found(host: str) -> tuple[addresses.Address, ...]:
        return tuple(map(ip_address, known.get(host, [])))

    monkeypatch.setattr(addresses, "addresses", found)


@pytest.mark.usefixtures("names")
def test_a_shop_is_taken_with_or_without_its_scheme() -> None:
    assert check("shop.example/a") == "https://shop.example/a"
    assert check("http://shop.example") == "http://shop.example"


@pytest.mark.usefixtures("names")
def test_a_private_shop_is_refused_unless_allowed() -> None:
    with pytest.raises(UsageError) as raised:
        check("https://inside.example")
    assert raised.value.code == "address-private"
    assert "--allow-private" in raised.value.hint
    assert check("https://inside.example", allow_private=True)


@pytest.mark.parametrize(
    "url", ["http://127.1", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:7f00:1]/"]
)
def test_odd_spellings_of_this_machine_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="address-private"):
        check(url)


def test_what_is_no_web_address_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="address-invalid"):
        check("ftp://shop.example")
