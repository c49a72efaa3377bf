// Regions, landmarks and what lies over the page.

const roleWord = (element) => (attribute(element, "role") || "").trim().split(/\s+/)[0].toLowerCase();
const nameWords = (element) =>
  `${attribute(element, "id") || ""} ${attribute(element, "class") || ""}`.toLowerCase();
const HEADER_WORDS = /(?:^|\s)(?:(?:site|page|main|shop|global)[_-]?)?(?:header|masthead|topbar)(?:$|\s)/;
const FOOTER_WORDS = /(?:^|\s)(?:(?:site|page|main|shop|global)[_-]?)?footer(?:$|\s)/;
const DIALOGS = 'dialog[open],[role="dialog"],[role="alertdialog"],[aria-modal="true"]';

// The region of `element` inside `above`: a dialog keeps all that is in it, a footer its menus.
const regionOf = (element, tag, above, lies) => {
  if (above === "dialog") return above;
  const role = roleWord(element);
  if (role === "dialog" || role === "alertdialog" || tag === "dialog") return "dialog";
  if (attribute(element, "aria-modal") === "true") return "dialog";
  if (role === "contentinfo") return "footer";
  if (role === "banner") return "header";
  if (role === "main" || tag === "main") return "main";
  if (above === "footer") return above;
  if (role === "navigation" || tag === "nav") return "nav";
  if (above === "header" || above === "nav") return above;
  if (tag === "header" || tag === "footer") return withinContent(element) ? above : tag;
  if (!withinContent(element)) {
    const words = nameWords(element);
    if (words.length > 1 && tag !== "body" && tag !== "html") {
      if (FOOTER_WORDS.test(words)) return "footer";
      if (HEADER_WORDS.test(words)) return "header";
    }
  }
  return lies ? "dialog" : above;
};
// Inside an article, a section or the main part, a header is a heading's box and no more.
const CONTENT = new Set(["main", "article", "section", "aside"]);
const contents = new Map();
const withinContent = (element) => {
  const parent = parentOf(element);
  if (!parent || typeOf(parent) !== ELEMENT) return false;
  if (!contents.has(parent)) {
    contents.set(parent, CONTENT.has(tagOf(parent)) || roleWord(parent) === "main" || withinContent(parent));
  }
  return contents.get(parent);
};

const landmarks = new Set();
const LANDMARK_OF_ROLE = {
  banner: "banner", navigation: "navigation", main: "main", contentinfo: "contentinfo", search: "search",
  complementary: "complementary",
};
const LANDMARK_OF_TAG = { nav: "navigation", main: "main", search: "search", aside: "complementary" };
const CRUMBS = /bread-?_?crumb|brotkrume|kruimel|navigationspfad/i;
const SEARCHES = /^(?:q|s|query|search|zoek|zoekterm|zoeken|suche|suchbegriff|keywords?|searchterm|search_query)$/i;
const noteLandmark = (element, tag, region) => {
  if (!hasAttributes(element) && !(tag in LANDMARK_OF_TAG) && tag !== "header" && tag !== "footer") return;
  const role = LANDMARK_OF_ROLE[roleWord(element)] || LANDMARK_OF_TAG[tag];
  if (role) landmarks.add(role);
  if (tag === "header" && region === "header") landmarks.add("banner");
  if (tag === "footer" && region === "footer") landmarks.add("contentinfo");
  if (tag === "input" && (element.type === "search" || SEARCHES.test(element.name))) landmarks.add("search");
  const hints = `${nameWords(element)} ${attribute(element, "aria-label") || ""} ${attribute(element, "itemtype") || ""}`;
  if (hints.length > 3 && CRUMBS.test(hints)) landmarks.add("breadcrumb");
};

// What is fixed above the page. `middle` is the element that a click on the window's middle would meet.
const overlays = [];
const middle = (() => {
  let hit = Document.prototype.elementFromPoint.call(document, innerWidth / 2, innerHeight / 2);
  for (let depth = 0; hit && depth < 10; depth++) {
    const shadow = shadowOf(hit);
    const inner = shadow && shadow.elementFromPoint(innerWidth / 2, innerHeight / 2);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  return hit;
})();
const holdsDeep = (outer, inner) => {
  for (let node = inner; node; ) {
    if (holds(outer, node)) return true;
    const top = Node.prototype.getRootNode.call(node);
    node = top instanceof ShadowRoot ? top.host : null;
  }
  return false;
};
const isOver = (element, tag, style) => {
  if (tag === "body" || tag === "html") return false;
  if (style.position === "fixed") return true;
  if (tag === "dialog") return hasAttribute(element, "open");
  return style.position === "absolute" && +style.zIndex >= 100 && parentOf(element) === body;
};
const noteOverlay = (element, style) => {
  const box = boxOf(element);
  const width = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
  const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
  if (width <= 0 || height <= 0) return;
  const covers = middle !== null && middle !== root && middle !== body && holdsDeep(element, middle);
  if (style.pointerEvents === "none" && !covers && !textOf(element, 10)) return; // a decoration or an empty wrapper
  keep(overlays, "overlays", {
    selector: selectorOf(element),
    text: textOf(element, LIMITS.passage),
    share: Math.round(Math.min(1, (width * height) / (innerWidth * innerHeight)) * 1e4) / 1e4,
    dialog: matches(element, DIALOGS) || findIn(element, DIALOGS) !== null,
    blocking: covers || matches(element, "dialog:modal"),
    place: placeOf(box),
  });
};
