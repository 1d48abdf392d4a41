// ul[data-tree] is a list of links; here it becomes a tree that the arrow keys walk.
// Opening an item asks the server for its branch, once; without scripts its link leads there.
const ITEM = "[data-tree-item]";
const isShown = (item) => !item.parentElement.closest("[hidden]");
const itemsOf = (tree) => [...tree.querySelectorAll(ITEM)].filter(isShown);
const inRow = (item, what) => item.querySelector(`:scope > .tree-row ${what}`);
const groupOf = (item) => item.querySelector(":scope > [data-tree-group]");
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
const parentOf = (item) => item.parentElement.closest(ITEM);

function become(tree) {
  tree.setAttribute("role", "tree");
  for (const item of tree.querySelectorAll(`${ITEM}:not([role])`)) {
    item.setAttribute("role", "treeitem");
    item.tabIndex = -1;
    item.setAttribute("aria-setsize", item.dataset.size);
    item.setAttribute("aria-posinset", item.dataset.position ?? item.dataset.size);
    const label = inRow(item, "[id]");
    if (label) item.setAttribute("aria-labelledby", label.id);
    for (const link of item.querySelectorAll(":scope > .tree-row a")) link.tabIndex = -1;
    const group = groupOf(item);
    if (!group) continue;
    group.setAttribute("role", "group");
    item.setAttribute("aria-expanded", "false");
  }
  const [first] = itemsOf(tree);
  if (first && !tree.querySelector(`${ITEM}[tabindex="0"]`)) first.tabIndex = 0;
}

function moveTo(tree, item) {
  if (!item) return;
  for (const other of tree.querySelectorAll(`${ITEM}[tabindex="0"]`)) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

function open(item) {
  const group = groupOf(item);
  item.setAttribute("aria-expanded", "true");
  group.hidden = false;
  if (group.children.length || group.getAttribute("aria-busy")) return;
  inRow(item, "[data-tree-toggle]").dispatchEvent(new CustomEvent("tree:open"));
}

function close(item) {
  item.setAttribute("aria-expanded", "false");
  groupOf(item).hidden = true;
}

const toggle = (item) => (isOpen(item) ? close(item) : open(item));

function inwards(tree, item) {
  const group = groupOf(item);
  if (!group) return;
  if (isOpen(item)) moveTo(tree, group.querySelector(ITEM));
  else open(item);
}

function outwards(tree, item) {
  if (groupOf(item) && isOpen(item)) close(item);
  else moveTo(tree, parentOf(item));
}

function find(tree, item, letter) {
  const items = itemsOf(tree);
  const here = items.indexOf(item) + 1;
  const starts = (each) =>
    inRow(each, "[data-tree-link]")?.textContent.trim().toLowerCase().startsWith(letter);
  moveTo(tree, [...items.slice(here), ...items.slice(0, here)].find(starts));
}

const KEYS = {
  ArrowDown: (tree, item) => moveTo(tree, itemsOf(tree)[itemsOf(tree).indexOf(item) + 1]),
  ArrowUp: (tree, item) => moveTo(tree, itemsOf(tree)[itemsOf(tree).indexOf(item) - 1]),
  ArrowRight: inwards,
  ArrowLeft: outwards,
  Home: (tree) => moveTo(tree, itemsOf(tree)[0]),
  End: (tree) => moveTo(tree, itemsOf(tree).at(-1)),
  Enter: (tree, item) => inRow(item, "[data-tree-link]")?.click(),
  " ": (tree, item) => groupOf(item) && toggle(item),
};

function onKey(event) {
  const item = event.target.matches?.(ITEM) ? event.target : null;
  const tree = item?.closest("[data-tree]");
  if (!tree || event.ctrlKey || event.altKey || event.metaKey) return;
  const act = KEYS[event.key];
  if (act) act(tree, item);
  else if (event.key.length === 1) find(tree, item, event.key.toLowerCase());
  else return;
  event.preventDefault();
}

function onClick(event) {
  const pressed = event.target.closest?.("[data-tree-toggle]");
  if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const item = pressed.closest(ITEM);
  event.preventDefault();
  toggle(item);
  moveTo(item.closest("[data-tree]"), item);
}

// The link to more people is replaced by them; whoever was on it goes on with the first one.
function onMore(event) {
  const more = event.detail.elt?.closest?.(".tree-more");
  if (!more?.contains(document.activeElement)) return;
  const [list, place] = [more.parentElement, [...more.parentElement.children].indexOf(more)];
  const settled = () => moveTo(list.closest("[data-tree]"), list.children[place]);
  document.body.addEventListener("htmx:afterSettle", settled, { once: true });
}

// A branch that did not arrive is closed again, so that opening asks once more.
function onFailure({ detail }) {
  const item = detail.elt?.closest?.(ITEM);
  if (item && groupOf(item) && !groupOf(item).children.length) close(item);
}

function becomeAll() {
  for (const tree of document.querySelectorAll("[data-tree]")) become(tree);
}

export function watchTrees() {
  becomeAll();
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.body.addEventListener("htmx:beforeSwap", onMore);
  document.body.addEventListener("htmx:afterSwap", becomeAll);
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
    document.body.addEventListener(failure, onFailure);
}
