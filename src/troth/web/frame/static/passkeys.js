// Passkeys: adding one (#passkey-add) and signing in with one (#passkey-sign-in).
// The forms stay hidden where the browser knows no passkeys, or runs no scripts.

const known = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function send(form, address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form-Token": form.dataset.token },
    body: JSON.stringify(body),
  });
  const sent = await answer.json();
  if (!answer.ok) throw new Error(sent.error.message);
  return sent;
}

async function signIn(form) {
  const { ticket, options } = await send(form, "/sign-in/passkey/begin", {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return send(form, "/sign-in/passkey/end", {
    ticket, credential: credential.toJSON(), next: form.dataset.next,
  });
}

async function add(form) {
  const { ticket, options } = await send(form, "/settings/passkey/begin", {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  return send(form, "/settings/passkey/end", {
    ticket, credential: credential.toJSON(), name: form.elements.name.value,
  });
}

function wire(id, work) {
  const form = document.getElementById(id);
  if (!form || !known) return;
  const said = form.querySelector("[data-refused]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      window.location.assign((await work(form)).next);
    } catch (error) {
      // What a browser says when a person cancels is not in the page's language: the page has words for it.
      said.textContent = error instanceof DOMException ? said.dataset.refused : error.message;
    }
  });
}

wire("passkey-sign-in", signIn);
wire("passkey-add", add);
