"""What the server says about its API and what the API does agree.

Tried with what the description allows and forbids, by programs of every role (schemathesis).
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.support.serving import Served
from tests.web.pages.rooms import served, shop

from troth.web.access.rights import Role
from troth.web.access.settings import AccessSettings

MANY = int(os.environ.get("TROTH_EXAMPLES", "1"))
"""So many times more requests: the usual ones take less than a minute."""
DESCRIPTION = "/api/v1/openapi.json"
THERE = {
    "touchpoint": "delivery",
    "mechanism": "reliability",
    "customer": "NL000",
}
"""Things that the shop has: by chance alone nothing would be found."""
WITHOUT_FORBIDDEN = {"POST /api/v1/hooks/{name}"}
"""Where nothing that one may write is forbidden: no parameters, and a body of any kind."""
NARROW = ("segment", "against", "touchpoint", "mechanism", "at", "action", "sort", "search")
SETTINGS = SchemathesisConfig.from_dict(
    {
        "checks": {
            "negative_data_rejection": {
                "expected-statuses": [400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429]
            }
        }
    }
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    answered = AccessSettings(hosts=frozenset({"testserver"}))  # what schemathesis calls the server
    with served(shop(tmp_path_factory.mktemp("described")), answered) as running:
        yield running


def operations(server: Served, head: dict[str, str]) -> Iterator[Any]:
    schema = schemathesis.openapi.from_asgi(DESCRIPTION, server.app, headers=head, config=SETTINGS)
    for found in schema.get_all_operations():
        yield found.ok()


def attempt(cases: Any, examples: int, check: Callable[[Any], None]) -> None:  # noqa: ANN401 - schemathesis's own
    """Make requests of a strategy, always the same ones."""

    @settings(
        max_examples=examples * MANY,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def one(case: Any) -> None:  # noqa: ANN401 - likewise
        check(case)

    one()


def of_what_is_there(case: Any) -> Any:  # noqa: ANN401 - likewise
    """The same request about things that the shop has, and about all of them."""
    case.path_parameters.update({name: id_ for name, id_ in THERE.items() if name in case.path_parameters})
    for name in NARROW:
        (case.query or {}).pop(name, None)
    return case


@pytest.mark.parametrize(
    ("role", "examples"), [(Role.VIEWER, 1), (Role.CASE_WORKER, 1), (Role.ANALYST, 1), (Role.ADMIN, 2)]
)
def test_every_answer_is_as_described_and_no_request_is_a_fault(
    server: Served, role: Role, examples: int
) -> None:
    head = {"Authorization": server.with_key(role=role).headers["authorization"]}
    codes: defaultdict[str, set[int]] = defaultdict(set)

    def check(case: Any) -> None:  # noqa: ANN401 - likewise
        answer = case.call(headers=head)
        codes[case.operation.label].add(answer.status_code)
        # What is rightly written need not be there: a segment, an account, a job.
        case.validate_response(answer, headers=head, excluded_checks=[positive_data_acceptance])

    for operation in operations(server, head):
        allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        attempt(allowed, examples, check)
        if operation.path_parameters:
            attempt(allowed.map(of_what_is_there), 1, check)
        if operation.label not in WITHOUT_FORBIDDEN:
            attempt(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), examples, check)
    assert len(codes) > 60
    assert 200 in codes["GET /api/v1/grid/{touchpoint}/{mechanism}"]
    if role is not Role.ADMIN:
        assert 403 in codes["POST /api/v1/settings/keys/make"] <= {401, 403}
