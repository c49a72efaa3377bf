from itertools import product
from pathlib import Path

import pytest
from tests.support.serving import Served, served, shop

from troth.web.access.hosts import host_of
from troth.web.access.settings import AccessSettings


def test_a_server_on_the_loopback_answers_to_its_names(server: Served) -> None:
    for host in ("localhost", "localhost:9", "127.0.0.1:8765", "[::1]:8765", "LocalHost"):
        assert server.anybody().get("/sign-in", headers={"Host": host}).status_code == 200, host


def test_a_page_that_points_its_name_here_gets_nothing(server: Served) -> None:
    hosts = (
        "localhost:evil",
        "localhost:99999",
        "evil.example",
        "localhost.evil.example",
        "",
        "localhost@evil.example",
        "[",
        "192.0.2.1",
    )
    client = server.with_key()
    for host, path in product(hosts, ("/sign-in", "/api/v1/overview", "/static/x/y")):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 421, (host, path)
        assert "host-unknown" in answer.text


@pytest.mark.parametrize("host", ["[", "a b", "localhost:evil", "u@localhost", "\xff/", "[::1", "a:99999"])
def test_what_is_no_name_is_refused_where_every_name_is_answered(tmp_path: Path, host: str) -> None:
    with served(shop(tmp_path), AccessSettings(host="0.0.0.0")) as server:  # noqa: S104 - nothing is bound
        for path in ("/sign-in", "/api/v1/overview", "/"):
            answer = server.anybody().get(path, headers={"Host": host.encode("latin-1")})
            assert (answer.status_code, "host-unknown" in answer.text) == (421, True), path
        assert server.anybody().get("/sign-in", headers={"Host": "any.example"}).status_code == 200


def test_further_names_are_answered_where_they_are_set(tmp_path: Path) -> None:
    settings = AccessSettings.read({"TROTH_HOSTS": "Trust.local"})
    with served(shop(tmp_path), settings) as server:
        assert server.anybody().get("/sign-in", headers={"Host": "trust.local"}).status_code == 200
        assert server.anybody().get("/sign-in", headers={"Host": "other.local"}).status_code == 421


def test_a_host_is_read_without_its_port() -> None:
    assert [host_of(text) for text in ("a:1", "[::1]", "A.b", "a/b", "a b", "u@a")] == [
        "a",
        "::1",
        "a.b",
        "",
        "",
        "",
    ]
