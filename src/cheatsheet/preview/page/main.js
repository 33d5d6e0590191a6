// Joins the parts: the server's state comes in, and what is pressed goes to the part it is for.
import { byId, make, post } from "./elements.js";
import { drawOverlays, overlays, setMark } from "./overlays.js";
import {
  compareAs, current, findPlace, goTo, isInView, keepPlace, layout, lookAgain, onMove, pageOf, pages, refresh,
  rowInView, scale, setFacing, setFollows, setZoom, takePages, zoomBy,
} from "./pages.js";
import { showAlert, showFindings, showStatus, showStrip, step, whenChosen } from "./panels.js";
import { searchIn } from "./search.js";

const REMEMBERED = "cheatsheet-preview";
let state = null;
let connected = false;
let followed = null;
let arrived = false;
const remembered = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}");

// The state, whenever it changes.
const events = new EventSource("/events");
events.onopen = lookAgain; // it may be another server, which does not know what is in view
events.onmessage = (event) => {
  connected = true;
  state = JSON.parse(event.data);
  for (const page of state.pages) page.against = state.baseline;
  takePages(state);
  showAll();
  if (!arrived && pages.length) arrive();
  follow();
};
events.onerror = () => {
  connected = false;
  if (state) showStatus(state, connected);
};

function showAll() {
  document.title = `${state.rejected ? "(!) " : ""}${state.title || "Preview"}`;
  showEditions();
  byId("reading").hidden = !state.epub;
  searchIn(state);
  showFindings(state);
  showAlert(state);
  showStatus(state, connected);
  moved(current());
}

function showEditions() {
  const select = byId("edition");
  if ([...select.options].map((option) => option.value).join() !== state.editions.join()) {
    select.replaceChildren(...state.editions.map((name) => make("option", { value: name }, name)));
  }
  if (document.activeElement !== select) select.value = state.edition;
}

/** Go where the address says, or where the view was before it was loaded again. */
function arrive() {
  arrived = true;
  if (!location.hash || location.hash === remembered.hash) keepPlace(remembered.place);
  else goToHash();
}

function goToHash() {
  const name = decodeURIComponent(location.hash.slice(1));
  const number = name.match(/^page-(\d+)$/);
  const index = number ? Number(number[1]) - 1 : pageOf(name);
  if (index >= 0 && index < pages.length) goTo(index);
}
window.addEventListener("hashchange", goToHash);

/** Show the page of what was saved, if the view follows. */
function follow() {
  const isNews = followed !== null && followed !== state.generation;
  followed = state.generation;
  if (!isNews) return;
  if (byId("follow").getAttribute("aria-pressed") !== "true" || !state.saved.length) return;
  const index = pageOf(state.saved[0]);
  if (index >= 0 && !isInView(index)) goTo(index);
}

