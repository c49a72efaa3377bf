// Colours and contrast: WCAG's relative luminance and ratio.

const known = new Map();
let canvas = null;
// [red, green, blue, alpha], 0 to 255 and 0 to 1, of a computed colour.
const colourOf = (text) => {
  let colour = known.get(text);
  if (colour) return colour;
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(text);
  if (plain) colour = [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 1 : +plain[4]];
  else {
    canvas ||= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = "#000";
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    colour = [red, green, blue, alpha / 255];
  }
  known.set(text, colour);
  return colour;
};

// `above` with its alpha times `opacity`, laid over an opaque `ground`.
const blended = (above, ground, opacity = 1) => {
  const alpha = above[3] * opacity;
  const rest = 1 - alpha;
  return [
    above[0] * alpha + ground[0] * rest, above[1] * alpha + ground[1] * rest, above[2] * alpha + ground[2] * rest, 1,
  ];
};
const hexOf = (colour) => {
  const [red, green, blue] = [Math.round(colour[0]), Math.round(colour[1]), Math.round(colour[2])];
  return "#" + ((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1);
};

const linear = (part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const luminance = (colour) =>
  0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
const contrastOf = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
};

// What lies under a text: `colour` is null where a picture or a gradient does; `owner` painted it.
const WHITE = [255, 255, 255, 1];
const groundOf = (element, style, above) => {
  if (style.backgroundImage !== "none") return { colour: null, owner: element };
  const colour = colourOf(style.backgroundColor);
  if (colour[3] === 0) return above;
  if (colour[3] === 1) return { colour, owner: element };
  return { colour: above.colour && blended(colour, above.colour), owner: above.owner };
};

// How much of what is seen has a colour: painted areas, and letters as half of their square.
const colourArea = new Map();
const addColour = (hex, area) => colourArea.set(hex, (colourArea.get(hex) || 0) + area);
const fontCharacters = new Map();
const addFont = (family, characters) => {
  const name = line(family.split(",")[0].replace(/["']/g, ""), 80).toLowerCase();
  fontCharacters.set(name, (fontCharacters.get(name) || 0) + characters);
};
const sharesOf = (amounts, most) => {
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  const largest = [...amounts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most);
  return Object.fromEntries(
    largest.map(([name, amount]) => [name, total ? Math.round((amount / total) * 1e4) / 1e4 : 0]),
  );
};

// Pictures and painted boxes that may lie under a text that is not their descendant.
const pictures = [];
const boxes = [];
const under = (list, x, y, run) =>
  list.some(
    ({ box, element }) =>
      box.left <= x &&
      x <= box.right &&
      box.top <= y &&
      y <= box.bottom &&
      element !== run.element &&
      !holds(element, run.element) &&
      !holds(run.element, element) &&
      (!run.owner || holds(run.owner, element)),
  );
const firstTextIn = (element) => {
  for (let child = firstOf(element); child; child = nextOf(child)) {
    if (typeOf(child) === TEXT && /\S/.test(rawTextOf(child))) return child;
  }
  return null;
};
// Contrast is only told where nothing but the ground lies under the text.
const settleContrast = (runs) => {
  for (const { run, element, owner, floating } of runs) {
    if (run.contrast === null) continue;
    if (!pictures.length && !(floating && boxes.length)) continue;
    const [x, y, width, height] = run.place;
    const [left, top] = [x - acrossPage, y - downPage];
    const near = ({ box }) =>
      box.right > left && box.left < left + width && box.bottom > top && box.top < top + height;
    const close = pictures.some(near) || (floating && boxes.some(near));
    if (!close || !height) continue;
    const range = document.createRange();
    range.selectNodeContents(firstTextIn(element) || element);
    const rect = Range.prototype.getClientRects.call(range)[0];
    if (!rect) continue;
    const [middle, centre] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
    const spot = { element, owner };
    if (under(pictures, middle, centre, spot) || (floating && under(boxes, middle, centre, spot))) {
      run.contrast = null;
    }
  }
};
