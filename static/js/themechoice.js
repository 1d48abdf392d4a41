// [data-theme-choice]: buttons whose value is system, light or dark.
const root = document.documentElement;

function press() {
  const current = root.dataset.theme ?? "system";
  for (const button of document.querySelectorAll("[data-theme-choice] button")) {
    button.setAttribute("aria-pressed", String(button.value === current));
  }
}

function choose(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice then lasts for this page only.
  }
  press();
}

export function watchThemeChoice() {
  press();
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-theme-choice] button");
    if (button) choose(button.value);
  });
}
