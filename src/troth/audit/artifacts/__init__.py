"""What a visit to a shop brought home: plain data, written to disk, judged as often as one likes."""

from troth.audit.artifacts.shape import Artifacts, Page

__all__ = ["Artifacts", "Page"]
