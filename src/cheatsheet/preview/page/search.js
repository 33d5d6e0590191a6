// Search by term: a combobox (WAI-ARIA Authoring Practices, "Combobox with list autocomplete").
import { byId, make } from "./elements.js";
import { goTo, pageOf, pages } from "./pages.js";

const MOST = 12;
const input = byId("search");
const list = byId("found");
let sections = [];
let hits = [];
let chosen = 0;

export const searchIn = (state) => { sections = state.sections; };

function find(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  const rank = (section) => {
    const texts = [section.title, ...section.words].map((text) => text.toLowerCase());
    if (texts[0].startsWith(wanted)) return 0;
    if (texts.some((text) => text.startsWith(wanted))) return 1;
    return texts.some((text) => text.includes(wanted)) ? 2 : 3;
  };
  return sections.map((section) => [rank(section), section]).filter(([r]) => r < 3)
    .sort((one, other) => one[0] - other[0]).slice(0, MOST).map(([, section]) => section);
}

function show() {
  list.replaceChildren(...hits.map((section, n) => {
    const page = pages[pageOf(section.id)];
    const option = make("li", { id: `found-${n}`, role: "option" },
      make("span", {}, section.title), make("small", {}, page ? page.folio : ""));
    option.setAttribute("aria-selected", String(n === chosen));
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      go(section);
    });
    return option;
  }));
  list.hidden = !hits.length;
  input.setAttribute("aria-expanded", String(hits.length > 0));
  if (hits.length) input.setAttribute("aria-activedescendant", `found-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
}

function go(section) {
  close();
  goTo(pageOf(section.id));
  byId("pages").focus();
}

function close() {
  input.value = "";
  hits = [];
  show();
}

input.addEventListener("input", () => {
  hits = find(input.value);
  chosen = 0;
  show();
});
input.addEventListener("blur", () => {
  hits = [];
  show();
});
input.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && hits.length) {
    event.preventDefault();
    chosen = (chosen + by + hits.length) % hits.length;
    show();
  } else if (event.key === "Enter" && hits.length) go(hits[chosen]);
  else if (event.key === "Escape") {
    close();
    byId("pages").focus();
  }
});
