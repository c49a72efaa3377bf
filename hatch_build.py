"""Compiles the message catalogues when Troth is built or installed, editable installs too."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface):
    """Writes `troth.mo` beside every `troth.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Compile before the files are collected."""
        for po in Path(self.root, "src/troth/locale").glob("*/LC_MESSAGES/troth.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, locale=po.parts[-3]))
