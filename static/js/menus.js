// details[data-dismissible] closes on Escape, on a click elsewhere, and when focus leaves it.
const open = () => document.querySelectorAll("details[data-dismissible][open]");

export function watchMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      if (menu.contains(target)) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  });
}
