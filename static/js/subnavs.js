// ul[data-subnav]: tabs that do not fit scroll sideways; the current one comes into sight.
export function watchSubnavs() {
  for (const tabs of document.querySelectorAll("[data-subnav]")) {
    const current = tabs.querySelector("[aria-current]");
    if (!current) continue;
    const beyond = current.getBoundingClientRect().right - tabs.getBoundingClientRect().right;
    if (beyond > 0) tabs.scrollLeft += beyond;
  }
}
