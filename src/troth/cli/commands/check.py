"""`troth check`: what is wrong or doubtful in the blueprint."""

import click

from troth.cli.invocation import Invocation
from troth.cli.parts import declare, json_option, option
from troth.texts import lazy

LEVELS = ("error", "warning", "info")


@declare(
    "check",
    lazy(
        "Check the blueprint for faults and doubts.\n\n"
        "Each finding has its file, line and column, and a code with a page in the documentation. The exit "
        "code is 1 when a finding is at or above the gate, and 2 when the blueprint cannot be used at all."
    ),
)
@option(
    "--fail-on", type=click.Choice(LEVELS), default="error", show_default=True,
    help=lazy("The gate: the least level of a finding that makes the check fail."),
)  # fmt: skip
@json_option
@click.pass_obj
def command(invocation: Invocation, fail_on: str) -> int:
    """Check and print the findings, the worst first."""
    with invocation.workspace() as workspace:
        findings = sorted(workspace.check(), key=lambda finding: LEVELS.index(finding.level))
        failed = any(LEVELS.index(finding.level) <= LEVELS.index(fail_on) for finding in findings)
        if invocation.json:
            invocation.emit({"findings": findings, "failed": failed})
        else:
            from troth.cli.views.findings import show_findings

            show_findings(invocation.console(), findings)
    return int(failed)
