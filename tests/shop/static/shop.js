// The shop's own script: the question of consent, and the gallery. Everything else works without it.
const trackers = ["https://www.google-analytics.com/analytics.js", "https://tracker.test/t.js"];
const settings = document.body.dataset;
const dialog = document.querySelector("#consent");

function choice() {
  return document.cookie.match(/(?:^|; )consent=(\w+)/)?.[1];
}

function track() {
  for (const address of trackers) {
    const script = document.createElement("script");
    script.src = address;
    script.async = true;
    document.head.append(script);
  }
}

function tracks() {
  if (!dialog) return false;
  if (choice() === "reject") return settings.tracks === "rejected";
  return choice() === "accept" || settings.tracks === "early";
}

function decide(answer) {
  document.cookie = `consent=${answer}; path=/; max-age=15552000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  dialog.hidden = true;
  if (answer === "reject") document.cookie = "_ga=; path=/; max-age=0; secure; samesite=lax";
  if (answer === "accept" || settings.tracks === "rejected") track();
}

if (dialog) {
  const second = dialog.querySelector(".purposes");
  const show = () => { dialog.hidden = false; };
  dialog.addEventListener("click", event => {
    const does = event.target.dataset?.does;
    if (does === "accept" || does === "reject") decide(does);
    if (does === "settings") {
      second.hidden = false;
      event.target.hidden = true;
    }
    if (does === "save") {
      const any = [...second.querySelectorAll("input:not(:disabled)")].some(box => box.checked);
      decide(any ? "accept" : "reject");
    }
  });
  document.querySelectorAll("[data-consent-settings]").forEach(opener => opener.addEventListener("click", event => {
    event.preventDefault();
    show();
    dialog.querySelector("button").focus();
  }));
  if (!choice()) show();
  if (tracks()) track();
}

document.querySelectorAll(".gallery .small img").forEach(small => small.closest("button").addEventListener("click", () => {
  document.querySelector(".gallery .large").src = small.src;
}));
