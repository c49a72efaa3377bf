// Puts the live charts in the place of the still ones. Nothing is evaluated (ast), nothing is loaded.
"use strict";
{
  const locale = JSON.parse(document.getElementById("time-locale").textContent);

  const bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.hidden = true;
  document.body.append(bubble);

  const show = (_handler, event, item, value) => {
    bubble.hidden = !value;
    if (!value) return;
    const { told } = item.datum.datum ?? item.datum; // of the nearest point, Vega hands over the mark around the row
    bubble.replaceChildren(...told.split("\n").map((text) => {
      const line = document.createElement("p");
      const [title, figure] = text.split("\t");
      const label = document.createElement("span");
      label.textContent = title;
      line.append(label, figure ? ` ${figure}` : "");
      return line;
    }));
    const room = document.documentElement.clientWidth - bubble.offsetWidth - 8;
    bubble.style.left = `${Math.max(8, Math.min(event.clientX + 14, room))}px`;
    bubble.style.top = `${event.clientY + 18}px`;
  };

  const options = {
    actions: false, ast: true, defaultStyle: false, renderer: "svg", timeFormatLocale: locale, tooltip: show,
  };
  for (const place of document.querySelectorAll("[data-chart]")) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = place.parentElement;
    chart.classList.add("is-live"); // before drawing: the container must have a width
    vegaEmbed(place, spec, options).catch(() => chart.classList.remove("is-live"));
  }
}
