// [data-slider]: the number beside a slider follows it.
export function watchSliders() {
  document.addEventListener("input", (event) => {
    const slider = event.target.closest?.("[data-slider]");
    const value = slider?.closest(".slider-field")?.querySelector("[data-slider-value]");
    if (value) value.value = slider.value;
  });
}
