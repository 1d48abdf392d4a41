// What htmx does not do alone: say that it is busy, and show errors instead of nothing.
function lost() {
  const region = document.getElementById("toasts");
  const template = document.getElementById("connection-lost");
  if (!region || !template) return;
  region.append(template.content.cloneNode(true));
}

export function watchRequests() {
  const body = document.body;
  body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    detail.target?.setAttribute("aria-busy", "true");
  });
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    detail.target?.removeAttribute("aria-busy");
  });
  // An address says only what was chosen.
  body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const [name, value] of [...detail.formData]) {
      if (value === "") detail.formData.delete(name);
    }
  });
  // Our own error fragments name their place; anything else must not replace the page.
  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status < 400) return;
    const isOurs = detail.xhr.getResponseHeader("HX-Retarget") === "#toasts";
    if (isOurs || detail.xhr.status === 422) detail.shouldSwap = true;
    else lost();
  });
  body.addEventListener("htmx:sendError", lost);
  body.addEventListener("htmx:timeout", lost);
}
