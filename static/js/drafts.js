// textarea[data-draft="key"], or an input: what is being typed outlives a reload and a session
// that ended. It stays in this tab only (sessionStorage): whoever uses the tab can see it, so it
// goes when the text was sent, when the person signs out ([data-forgets-drafts]) and with the tab.
// The page after a text was sent has ?sent=key in its address, a part of it [data-draft-sent].
//
// data-draft-seen="name" is for a text that others change, too: the field of that name says which
// version the text is about. The draft comes back with its own version, so that the server can
// tell that somebody else has saved meanwhile.
const PREFIX = "draft:";
const SEEN = "#seen";
const FIELDS = ":is(textarea, input)[data-draft]";

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // Then nothing is kept.
  }
}

function versionOf(field) {
  return field.form?.elements[field.dataset.draftSeen];
}

// What is sent may not arrive, so then it is kept although the page may have it already.
function keep(field, isSent = false) {
  const key = PREFIX + field.dataset.draft;
  const version = versionOf(field);
  const isOther = version ? isSent || field.value !== field.defaultValue : field.value.trim();
  try {
    if (!isOther) return forget(field.dataset.draft);
    storage()?.setItem(key, field.value);
    if (version) storage()?.setItem(key + SEEN, version.value);
  } catch {
    // The storage is full.
  }
}

function forget(name) {
  storage()?.removeItem(PREFIX + name);
  storage()?.removeItem(PREFIX + name + SEEN);
}

function forgetSentParts() {
  for (const { dataset } of document.querySelectorAll("[data-draft-sent]")) {
    forget(dataset.draftSent);
  }
}

function forgetSent() {
  const address = new URL(window.location.href);
  const key = address.searchParams.get("sent");
  if (!key) return;
  forget(key);
  address.searchParams.delete("sent");
  window.history.replaceState(window.history.state, "", address);
}

function forgetAll() {
  const kept = storage();
  for (const key of Object.keys(kept ?? {})) {
    if (key.startsWith(PREFIX)) kept.removeItem(key);
  }
}

function restore() {
  for (const field of document.querySelectorAll(FIELDS)) {
    // Typed before this module was there, or kept by the browser itself.
    if (field.value !== field.defaultValue) keep(field);
    const key = PREFIX + field.dataset.draft;
    const draft = storage()?.getItem(key);
    const version = versionOf(field);
    if (draft === null || draft === undefined || draft === field.value) continue;
    if (field.value && !version) continue;
    field.value = draft;
    if (version) version.value = storage().getItem(key + SEEN) ?? version.value;
    field.closest("details")?.setAttribute("open", "");
    const note = field.form?.querySelector("[data-draft-note]");
    if (note) note.hidden = false;
  }
}

export function watchDrafts() {
  forgetSent();
  restore();
  document.addEventListener("htmx:afterSettle", () => {
    forgetSentParts();
    restore();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.(FIELDS)) keep(target);
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-forgets-drafts]")) forgetAll();
    else for (const field of target.querySelectorAll(FIELDS)) keep(field, true);
  });
}
