"""The report as one HTML file: `html(twin, language)`."""

from troth.report.page.render import html

__all__ = ["html"]
