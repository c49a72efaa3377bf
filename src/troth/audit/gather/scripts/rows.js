// The lines of a basket or of an order's summary: each price with the words it belongs to. A line of goods has
// a control for the quantity, one that takes it out, or the name of what was put in (`added`); any other is a
// sum, a fee or an offer.
({ price, free, remove, added }) => {
  const PRICE = new RegExp(price, "i");
  const FREE = new RegExp(`^(?:${free})$`, "i");
  const REMOVE = new RegExp(`^(?:${remove})$`, "i");
  const QUANTITY = /qty|quant|aantal|menge|anzahl/i;
  const MOST = { elements: 8000, rows: 100, text: 300 };

  const line = (text) => (text || "").replace(/\s+/g, " ").trim();
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const said = (element) =>
    line(element.innerText) || line(element.getAttribute("aria-label") || element.title || element.value || "");
  const scope = document.querySelector("main, [role=main]") || document.body;
  if (!scope) return [];
  const aside = (element) => element.closest("header, footer, nav, [role=banner], [role=contentinfo]");

  const path = (element) => {
    const parts = [];
    for (let node = element; node && node !== document.documentElement && parts.length < 12; node = node.parentElement) {
      if (node.id && document.querySelectorAll(`#${CSS.escape(node.id)}`).length === 1) {
        parts.unshift(`#${CSS.escape(node.id)}`);
        return parts.join(" > ");
      }
      const alike = [...(node.parentElement?.children || [node])].filter((other) => other.localName === node.localName);
      parts.unshift(node.localName + (alike.length > 1 ? `:nth-of-type(${alike.indexOf(node) + 1})` : ""));
    }
    return parts.join(" > ");
  };

  const all = [...scope.querySelectorAll("*")].slice(0, MOST.elements);
  const bears = (element) => {
    const text = line(element.textContent);
    return text.length <= 60 && (PRICE.test(text) || FREE.test(text));
  };
  const leaves = all.filter(
    (element) =>
      !["script", "style", "option", "template", "noscript"].includes(element.localName) &&
      bears(element) && ![...element.children].some(bears) && !aside(element) && shown(element),
  );
  const quantities = all.filter(
    (element) =>
      (element.matches("input:not([type=hidden])") &&
        (element.type === "number" || QUANTITY.test(`${element.name} ${element.id}`))) ||
      (element.localName === "select" && QUANTITY.test(`${element.name} ${element.id} ${element.className}`)),
  );
  const removals = all.filter(
    (element) =>
      element.matches("button, a[href], [role=button], input[type=submit]") &&
      (REMOVE.test(said(element)) || /[/=_-](?:remove|delete|verwijder|entfern)/i.test(element.getAttribute("href") || "")),
  );

  const within = (row, list) => list.filter((element) => row.contains(element));
  // The words of a row that are neither a price nor what a control says.
  const wordsOf = (row) => {
    let text = line(row.innerText);
    for (const control of row.querySelectorAll("button, [role=button], select, label, option")) {
      text = text.replace(line(control.innerText), " ");
    }
    return text.replace(new RegExp(price, "gi"), " ");
  };
  const named = (row) => /\p{L}{3,}/u.test(wordsOf(row));

  const rowOf = (anchor) => {
    for (let node = anchor.parentElement, depth = 0; node && depth < 12; node = node.parentElement, depth++) {
      if (node === scope || node.localName === "form" || node.localName === "tbody") break;
      if (!within(node, leaves).length || !named(node)) continue;
      const whole = node.closest("tr, li, [role=row], [role=listitem], article");
      const fits = whole && scope.contains(whole) && whole !== scope && within(whole, quantities).length <= 1;
      return fits ? whole : node;
    }
    return null;
  };
  const plain = (text) => line(text).toLowerCase();
  const name = plain(added);
  const names = name.length < 3 ? [] : leaves.map((leaf) => {
    const whole = leaf.closest("tr");
    if (whole) return plain(whole.innerText).includes(name) ? whole : null;
    for (let node = leaf, depth = 0; node && node !== scope && depth < 7; node = node.parentElement, depth++) {
      if (within(node, leaves).length > 2) return null; // more than a price for one and a price for all
      if (plain(node.innerText).includes(name)) return node.closest("li") || node;
    }
    return null;
  });
  const anchored = [...quantities, ...removals].filter((one) => !aside(one)).map(rowOf);
  const found = [...new Set([...names, ...anchored].filter(Boolean))];
  const items = found.filter((row) => !found.some((other) => other !== row && other.contains(row)));

  // What is offered besides: a card with a picture of its own, or one that is a link as a whole.
  const offered = (leaf) => {
    const card = leaf.closest("article, li, figure, [class*=card], [class*=product], [class*=slide]");
    return leaf.closest("a[href]") || (card && scope.contains(card) && card.querySelector("img, picture") && !card.querySelector("tr, dl"));
  };
  const restOf = (leaf) => {
    const row = leaf.closest("tr");
    if (row) return row;
    for (let node = leaf, depth = 0; node && node !== scope && depth < 5; node = node.parentElement, depth++) {
      if (node.localName === "dd" && node.previousElementSibling) return node;
      if (named(node)) return node;
    }
    return null;
  };
  const rest = new Map();
  for (const leaf of leaves) {
    if (items.some((row) => row.contains(leaf)) || offered(leaf)) continue;
    const row = restOf(leaf);
    if (row && !rest.has(row) && line(row.innerText).length <= MOST.text) rest.set(row, leaf);
  }
  // Rows of the same table that name no price: freight that depends on the address.
  for (const row of [...rest.keys()]) {
    const group = row.closest("tfoot, tbody, dl");
    for (const other of group ? group.querySelectorAll("tr, dd") : []) {
      const last = other.lastElementChild || other;
      if (rest.has(other) || items.includes(other) || !shown(other) || within(other, leaves).length) continue;
      if (line(last.innerText) && line(other.innerText).length <= MOST.text / 2) rest.set(other, last);
    }
  }
  const textOf = (row) => {
    const term = row.localName === "dd" ? row.previousElementSibling : null;
    return line(`${term ? term.innerText : ""} ${row.innerText}`).slice(0, MOST.text);
  };
  const priceOf = (text) => (PRICE.exec(text) || [text])[0].slice(0, 80);

  const lines = items.map((row) => ({ row, leaf: within(row, leaves).at(-1), item: true }));
  lines.push(...[...rest].map(([row, leaf]) => ({ row, leaf, item: false })));
  lines.sort((a, b) => (a.row.compareDocumentPosition(b.row) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return lines.slice(0, MOST.rows).map(({ row, leaf, item }) => ({
    text: textOf(row), price: priceOf(line(leaf.innerText)), selector: path(row), item,
  }));
}
