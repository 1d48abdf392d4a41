// [data-dialog-open=ID] opens a dialog; form[data-confirm=ID] asks there before it is sent.
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-dialog-open]");
    const dialog = opener && document.getElementById(opener.dataset.dialogOpen);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target instanceof HTMLDialogElement && isOutside(event)) event.target.close();
  });
}

function isOutside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

export function watchConfirms() {
  // In the capture phase, so that htmx does not see a form that was not confirmed.
  document.addEventListener(
    "submit",
    (event) => {
      const dialog = document.getElementById(event.target.dataset.confirm ?? "");
      if (!(dialog instanceof HTMLDialogElement)) return;
      if (event.submitter?.dataset.confirmed) {
        dialog.close();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog.showModal();
    },
    { capture: true },
  );
}
