"""The report as one HTML file: `render.html(twin, language)`."""
