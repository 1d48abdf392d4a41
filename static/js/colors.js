// [data-color]: a color picker beside the text field; both always hold the same.
const FULL = /^#?([0-9a-f]{6})$/i;

for (const field of document.querySelectorAll("[data-color]")) {
  const picker = document.createElement("input");
  picker.type = "color";
  picker.className = "color-picker";
  picker.value = getComputedStyle(document.documentElement).getPropertyValue("--accent-light").trim();
  picker.setAttribute("aria-label", field.dataset.color);
  const box = document.createElement("div");
  box.className = "color-field";
  field.replaceWith(box);
  box.append(picker, field);

  const follow = () => {
    const found = FULL.exec(field.value.trim());
    if (found) picker.value = `#${found[1].toLowerCase()}`;
  };
  follow();
  field.addEventListener("input", follow);
  picker.addEventListener("input", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
