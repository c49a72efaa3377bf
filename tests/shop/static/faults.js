// Scripts of the faults; the page names which.
const page = document.body;
const late = document.querySelector("#banner, .panel");
if (late) {
  const picture = new Image();
  picture.onload = () => { late.hidden = false; };
  picture.src = "/static/late.svg";
}
const clock = document.querySelector("#countdown");
if (clock && !clock.dataset.until) {
  let left = 15 * 60;
  const end = () => Date.now() + left * 1000;
  let until = end();
  setInterval(() => {
    if (until - Date.now() <= 0) until = end();
    const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
    clock.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }, 250);
}
const viewers = document.querySelector("#viewers");
if (viewers) {
  viewers.textContent = 8 + Math.floor(Math.random() * 40);
  document.querySelector("#left").textContent = 2 + Math.floor(Math.random() * 7);
}
if (page.classList.contains("fault-error-free")) {
  document.querySelector("#no-such-element").addEventListener("click", () => {});
}
