// What is noted of one element: links, controls, fields, forms, pictures, frames, targets.

const links = [];
const controls = [];
const fields = [];
const forms = [];
const formIndex = new Map();
const images = [];
const frames = [];
const targets = [];
let logo = null;

const formOf = (element) => {
  const form = element.form || Element.prototype.closest.call(element, "form");
  return formIndex.has(form) ? formIndex.get(form) : null;
};

const noteForm = (element, state) => {
  formIndex.set(element, forms.length);
  keep(forms, "forms", {
    selector: selectorOf(element),
    action: absolute(attribute(element, "action") || ""),
    method: (attribute(element, "method") || "get").toLowerCase().slice(0, 10),
    text: textOf(element, LIMITS.passage),
    region: state.region,
    visible: state.visible,
  });
};

const noteLink = (element, state, box, visible, name) => {
  const href = absolute(attribute(element, "href") || attribute(element, "xlink:href") || "");
  keep(links, "links", {
    href,
    text: textOf(element, LIMITS.name) || name,
    region: state.region,
    selector: selectorOf(element),
    visible,
    place: placeOf(box),
  });
  return href;
};

const noteControl = (element, role, state, box, visible, name) => {
  const button = role === "button";
  keep(controls, "controls", {
    role,
    name,
    selector: selectorOf(element),
    place: placeOf(box),
    region: state.region,
    visible,
    form: formOf(element),
    submits: button && formOf(element) !== null && (element.type === "submit" || element.type === "image"),
  });
};

// Ticked by the page itself: in its source, or by its script without anybody's hand.
const TICKS = new Set(["checkbox", "radio", "switch"]);
const touched = (element) => matches(element, ":user-valid, :user-invalid");
const presetOf = (element, tag, type) => {
  if (tag === "select") {
    const chosen = [...element.options].find((option) => option.defaultSelected);
    return Boolean(chosen && chosen.value && !chosen.disabled);
  }
  if (tag !== "input" && tag !== "textarea") return attribute(element, "aria-checked") === "true";
  if (!TICKS.has(type)) return element.defaultValue !== "";
  return element.defaultChecked || (element.checked && !touched(element));
};
const typeOfField = (element, tag) => {
  if (tag === "select" || tag === "textarea") return tag;
  return tag === "input" ? element.type : roleWord(element);
};
// The words around a field, where its label does not tell all.
const nearOf = (element, label) => {
  let near = "";
  for (let node = parentOf(element), depth = 0; node && depth < 4; node = parentOf(node), depth++) {
    if (typeOf(node) !== ELEMENT || node === body) break;
    near = textOf(node, LIMITS.near);
    if (tagOf(node) === "form" || near.length > label.length + 3) break;
  }
  return near;
};
const noteField = (element, tag, state, box, visible, label) => {
  const type = typeOfField(element, tag);
  const native = tag === "input" || tag === "select" || tag === "textarea";
  keep(fields, "fields", {
    selector: selectorOf(element),
    type,
    name: line(attribute(element, "name") || "", LIMITS.name),
    label,
    form: formOf(element),
    autocomplete: line(attribute(element, "autocomplete") || "", 100).toLowerCase(),
    required: hasAttribute(element, "required") || attribute(element, "aria-required") === "true",
    checked: native ? Boolean(element.checked) : attribute(element, "aria-checked") === "true",
    preset: presetOf(element, tag, type),
    // Many shops hide the box itself and draw one in its label.
    visible: visible || (TICKS.has(type) && native && labelsShow(element)),
    region: state.region,
    near: nearOf(element, label),
    place: placeOf(box),
  });
};
const labelsShow = (field) =>
  [...(field.labels || [])].some(
    (label) => Element.prototype.checkVisibility.call(label, { visibilityProperty: true }) && reachable(boxOf(label)),
  );

const noteImage = (element, tag, state, box, visible, address) => {
  const drawn = tag !== "img" && tag !== "input";
  const [width, height] = [Math.round(box.right - box.left), Math.round(box.bottom - box.top)];
  keep(images, "images", {
    src: address,
    alt: line(
      attribute(element, "alt") || (drawn && (ownName(element) || (tag === "svg" && svgTitle(element)))) || "",
      LIMITS.name,
    ),
    selector: selectorOf(element),
    place: placeOf(box),
    natural_width: drawn || tag === "input" ? width : element.naturalWidth,
    natural_height: drawn || tag === "input" ? height : element.naturalHeight,
    complete: drawn || tag === "input" ? true : element.complete,
    region: state.region,
    linked_to: state.link,
    visible,
  });
};
const addressOfImage = (element, tag) => {
  const address = (tag === "img" && element.currentSrc) || attribute(element, "src") || "";
  return address ? absolute(address) : "";
};

// The logo: the first picture in the page's head that links home, rather one that is called so.
const homes = (() => {
  const first = location.pathname.split("/")[1] || "";
  const language = /^[a-z]{2}(?:[-_][a-z]{2})?$/i.test(first) ? [`/${first}`, `/${first}/`] : [];
  return new Set(["/", "/index.html", "/index.php", ...language]);
})();
const leadsHome = (href) => {
  try {
    const address = new URL(href);
    const [there, here] = [address.hostname, location.hostname].map((host) => host.replace(/^www\./, ""));
    return there === here && !address.search && homes.has(address.pathname);
  } catch {
    return false;
  }
};
const noteLogo = (element, state, box, address) => {
  if (!["header", "nav"].includes(state.region) && box.top + downPage > 250) return;
  if (box.right - box.left < 16 || box.bottom - box.top < 10 || state.region === "dialog") return;
  const called = /logo/i.test(
    `${nameWords(element)} ${attribute(element, "alt") || ""} ${address.slice(-200)} ${state.linkWords}`,
  );
  const points = (state.link && leadsHome(state.link) ? 2 : 0) + (called ? 1 : 0) + (state.region === "header" ? 0.5 : 0);
  if (points >= 1 && points > (logo ? logo.points : 0)) logo = { points, element };
};

// WCAG 2.5.8: at least 24 by 24, or far enough from the next; links within a sentence are spared.
const noteTarget = (element, box, state) => targets.push({ element, box, inline: state.inline });
const smallTargets = () => {
  const small = targets.filter(
    ({ box, inline }) => !inline && (box.right - box.left < 23.5 || box.bottom - box.top < 23.5),
  );
  const near = (one, other) => {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    const across = Math.max(other.left - x, 0, x - other.right);
    const down = Math.max(other.top - y, 0, y - other.bottom);
    return across * across + down * down < 144;
  };
  const nested = (one, other) => holds(one.element, other.element) || holds(other.element, one.element);
  const crowded = (one) =>
    targets.some((other) => other !== one && !nested(one, other) && near(one.box, other.box));
  const found = [];
  for (const one of small.slice(0, 400)) {
    if (crowded(one)) keep(found, "small_targets", selectorOf(one.element));
  }
  return found;
};
