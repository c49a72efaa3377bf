"""How a page loaded, and what it stored: read from the browser's own buffers, after the event."""

import json
from dataclasses import dataclass

from troth.audit.artifacts.shape import Vitals

_NAMES = 200

# Layout shift: the greatest session of shifts, at most 5 s long with gaps below 1 s, none after the visitor's
# own doing. Blocking: what goes beyond 50 ms in tasks after the first paint. Both as web-vitals defines them.
_SCRIPT = """(() => {
const entries = (type) => {
  try {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type, buffered: true });
    const found = observer.takeRecords();
    observer.disconnect();
    return found;
  } catch { return []; }
};
const supported = (type) => PerformanceObserver.supportedEntryTypes.includes(type);
const [navigation] = performance.getEntriesByType("navigation");
const paints = entries("largest-contentful-paint");
const first = entries("paint").find((entry) => entry.name === "first-contentful-paint");
let shift = 0, session = 0, begun = -Infinity, last = -Infinity;
for (const entry of entries("layout-shift").filter((entry) => !entry.hadRecentInput)) {
  const ended = entry.startTime - last > 1000 || entry.startTime - begun > 5000;
  if (ended) [session, begun] = [0, entry.startTime];
  session += entry.value;
  last = entry.startTime;
  shift = Math.max(shift, session);
}
const blocking = entries("longtask")
  .filter((entry) => !first || entry.startTime + entry.duration > first.startTime)
  .reduce((sum, entry) => sum + Math.max(0, entry.duration - 50), 0);
const names = (get) => { try { return Object.keys(get()); } catch { return []; } };
return JSON.stringify({
  first_byte_ms: navigation ? navigation.responseStart : null,
  largest_paint_ms: paints.length ? paints[paints.length - 1].startTime : null,
  layout_shift: supported("layout-shift") ? shift : null,
  blocking_ms: supported("longtask") ? blocking : null,
  storage: [...new Set([...names(() => localStorage), ...names(() => sessionStorage)])]
    .sort().slice(0, NAMES).map((name) => name.slice(0, 200).toWellFormed()),
});
})()""".replace("NAMES", str(_NAMES))


@dataclass(frozen=True, slots=True)
class Traces:
    """What a page left behind in the browser: how it loaded, and the names of what it stored."""

    vitals: Vitals
    storage: tuple[str, ...]


def traces_script() -> str:
    """An expression whose value `traces_of` reads."""
    return _SCRIPT


def traces_of(text: str) -> Traces:
    """The traces in what the expression gave."""
    found = json.loads(text)
    storage = tuple(found.pop("storage"))
    rounded = {name: None if value is None else round(value, 4) for name, value in found.items()}
    return Traces(Vitals(**rounded), storage)
