// [data-slug-source="name-of-field"]: the address follows the name until it is edited.
const LENGTH = 40;
const SPELLED_OUT = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "o", å: "a", ł: "l", "&": "-" };

function suggest(name) {
  const plain = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöüßæøåł&]/g, (letter) => SPELLED_OUT[letter])
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]|['’]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, LENGTH).replace(/-+$/, "");
}

for (const source of document.querySelectorAll("[data-slug-source]")) {
  const slug = source.form.elements[source.dataset.slugSource];
  let follows = slug.value === "" || slug.value === suggest(source.value);
  source.addEventListener("input", () => {
    if (follows) slug.value = suggest(source.value);
  });
  slug.addEventListener("input", () => {
    follows = slug.value === "";
  });
}
