// How much is brought home at most, by the name that stands in `cut`.
const LIMITS = {
  elements: 20000, depth: 400, text: 400000, html: 1500000, links: 2000, controls: 2000, fields: 500, forms: 100,
  images: 800, runs: 4000, overlays: 50, frames: 100, blocks: 1000, small_targets: 100,
  name: 300, passage: 2000, near: 300, address: 2048, colours: 24, fonts: 24,
};
const SILENT = new Set(["script", "style", "noscript", "template", "head", "link", "meta", "title", "base"]);
const INLINE = new Set([
  "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "q", "s",
  "small", "span", "strike", "strong", "sub", "sup", "time", "u", "wbr",
]);
