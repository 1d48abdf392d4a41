// textarea[data-draft="key"]: what is being typed outlives a reload and a session that ended.
// It stays in this tab only (sessionStorage): whoever uses the tab can see it, so it goes when
// the text was sent, when the person signs out ([data-forgets-drafts]) and with the tab.
// The page after a text was sent has ?sent=key in its address.
const PREFIX = "draft:";

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // Then nothing is kept.
  }
}

function keep(field) {
  const key = PREFIX + field.dataset.draft;
  try {
    if (field.value.trim()) storage()?.setItem(key, field.value);
    else storage()?.removeItem(key);
  } catch {
    // The storage is full.
  }
}

function forgetSent() {
  const address = new URL(window.location.href);
  const key = address.searchParams.get("sent");
  if (!key) return;
  storage()?.removeItem(PREFIX + key);
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
  for (const field of document.querySelectorAll("textarea[data-draft]")) {
    // Typed before this module was there, or kept by the browser itself.
    if (field.value !== field.defaultValue) keep(field);
    const draft = storage()?.getItem(PREFIX + field.dataset.draft);
    if (!draft || field.value) continue;
    field.value = draft;
    const note = field.form?.querySelector("[data-draft-note]");
    if (note) note.hidden = false;
  }
}

export function watchDrafts() {
  forgetSent();
  restore();
  document.addEventListener("htmx:afterSettle", restore);
  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("textarea[data-draft]")) keep(target);
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-forgets-drafts]")) forgetAll();
    else target.querySelectorAll("textarea[data-draft]").forEach(keep);
  });
}
