// One way through the tree, as it is drawn: open shadow roots and slots included. `state` is what an element
// hands down to those inside it.

const runs = [];
const blocks = [];
let elements = 0;
let letters = 0;
let smallLetters = 0;
const shadowTexts = [];

const LEAVES = new Set(["svg", "canvas", "video", "audio", "iframe", "frame", "select", "textarea", "object", "embed"]);
const PICTURES = new Set(["img", "svg", "canvas", "video", "iframe", "object", "embed"]);
const FIELDS = new Set(["input", "select", "textarea"]);
const STRIKES = new Set(["s", "strike", "del"]);

// For eyes of a screen reader only: a box of one pixel, or clipped away.
const clipped = (style) =>
  (style.position === "absolute" &&
    (/^rect\((?:0px|1px),? (?:0px|1px),? (?:0px|1px),? (?:0px|1px)\)$/.test(style.clip) ||
      (style.overflowX === "hidden" && parseFloat(style.width) <= 1 && parseFloat(style.height) <= 1))) ||
  style.clipPath === "inset(50%)" ||
  style.clipPath === "inset(100%)";

const walk = (element, above, depth) => {
  const tag = tagOf(element);
  if (SILENT.has(tag)) return;
  if (++elements > LIMITS.elements) return void cut.add("elements");
  if (depth > LIMITS.depth) return void cut.add("depth");

  const state = { ...above };
  let style = null;
  if (state.rendered) {
    style = getComputedStyle(element);
    if (style.display === "none") state.rendered = state.visible = false;
  }
  const language = attribute(element, "lang");
  if (language !== null) state.language = line(language, 35);
  if (attribute(element, "aria-hidden") === "true" || hasAttribute(element, "inert")) state.silent = true;
  let lies = false;
  if (state.rendered) {
    lies = isOver(element, tag, style);
    if (lies) {
      if (!state.over) noteOverlay(element, style);
      state.over = true;
      state.floating = true;
    } else if (style.position === "absolute") state.floating = true;
    look(element, tag, style, state);
  }
  state.region = regionOf(element, tag, above.region, lies);
  noteLandmark(element, tag, state.region);
  note(element, tag, style, state);

  const own = ownText(element, tag);
  if (state.visible && own) noteRun(element, style, state, own);
  if (LEAVES.has(tag)) return;
  const inline = style !== null && (style.display.startsWith("inline") || style.display === "contents");
  const block = inline && state.block ? state.block : newBlock(element, state);
  state.block = block;
  descend(element, tag, state, depth);
};

const descend = (element, tag, state, depth) => {
  const shadow = shadowOf(element);
  if (shadow && state.rendered) shadowTexts.push(...childrenOf(shadow));
  const slotted = tag === "slot" ? HTMLSlotElement.prototype.assignedNodes.call(element) : [];
  const closed = tag === "details" && !hasAttribute(element, "open");
  let summary = false;
  const each = (child) => {
    const type = typeOf(child);
    if (type === TEXT) {
      if (state.visible) state.block.parts.push(rawTextOf(child));
    } else if (type === ELEMENT) {
      const shows = !closed || (!summary && tagOf(child) === "summary");
      if (closed && shows) summary = true;
      if (tagOf(child) === "br") state.block.parts.push(" ");
      walk(child, shows ? state : { ...state, rendered: false, visible: false }, depth + 1);
    }
  };
  if (slotted.length) slotted.forEach(each);
  else for (let child = firstOf(shadow || element); child; child = nextOf(child)) each(child);
};

// Visibility, ground and colours of an element that is drawn. To read a computed value is what costs most: the
// rare ones are asked for only where an attribute gives a style sheet something to hold on to.
const look = (element, tag, style, state) => {
  const named = hasAttributes(element);
  state.opacity *= +style.opacity;
  state.visible =
    style.visibility === "visible" && state.opacity >= 0.05 && !(named && isClipped(state, style)) && !state.clipped;
  const contents = style.display === "contents";
  if (!contents) {
    const before = state.ground;
    state.ground = groundOf(element, style, before);
    if (state.ground !== before) notePaint(element, style, state);
    if (named && (style.mixBlendMode !== "normal" || style.filter !== "none")) {
      state.ground = { colour: null, owner: element };
    }
  }
  if (PICTURES.has(tag) && state.visible) pictures.push({ box: rectOf(element), element });
  if (STRIKES.has(tag)) state.struck = true;
  else if (named || /\S/.test(directText(element))) {
    const decoration = style.textDecorationLine;
    if (decoration.includes("line-through")) state.struck = true;
    else if (decoration === "none" && style.display === "inline-block") state.struck = false;
  }
};
const isClipped = (state, style) => {
  if (clipped(style)) state.clipped = true;
  return state.clipped;
};
const notePaint = (element, style, state) => {
  if (!state.visible) return;
  const box = rectOf(element);
  if (style.backgroundImage !== "none") pictures.push({ box, element });
  else {
    if (state.ground.owner === element) {
      boxes.push({ box, element });
      state.floating = false;
    }
    if (state.ground.colour) addColour(hexOf(state.ground.colour), box.width * box.height);
  }
};

const ownText = (element, tag) => {
  if (tag === "input") return BUTTONS.has(element.type) && element.type !== "image" ? line(element.value, 5000) : "";
  if (LEAVES.has(tag) || shadowOf(element)) return "";
  const text = directText(element);
  return /\S/.test(text) ? line(text, 5000) : "";
};
const directText = (element) => {
  let text = "";
  for (let child = firstOf(element); child; child = nextOf(child)) {
    if (typeOf(child) === TEXT) text += rawTextOf(child);
  }
  return text;
};

const noteRun = (element, style, state, text) => {
  const box = boxOf(element);
  if (!reachable(box)) return;
  const size = parseFloat(style.fontSize);
  const fill = colourOf(style.webkitTextFillColor || style.color);
  const ground = state.ground.colour;
  const over = blended(fill, ground || WHITE, state.opacity);
  const spared = matches(element, ":disabled, :disabled *, [aria-disabled='true'], [aria-disabled='true'] *");
  const run = {
    text,
    selector: selectorOf(element),
    size: rounded(size),
    weight: +style.fontWeight || 400,
    contrast: ground && !spared && size > 0 ? contrastOf(over, ground) : null,
    foreground: hexOf(over),
    background: ground ? hexOf(ground) : "",
    struck: state.struck,
    region: state.region,
    place: placeOf(box),
  };
  letters += text.length;
  if (size < 12) smallLetters += text.length;
  addFont(style.fontFamily, text.length);
  addColour(run.foreground, (text.length * size * size) / 2);
  keep(runs, "runs", { run, element, owner: state.ground.owner, floating: state.floating });
};

const newBlock = (element, state) => {
  const block = { parts: [], element, language: state.language, region: state.region };
  blocks.push(block);
  return block;
};
