// form[data-passkey]: before it is sent, the browser makes ("create") or uses ("get") a passkey.
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));

const withIds = (credentials) => credentials?.map((each) => ({ ...each, id: decode(each.id) }));

function readable({ publicKey }) {
  const options = { ...publicKey, challenge: decode(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: decode(options.user.id) };
  options.excludeCredentials = withIds(options.excludeCredentials);
  options.allowCredentials = withIds(options.allowCredentials);
  return { publicKey: options };
}

function sendable(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function optionsOf(form) {
  const { options, optionsUrl } = form.dataset;
  if (options) return JSON.parse(document.getElementById(options).textContent);
  const answer = await fetch(optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
}

function problemOf(error) {
  if (error.name === "InvalidStateError") return "known";
  return ["SecurityError", "NotSupportedError"].includes(error.name) ? "missing" : "failed";
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = "";
  if (!window.PublicKeyCredential) {
    problem.textContent = problem.dataset.missing;
    return;
  }
  try {
    const options = readable(await optionsOf(form));
    const credential = await navigator.credentials[form.dataset.passkey](options);
    form.elements.credential.value = sendable(credential);
    form.submit();
  } catch (error) {
    problem.textContent = problem.dataset[problemOf(error)];
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  let isAsking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    await ask(form);
    isAsking = false;
  });
  // A click before this would send the form without a passkey.
  form.querySelector("button[type=submit]").disabled = false;
}