/** Note the page in view: in the address, at the head, on the strip. */
function moved(here) {
  const page = pages[here];
  if (!page || !state) return;
  const position = make("small", {}, ` · ${here + 1} of ${pages.length}`);
  byId("position").replaceChildren(page.folio, position);
  byId("fit").textContent = `${Math.round(scale() * 100)}%`;
  showStrip(state, here);
  drawOverlays(here);
  if (!arrived) return;
  const hash = `#${page.index === 0 ? page.section : `page-${here + 1}`}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
}
onMove(moved);

window.addEventListener("pagehide", () => {
  const place = findPlace();
  const pressed = [...document.querySelectorAll("[aria-pressed]")]
    .map((button) => [button.id, button.getAttribute("aria-pressed") === "true"]);
  const kept = {
    place, hash: location.hash, zoom: layout.zoom, compare: layout.compare, pressed: Object.fromEntries(pressed),
    letters: byId("letters").checked,
  };
  sessionStorage.setItem(REMEMBERED, JSON.stringify(kept));
});

// A finding leads to its page, and its place is marked there.
let chosen = null;
whenChosen(async (finding) => {
  chosen = finding;
  const answer = await fetch(`/marks/${finding.id}`).catch(() => null);
  const { page, areas } = answer?.ok ? await answer.json() : { page: finding.shows, areas: [] };
  if (chosen !== finding) return; // another one was chosen meanwhile
  setMark(page, areas);
  if (page !== null) goTo(page, areas.length ? areas[0][1] : 0);
  drawOverlays(current());
});

// Switches: each a button that stays pressed.
const main = byId("pages");
const switches = {
  links: (on) => { overlays.links = on; drawOverlays(current()); },
  grid: (on) => { overlays.grid = on; drawOverlays(current()); },
  margins: (on) => { overlays.margins = on; drawOverlays(current()); },
  grey: (on) => main.classList.toggle("grey", on),
  facing: setFacing,
  follow: setFollows,
  panel: (on) => { byId("findings").hidden = !on; },
};
function press(name, on) {
  const button = byId(name);
  const pressed = on ?? button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(pressed));
  switches[name](pressed);
}
for (const name of Object.keys(switches)) byId(name).addEventListener("click", () => press(name));

function compare(mode) {
  byId("compare").value = mode;
  byId("onion").hidden = mode !== "onion";
  compareAs(mode);
}
byId("compare").addEventListener("change", (event) => compare(event.target.value));
byId("onion").addEventListener("input", (event) => {
  document.documentElement.style.setProperty("--onion", event.target.value / 100);
});
byId("edition").addEventListener("change", (event) => {
  setMark(null, []);
  post("/edition", { edition: event.target.value });
});

function cycle(select) {
  select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  select.dispatchEvent(new Event("change"));
}

function nextChanged(by) {
  const changed = pages.map((page, n) => (page.changed ? n : -1)).filter((n) => n >= 0);
  if (!changed.length) return;
  const [first, last] = rowInView(); // in facing pages the one beside is in view already
  const after = by > 0 ? changed.find((n) => n > last) : changed.findLast((n) => n < first);
  goTo(after ?? (by > 0 ? changed[0] : changed.at(-1)));
}

// Keys, and the sheet that lists them.
const keys = [
  ["j", "next page", () => goTo(Math.min(pages.length - 1, rowInView()[1] + 1))],
  ["k", "previous page", () => goTo(Math.max(0, rowInView()[0] - 1))],
  ["Home", "first page", () => goTo(0)],
  ["End", "last page", () => goTo(pages.length - 1)],
  ["/", "search a term", () => byId("search").focus()],
  ["n", "next finding", () => step(1)],
  ["N", "previous finding", () => step(-1)],
  ["c", "next changed page", () => nextChanged(1)],
  ["C", "previous changed page", () => nextChanged(-1)],
  ["+", "larger", () => zoomBy(1)],
  ["-", "smaller", () => zoomBy(-1)],
  ["0", "fit the width", () => setZoom("fit")],
  ["l", "links and their targets", () => press("links")],
  ["g", "baseline grid", () => press("grid")],
  ["m", "margins and page box", () => press("margins")],
  ["y", "as a grey print", () => press("grey")],
  ["f", "facing pages", () => press("facing")],
  ["x", "compare: off, onion skin, side by side", () => cycle(byId("compare"))],
  ["w", "follow what is saved", () => press("follow")],
  ["e", "next edition", () => cycle(byId("edition"))],
  ["p", "findings", () => press("panel")],
  ["Escape", "take the mark off", () => { setMark(null, []); drawOverlays(current()); }],
  ["?", "this sheet", () => byId("keys").showModal()],
];
byId("keys-list").append(...keys.flatMap(([key, name]) => [
  make("dt", {}, make("kbd", {}, key)), make("dd", {}, name),
]));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  if (event.target.matches("input")) return;
  if (event.target.matches("select") && event.key !== "?") return;
  if (event.key.length === 1 && !byId("letters").checked && event.key !== "?") return;
  const found = keys.find(([key]) => key === (event.key === "=" ? "+" : event.key));
  if (!found) return;
  event.preventDefault();
  found[2]();
});

for (const [id, key] of [["previous", "k"], ["next", "j"], ["smaller", "-"], ["larger", "+"], ["fit", "0"], ["help", "?"]]) {
  byId(id).addEventListener("click", () => keys.find(([name]) => name === key)[2]());
}

// What was switched on before the page was loaded again.
layout.zoom = remembered.zoom ?? "fit";
byId("letters").checked = remembered.letters ?? true;
for (const [name, on] of Object.entries(remembered.pressed ?? {})) if (name in switches) press(name, on);
if (remembered.compare) compare(remembered.compare);
if (window.innerWidth < 900 && !remembered.pressed) press("panel", false);
main.focus({ preventScroll: true });
window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener("change", () => setZoom(layout.zoom));
