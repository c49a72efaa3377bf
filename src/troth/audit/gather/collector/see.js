// All of it, in the shape of `artifacts/page.py`.

const START = {
  rendered: true, visible: true, silent: false, clipped: false, opacity: 1, struck: false, floating: false,
  over: false, region: "main", language: "", ground: { colour: WHITE, owner: null }, link: "", linkWords: "",
  block: null,
};

const blockList = () => {
  const list = [];
  for (const { parts, element, language, region } of blocks) {
    const text = line(parts.join(""), 5000);
    if (text.length >= 20) keep(list, "blocks", { text, selector: selectorOf(element), language, region });
  }
  return list;
};

const allText = () => {
  const parts = [body instanceof HTMLElement ? shownTextOf(body) : root ? rawTextOf(root) : ""];
  for (const element of shadowTexts) {
    if (element instanceof HTMLElement && !SILENT.has(tagOf(element))) parts.push(shownTextOf(element));
  }
  return whole(parts.filter((part) => part && part.trim()).join("\n").trim(), LIMITS.text, "text");
};

// The white that shows where neither the root nor the body paints.
const addPaper = (scroller) => {
  const bare = (element) => {
    const style = element && getComputedStyle(element);
    return !style || (style.backgroundImage === "none" && colourOf(style.backgroundColor)[3] === 0);
  };
  if (scroller && bare(root) && bare(body)) addColour("#ffffff", scroller.scrollWidth * scroller.scrollHeight);
};

const LANDMARKS = ["banner", "navigation", "search", "breadcrumb", "main", "complementary", "contentinfo"];

const see = () => {
  countIds();
  if (root) walk(root, START, 0);
  settleContrast(runs);
  const title = root ? findIn(root, "head > title") || findIn(root, "title") : null;
  const scroller = read(Document.prototype, "scrollingElement")(document) || root;
  const small = smallTargets();
  addPaper(scroller);
  const html = root ? read(Element.prototype, "outerHTML")(root) : "";
  return {
    title: title ? line(rawTextOf(title) || "", LIMITS.name) : "",
    language: root ? line(attribute(root, "lang") || attribute(root, "xml:lang") || "", 35) : "",
    text: allText(),
    html: whole(html, LIMITS.html, "html"),
    links,
    controls,
    fields,
    forms,
    images,
    runs: runs.map(({ run }) => run),
    overlays,
    frames,
    blocks: blockList(),
    layout: {
      window_width: innerWidth,
      window_height: innerHeight,
      scroll_width: scroller ? scroller.scrollWidth : 0,
      scroll_height: scroller ? scroller.scrollHeight : 0,
      small_text_share: letters ? Math.round((smallLetters / letters) * 1e4) / 1e4 : 0,
      small_targets: small,
      targets: targets.length,
    },
    fonts: sharesOf(fontCharacters, LIMITS.fonts),
    colours: sharesOf(colourArea, LIMITS.colours),
    landmarks: LANDMARKS.filter((name) => landmarks.has(name)),
    logo: logo ? selectorOf(logo.element) : null,
    cut: [...cut].sort(),
  };
};
