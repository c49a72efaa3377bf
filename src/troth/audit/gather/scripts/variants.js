// Chooses what a product leaves open: the first that can be had of each size, colour and the like. Nothing that
// is a choice for or against something (a box to tick) is touched. Returns what was chosen.
({ selector, soldOut }) => {
  const SOLD_OUT = new RegExp(soldOut, "i");
  const button = document.querySelector(selector);
  const scope = button?.closest("form") || document.querySelector("main, [role=main]") || document.body;
  const wider = document.querySelector("main, [role=main]") || document.body;
  const aside = (element) => element.closest("header, footer, nav, [role=dialog], dialog");
  const chosen = [];
  const line = (text) => (text || "").replace(/\s+/g, " ").trim().slice(0, 80);
  const told = (element) => {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });

  for (const select of scope.querySelectorAll("select")) {
    if (aside(select) || select.disabled || select.multiple) continue;
    const now = select.selectedOptions[0];
    if (now && now.value !== "" && !now.disabled) continue;
    const first = [...select.options].find((one) => one.value !== "" && !one.disabled && !SOLD_OUT.test(one.text));
    if (!first) continue;
    select.value = first.value;
    told(select);
    chosen.push(line(first.text));
  }

  const groups = new Map();
  for (const radio of scope.querySelectorAll("input[type=radio]")) {
    if (aside(radio)) continue;
    groups.set(radio.name, [...(groups.get(radio.name) || []), radio]);
  }
  for (const radios of groups.values()) {
    if (radios.some((radio) => radio.checked)) continue;
    const said = (radio) => line(radio.labels?.[0]?.innerText || radio.value);
    const first = radios.find((radio) => !radio.disabled && !SOLD_OUT.test(said(radio)));
    if (!first) continue;
    first.click();
    chosen.push(said(first));
  }

  const SWATCHES = "[role=radiogroup], [class*=swatch], [class*=variant], [class*=size-], [class*=sizes]";
  for (const group of wider.querySelectorAll(SWATCHES)) {
    if (aside(group) || group.querySelector("input, select") || group.contains(button)) continue;
    const ones = [...group.querySelectorAll("[role=radio], button, [role=option]")].filter(shown);
    if (ones.length < 2 || ones.length > 60) continue;
    const on = (one) =>
      one.getAttribute("aria-checked") === "true" || one.getAttribute("aria-pressed") === "true" ||
      one.getAttribute("aria-selected") === "true" || /(?:^|[\s_-])(?:selected|active|checked)(?:$|\s)/.test(one.className);
    if (ones.some(on)) continue;
    const first = ones.find(
      (one) => !one.disabled && one.getAttribute("aria-disabled") !== "true" && !SOLD_OUT.test(one.innerText),
    );
    if (!first) continue;
    first.click();
    chosen.push(line(first.innerText || first.getAttribute("aria-label")));
  }
  return chosen;
}
