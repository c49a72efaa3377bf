// Long work, told while it goes on: asks how far it is, and shows the page anew when it is done.
const EVERY_MS = 1000;

async function follow(place) {
  const bar = place.querySelector("progress");
  const told = place.querySelector("[role=status]");
  try {
    const answer = await fetch(place.dataset.poll, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { share, label, finished } = await answer.json();
    if (finished) {
      location.reload();
      return;
    }
    if (label && label !== told.textContent) told.textContent = label;
    if (share === null || share === undefined) bar.removeAttribute("value");
    else bar.value = share;
  } catch {
    // The server may be busy or gone for a moment: the next question finds out.
  }
  setTimeout(() => follow(place), EVERY_MS);
}

for (const place of document.querySelectorAll("[data-poll]")) {
  place.querySelector(".refresh")?.remove();
  setTimeout(() => follow(place), EVERY_MS);
}
