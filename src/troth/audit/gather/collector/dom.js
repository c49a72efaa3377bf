// Reading a document that may lie. An element named "parentNode" in a form hides the form's own property, so
// everything is read by the prototypes' accessors. The collector runs in a world of its own: what the page did
// to JSON, Array or Element is not seen here.

const read = (prototype, name) => {
  const get = Object.getOwnPropertyDescriptor(prototype, name).get;
  return (node) => get.call(node);
};
const tagOf = read(Element.prototype, "localName");
const shadowOf = read(Element.prototype, "shadowRoot");
const parentOf = read(Node.prototype, "parentNode");
const firstOf = read(Node.prototype, "firstChild");
const nextOf = read(Node.prototype, "nextSibling");
const typeOf = read(Node.prototype, "nodeType");
const rawTextOf = read(Node.prototype, "textContent");
const shownTextOf = read(HTMLElement.prototype, "innerText");
const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
const hasAttribute = (element, name) => Element.prototype.hasAttribute.call(element, name);
const hasAttributes = (element) => Element.prototype.hasAttributes.call(element);
const rectOf = (element) => Element.prototype.getBoundingClientRect.call(element);
const matches = (element, selector) => Element.prototype.matches.call(element, selector);
const holds = (outer, inner) => Node.prototype.contains.call(outer, inner);
const findIn = (element, selector) => Element.prototype.querySelector.call(element, selector);
const findAllIn = (element, selector) => Element.prototype.querySelectorAll.call(element, selector);

const root = read(Document.prototype, "documentElement")(document);
const body = read(Document.prototype, "body")(document);
const baseAddress = read(Node.prototype, "baseURI")(document);
const byId = (id) => Document.prototype.getElementById.call(document, id);

const ELEMENT = 1;
const TEXT = 3;

// What was cut off at its limit, by the name of the list.
const cut = new Set();
const keep = (list, name, item) => {
  if (list.length < LIMITS[name]) list.push(item);
  else cut.add(name);
};

const whole = (text, most, name) => {
  if (text.length > most) {
    cut.add(name);
    text = text.slice(0, most);
  }
  return text.toWellFormed();
};
// One line of text, without its beginning's and end's space.
const line = (text, most) => text.replace(/\s+/g, " ").trim().slice(0, most).toWellFormed();
const textOf = (element, most) =>
  line((element instanceof HTMLElement ? shownTextOf(element) : rawTextOf(element)) || "", most);

const absolute = (address) => {
  try {
    return new URL(address, baseAddress).href.slice(0, LIMITS.address).toWellFormed();
  } catch {
    return String(address).slice(0, LIMITS.address).toWellFormed();
  }
};

const childrenOf = (node) => {
  const children = [];
  for (let child = firstOf(node); child; child = nextOf(child)) {
    if (typeOf(child) === ELEMENT) children.push(child);
  }
  return children;
};

// Selectors. The nearest ancestor whose id occurs once, then child by child. Inside a shadow root the path goes
// on after a space, as Playwright reads it.
const idCount = new Map();
const countIds = () => {
  if (!root) return;
  for (const element of findAllIn(root, "[id]")) {
    const id = attribute(element, "id");
    idCount.set(id, (idCount.get(id) || 0) + 1);
  }
};
const places = new Map();
const nthOfType = (element) => {
  if (!places.has(element)) {
    const counts = new Map();
    for (const sibling of childrenOf(parentOf(element))) {
      const tag = tagOf(sibling);
      counts.set(tag, (counts.get(tag) || 0) + 1);
      places.set(sibling, counts.get(tag));
    }
  }
  return places.get(element);
};
const escapedTag = (tag) => (/^[a-z][a-z0-9-]*$/.test(tag) ? tag : CSS.escape(tag));
const selectors = new Map();
const selectorOf = (element) => {
  if (selectors.has(element)) return selectors.get(element);
  const id = attribute(element, "id");
  const parent = parentOf(element);
  let selector;
  if (element === root) selector = "html";
  else if (element === body) selector = "body";
  else if (id && id.length < 100 && id.isWellFormed() && idCount.get(id) === 1) selector = "#" + CSS.escape(id);
  else if (!parent || typeOf(parent) === 9) selector = CSS.escape(tagOf(element));
  else {
    const step = `${escapedTag(tagOf(element))}:nth-of-type(${nthOfType(element)})`;
    const host = parent instanceof ShadowRoot ? parent.host : null;
    selector = host ? `${selectorOf(host)} ${step}` : `${selectorOf(parent)} > ${step}`;
  }
  selectors.set(element, selector);
  return selector;
};

// How far the page is scrolled; asked once, for each time costs a look at the layout.
const [acrossPage, downPage] = [window.scrollX, window.scrollY];

// Where it is drawn. An inline or boxless element without a size of its own is as large as its children.
const rounded = (number) => Math.round(number * 10) / 10 || 0;
const boxOf = (element, depth = 2) => {
  const rect = rectOf(element);
  let box = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
  if ((rect.width === 0 || rect.height === 0) && depth > 0) {
    for (const child of childrenOf(element).slice(0, 20)) {
      const inner = boxOf(child, depth - 1);
      if (inner.right <= inner.left || inner.bottom <= inner.top) continue;
      const empty = box.right <= box.left || box.bottom <= box.top;
      box = empty
        ? inner
        : {
            left: Math.min(box.left, inner.left),
            top: Math.min(box.top, inner.top),
            right: Math.max(box.right, inner.right),
            bottom: Math.max(box.bottom, inner.bottom),
          };
    }
  }
  return box;
};
const placeOf = (box) => [
  rounded(box.left + acrossPage),
  rounded(box.top + downPage),
  rounded(box.right - box.left),
  rounded(box.bottom - box.top),
];
// Drawn where one can look or scroll to: nothing lies to the left of a page or above it.
const reachable = (box) =>
  box.right > box.left &&
  box.bottom > box.top &&
  box.right + acrossPage > 0 &&
  box.bottom + downPage > 0;
