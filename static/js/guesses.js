// [data-guess="time-zone"]: propose the browser's own zone, unless something was chosen.
export function guessZones() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const field of document.querySelectorAll('[data-guess="time-zone"]')) {
    if (field.closest("form")?.querySelector("[data-error-summary]")) continue;
    const isUntouched = field.value === "" || field.value === "UTC";
    const isKnown = !field.options || [...field.options].some(({ value }) => value === zone);
    if (isUntouched && isKnown) field.value = zone;
  }
}
