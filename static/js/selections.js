// form[data-selection]: rows of a table are picked by boxes that name the form as theirs.
// [data-select-page] picks the page's rows, [data-select-all] stands for every page.
const rowsOf = (form) => [...form.elements].filter((each) => each.matches("[data-select-row]"));

function show(form) {
  const rows = rowsOf(form);
  const page = form.querySelector("[data-select-page]");
  const all = form.querySelector("[data-select-all]");
  const picked = rows.filter((row) => row.checked).length;
  const isAll = Boolean(all?.checked);
  page.checked = picked > 0 && picked === rows.length;
  page.indeterminate = picked > 0 && picked < rows.length;
  for (const row of rows) row.disabled = isAll;
  page.disabled = isAll;
  const count = form.querySelector("[data-selection-count]");
  count.textContent = isAll ? all.dataset.selectAll : String(picked);
  for (const button of form.querySelectorAll("button")) button.disabled = !isAll && picked === 0;
}

const showAll = () => document.querySelectorAll("form[data-selection]").forEach(show);

export function watchSelections() {
  showAll();
  document.addEventListener("change", ({ target }) => {
    const form = target.form?.closest("[data-selection]");
    if (!form) return;
    if (target.matches("[data-select-page]")) {
      for (const row of rowsOf(form)) row.checked = target.checked;
    }
    show(form);
  });
  document.addEventListener("htmx:afterSettle", showAll);
  // Boxes that the browser ticks again after “back”.
  window.addEventListener("pageshow", showAll);
}
