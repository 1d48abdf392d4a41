// Toasts: dismissible; good news leaves by itself unless it is being read, errors stay.
const READING_TIME = 7000;

function leave(toast) {
  toast.classList.add("toast-leaving");
  setTimeout(() => toast.remove(), 300);
}

function arm(toast) {
  if (toast.dataset.armed !== undefined || toast.dataset.fades === undefined) return;
  toast.dataset.armed = "";
  const wait = () => {
    const isRead = toast.matches(":hover") || toast.contains(document.activeElement);
    if (isRead) setTimeout(wait, 1000);
    else leave(toast);
  };
  setTimeout(wait, READING_TIME);
}

export function watchToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  region.querySelectorAll("[data-toast]").forEach(arm);
  new MutationObserver(() => region.querySelectorAll("[data-toast]").forEach(arm)).observe(region, {
    childList: true,
  });
  region.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-dismiss]");
    if (button) leave(button.closest("[data-toast]"));
  });
}
