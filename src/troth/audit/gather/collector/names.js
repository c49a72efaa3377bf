// Accessible names, in the order of the WAI's computation: aria-labelledby, aria-label, what HTML itself gives
// (label, alt, value, content), title, placeholder.

const ownName = (element) => {
  const ids = attribute(element, "aria-labelledby");
  if (ids) {
    const parts = ids.split(/\s+/).slice(0, 10).map(byId).filter(Boolean);
    const named = line(parts.map((part) => spoken(part)).join(" "), LIMITS.name);
    if (named) return named;
  }
  return line(attribute(element, "aria-label") || "", LIMITS.name);
};

// What is read out of an element's content: its text, and the names of the pictures in it.
const spoken = (element, depth = 0) => {
  const children = childrenOf(element);
  if (!children.length && !shadowOf(element)) return textOf(element, LIMITS.name);
  if (depth > 8) return "";
  const parts = [];
  for (let child = firstOf(shadowOf(element) || element); child; child = nextOf(child)) {
    if (typeOf(child) === TEXT) parts.push(rawTextOf(child));
    else if (typeOf(child) === ELEMENT) {
      const tag = tagOf(child);
      if (SILENT.has(tag) || attribute(child, "aria-hidden") === "true" || hasAttribute(child, "hidden")) continue;
      if (getComputedStyle(child).display === "none") continue;
      const name = ownName(child);
      if (name) parts.push(" ", name, " ");
      else if (tag === "img" || tag === "area") parts.push(" ", attribute(child, "alt") || "", " ");
      else if (tag === "svg") parts.push(" ", svgTitle(child), " ");
      else if (tag === "input") parts.push(" ", attribute(child, "value") || "", " ");
      else parts.push(INLINE.has(tag) ? "" : " ", spoken(child, depth + 1), INLINE.has(tag) ? "" : " ");
    }
  }
  return line(parts.join(""), LIMITS.name);
};
const svgTitle = (svg) => {
  const title = childrenOf(svg).find((child) => tagOf(child) === "title");
  return title ? line(rawTextOf(title) || "", LIMITS.name) : "";
};

const labelled = (field) => {
  const labels = field.labels ? [...field.labels] : [];
  return line(labels.map((label) => spoken(label)).join(" "), LIMITS.name);
};

const BUTTONS = new Set(["submit", "button", "reset", "image"]);
const nameOf = (element, tag) => {
  const own = ownName(element);
  if (own) return own;
  let native;
  if (tag === "img" || tag === "area") native = attribute(element, "alt") || "";
  else if (tag === "svg") native = svgTitle(element);
  else if (tag === "input" && BUTTONS.has(element.type)) {
    native = labelled(element) || (element.type === "image" ? attribute(element, "alt") : element.value) || "";
    if (!native && (element.type === "submit" || element.type === "reset")) native = element.type;
  } else if (tag === "input" || tag === "select" || tag === "textarea") native = labelled(element);
  else native = spoken(element);
  native = line(native, LIMITS.name);
  const last = native || attribute(element, "title") || attribute(element, "placeholder") || "";
  return line(last, LIMITS.name);
};

// The role a control has for assistive technology.
const FIELD_ROLES = {
  checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox",
  submit: "button", button: "button", reset: "button", image: "button", file: "button", color: "button",
};
const ASKED_ROLES = new Set([
  "button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "menuitemcheckbox", "menuitemradio",
  "option", "combobox", "textbox", "searchbox", "slider", "spinbutton", "img", "listbox",
]);
const roleOf = (element, tag) => {
  const asked = (attribute(element, "role") || "").trim().split(/\s+/)[0].toLowerCase();
  if (ASKED_ROLES.has(asked)) return asked;
  if (asked === "presentation" || asked === "none") return tag === "img" || tag === "svg" ? "" : nativeRole(element, tag);
  if (asked === "image") return "img";
  return nativeRole(element, tag);
};
const nativeRole = (element, tag) => {
  if (tag === "a" || tag === "area") return hasAttribute(element, "href") ? "link" : "";
  if (tag === "button" || tag === "summary") return "button";
  if (tag === "input") return element.type === "hidden" ? "" : FIELD_ROLES[element.type] || "textbox";
  if (tag === "select") return element.multiple || element.size > 1 ? "listbox" : "combobox";
  if (tag === "textarea") return "textbox";
  if (tag === "img") return attribute(element, "alt") === "" ? "" : "img";
  return "";
};
