// Buttons open and close dialogs by their command attribute, without any script in browsers
// that know it. This teaches the others, and closes a dialog that was sent by htmx.
const knowsCommands = "command" in HTMLButtonElement.prototype;

export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!knowsCommands && dialog instanceof HTMLDialogElement) {
      button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
    }
    if (event.target instanceof HTMLDialogElement && isOutside(event)) event.target.close();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.target.closest?.("dialog[open]")?.close();
  });
}

function isOutside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
