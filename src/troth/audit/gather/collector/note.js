// Which lists an element goes into.

const noted = (element, tag, style) => {
  if (FIELDS.has(tag) || tag === "a" || tag === "area" || tag === "button" || tag === "summary") return true;
  if (PICTURES.has(tag) || tag === "form" || tag === "frame") return true;
  if (hasAttribute(element, "role")) return true;
  return style !== null && style.backgroundImage.startsWith("url(");
};

const note = (element, tag, style, state) => {
  if (!noted(element, tag, style)) return;
  if (tag === "form") return noteForm(element, state);
  if (tag === "input" && element.type === "hidden") return;
  const box = boxOf(element);
  const visible = state.visible && reachable(box);
  const role = roleOf(element, tag);
  const name = role || FIELDS.has(tag) || tag === "a" || tag === "area" ? nameOf(element, tag) : "";
  if ((tag === "a" || tag === "area") && hasAttribute(element, "href")) {
    state.link = noteLink(element, state, box, visible, name);
    state.linkWords = nameWords(element);
  }
  if (role && role !== "option" && !state.silent) {
    noteControl(element, role, state, box, visible, name);
    if (visible && role !== "img") targetOf(element, tag, style, state, box, role);
  }
  if (FIELDS.has(tag) ? !BUTTONS.has(element.type) : TICKS.has(role)) {
    noteField(element, tag, state, box, visible, name);
  }
  if (tag === "iframe" || tag === "frame" || tag === "object" || tag === "embed") {
    const address = attribute(element, "src") || attribute(element, "data") || "";
    const src = address ? absolute(address) : "";
    keep(frames, "frames", { src, selector: selectorOf(element), visible, place: placeOf(box) });
  } else notePicture(element, tag, style, state, box, visible);
};

const notePicture = (element, tag, style, state, box, visible) => {
  const painted = style !== null && style.backgroundImage.startsWith("url(");
  let address = null;
  if (tag === "img" || (tag === "input" && element.type === "image")) address = addressOfImage(element, tag);
  else if (tag === "svg" && visible && box.right - box.left >= 16) address = "";
  else if (painted && visible) address = absolute(/^url\("?(.*?)"?\)/.exec(style.backgroundImage)[1]);
  if (address === null) return;
  if (address.startsWith("data:")) address = address.slice(0, 100);
  noteImage(element, tag, state, box, visible, address);
  if (visible) noteLogo(element, state, box, address);
};

// A target's size; a box that is ticked is as large as its label. A link among other words is inline.
const targetOf = (element, tag, style, state, box, role) => {
  let whole = box;
  if (TICKS.has(role) && tag === "input") {
    for (const label of element.labels || []) {
      const other = boxOf(label);
      whole = {
        left: Math.min(whole.left, other.left),
        top: Math.min(whole.top, other.top),
        right: Math.max(whole.right, other.right),
        bottom: Math.max(whole.bottom, other.bottom),
      };
    }
  }
  const amongWords =
    style.display === "inline" && state.block !== null && /\S/.test(surroundingText(element));
  noteTarget(element, whole, { inline: amongWords });
};
const surroundingText = (element) => {
  let text = "";
  const parent = parentOf(element);
  for (let child = firstOf(parent); child; child = nextOf(child)) {
    if (typeOf(child) === TEXT) text += rawTextOf(child).replace(/[|·•,;/\s–-]/g, "");
  }
  return text;
};
