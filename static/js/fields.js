// [data-reveal]: show a password. [data-copy]: copy a value. Error links: focus their field.
export function watchReveals() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-reveal-button]");
    if (!button) return;
    const input = button.closest("[data-reveal]").querySelector("input");
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
  });
}

export function watchCopies() {
  document.addEventListener("click", async ({ target }) => {
    const box = target.closest?.("[data-copy-button]")?.closest("[data-copy]");
    if (!box) return;
    const input = box.querySelector("input");
    const done = box.querySelector("[data-copied]");
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand("copy");
    }
    done.textContent = done.dataset.copied;
    setTimeout(() => (done.textContent = ""), 4000);
  });
}

export function watchErrorLinks() {
  document.querySelector("[data-error-summary]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a");
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place) return;
    const field = place.matches("input, select, textarea")
      ? place
      : place.querySelector("input, select, textarea");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}
