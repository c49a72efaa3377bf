// Says the figures of the day under the pointer. What is told stands in the chart: one text for each day.
const bubble = document.createElement("div");
bubble.className = "bubble";
bubble.hidden = true;
document.body.append(bubble);

function told(text) {
  return text.split("\n").map((row) => {
    const [title, figure] = row.split("\t");
    const line = document.createElement("p");
    const label = document.createElement("span");
    label.textContent = title;
    line.append(label, figure ? ` ${figure}` : "");
    return line;
  });
}

for (const chart of document.querySelectorAll(".timeline[data-told]")) {
  const days = JSON.parse(chart.dataset.told);
  const plot = chart.querySelector(".plot-area");
  const pointer = chart.querySelector(".pointer");
  const leave = () => {
    bubble.hidden = true;
    chart.classList.remove("is-pointed");
  };
  chart.addEventListener("pointermove", (event) => {
    const box = plot.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    if (share < -0.02 || share > 1.02) {
      leave();
      return;
    }
    const place = Math.max(0, Math.min(days.length - 1, Math.round(share * (days.length - 1))));
    const at = `${(100 * place) / Math.max(1, days.length - 1)}%`;
    pointer.setAttribute("x1", at);
    pointer.setAttribute("x2", at);
    chart.classList.add("is-pointed");
    bubble.replaceChildren(...told(days[place]));
    bubble.hidden = false;
    const room = document.documentElement.clientWidth - bubble.offsetWidth - 8;
    bubble.style.left = `${Math.max(8, Math.min(event.clientX + 14, room))}px`;
    bubble.style.top = `${event.clientY + 18}px`;
  });
  chart.addEventListener("pointerleave", leave);
}
