// The search of the first page. Without it the page is whole: every term stands there.
"use strict";

const form = document.querySelector(".search");
const field = form.querySelector("input");
const result = form.querySelector(".search-result");
const all = form.querySelector(".search-all");
const terms = [...document.querySelectorAll(".category-terms li")];
const categories = [...document.querySelectorAll("section.category")];
const plain = (words) =>
  words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[“”„«»]/g, '"').toLowerCase();
const texts = terms.map((term) => plain(`${term.textContent} ${term.dataset.words ?? ""}`));

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const found = texts.map((text) => words.every((word) => text.includes(word)));
  terms.forEach((term, at) => { term.hidden = !found[at]; });
  for (const category of categories) {
    category.hidden = !category.querySelector("li:not([hidden])");
    document.querySelector(`.jump[href="#${category.id}"]`).hidden = category.hidden;
  }
  const count = found.filter(Boolean).length;
  const { none, one, more } = result.dataset;
  const says = [none.replace("{words}", () => field.value.trim()), one][count] ?? more;
  result.textContent = words.length ? says.replace("{count}", count) : "";
  all.hidden = count > 0;
  if (words.length) form.scrollIntoView();
}

all.addEventListener("click", () => {
  field.value = "";
  field.focus();
  search();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = terms.find((term) => !term.hidden);
  if (field.value.trim() && first) first.querySelector("a").click();
});
field.addEventListener("input", search);
field.value = new URLSearchParams(location.search).get("q") ?? field.value;
form.hidden = false;
search();
