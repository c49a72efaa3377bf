import re
from pathlib import Path

from tests.cli.conftest import Call

from troth.store.office import Office
from troth.web.access import accounts, links
from troth.workspace.presence import announced


def test_somebody_is_invited_from_the_command_line(call: Call, empty_shop: Path) -> None:
    assert "no account yet" in call("account", "list").out
    answer = call("account", "invite", "Owner@Example.com", "--role", "admin")
    found = re.fullmatch(r"http://127\.0\.0\.1:8765/invitation/(\S{43})\n", answer.out)
    assert found, answer
    with Office.open(empty_shop, {}) as office, office.transaction() as connection:
        assert links.look(connection, found[1], 0).email == "owner@example.com"
    [listed] = call("account", "list", "--json").json
    assert (listed["email"], listed["role"], listed["has_password"]) == ("owner@example.com", "admin", False)
    assert "owner@example.com" in call("account", "list").out


def test_who_is_locked_out_gets_a_link(call: Call, empty_shop: Path) -> None:
    call("account", "invite", "owner@example.com", "--role", "admin")
    with Office.open(empty_shop, {}) as office, office.transaction() as connection:
        accounts.change(connection, 1, disabled_ms=1)
    refused = call("account", "link", "owner@example.com")
    assert (refused.code, "[account-disabled]" in refused.err) == (2, True)
    assert "/invitation/" in call("account", "link", "owner@example.com", "--enable").out
    assert call("account", "link", "nobody@example.com").code == 2
    assert call("account", "invite", "owner@example.com").code == 2
    assert call("account", "invite", "no address").code == 2


def test_the_link_leads_to_the_server_that_runs(call: Call, empty_shop: Path) -> None:
    with announced(empty_shop, "http://127.0.0.1:9000"):
        assert call("account", "invite", "a@example.com").out.startswith("http://127.0.0.1:9000/invitation/")
