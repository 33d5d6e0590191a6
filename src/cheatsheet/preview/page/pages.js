// The stack of pages: one element a page, of the right size before its picture is there. Pictures are
// asked for near the view only, and a page is marked as old until its new picture is on the screen.
import { byId, make, post } from "./elements.js";

const PX_PER_PT = 96 / 72;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const WIDEST_FIT = 1.2;
const NEAR = 0.75; // screens above and below for which pictures are asked
const RETRY_MS = 100;
const TRIES = 20;
const FAR = 3; // screens beyond which they are let go
const WORDS = { checking: "checking", stale: "out of date", "last-good": "last good page", missing: "not laid out yet" };

const main = byId("pages");

/** The pages: what the server says of each, and the element it has. */
export const pages = [];
export const layout = { zoom: "fit", facing: false, compare: "off" };

let listeners = [];
let here = 0;
let asked = "";
let follows = false;
let broken = false;
let lost = null; // the place that is sought while its section is not there

/** Be told the index of the page in view whenever it is another, and when sizes change. */
export function onMove(listener) {
  listeners.push(listener);
}

export const current = () => here;

/** Take the pages of a state; the place in the book stays. */
export function takePages(state) {
  const place = lost ?? findPlace();
  broken = state.broken;
  const other = pages.length !== state.pages.length
    || state.pages.some((page, n) => page.width !== pages[n].width || page.height !== pages[n].height
      || page.section !== pages[n].section);
  while (pages.length > state.pages.length) pages.pop().element.remove();
  state.pages.forEach((page, n) => {
    if (n < pages.length) Object.assign(pages[n], page);
    else pages.push({ ...page, ...makePage(n) });
    describe(pages[n], n, state);
  });
  if (other) {
    measure();
    keepPlace(place);
  }
  lost = pages.some((page) => page.section === place?.section) ? null : place;
  refresh();
}

/** Say which PDF the pages are compared with, and how. */
export function compareAs(mode) {
  layout.compare = mode;
  rearrange();
}

export function setFacing(facing) {
  layout.facing = facing;
  rearrange();
}

export function setFollows(value) {
  follows = value;
  refresh();
}

/** Tell the server again what is in view. */
export function lookAgain() {
  asked = "";
  refresh();
}

/** Zoom: "fit", or by so many steps. */
export function setZoom(zoom) {
  layout.zoom = zoom;
  rearrange();
}

export function zoomBy(steps) {
  const now = scale();
  const larger = STEPS.find((step) => step > now + 0.01) ?? STEPS.at(-1);
  const smaller = STEPS.findLast((step) => step < now - 0.01) ?? STEPS[0];
  setZoom(steps > 0 ? larger : smaller);
}

/** The zoom as a number: 1 is the size on paper. */
export function scale() {
  if (layout.zoom !== "fit") return layout.zoom;
  const columns = layout.facing || layout.compare === "side" ? 2 : 1;
  const widest = Math.max(1, ...pages.map((page) => page.width));
  const room = (main.clientWidth - 40 - (columns - 1) * 14) / columns;
  return Math.max(0.2, Math.min(WIDEST_FIT, room / (widest * PX_PER_PT)));
}

/** Show a page, by its index, from its top or from a height in pt. */
export function goTo(index, top = 0) {
  const page = pages[index];
  if (!page) return;
  lost = null;
  const mark = top * PX_PER_PT * scale() - main.clientHeight / 3;
  main.scrollTop = page.element.offsetTop + Math.max(mark, 0);
  refresh();
}

/** The first and the last page of the row that is in view: facing pages are a row. */
export function rowInView() {
  const inRow = (page) => page.element.offsetTop === pages[here].element.offsetTop;
  return [pages.findIndex(inRow), pages.findLastIndex(inRow)];
}

/** The index of a section's first page, or -1. */
export const pageOf = (section) => pages.findIndex((page) => page.section === section);

export function isInView(index) {
  const { top, bottom } = pages[index].element.getBoundingClientRect();
  const box = main.getBoundingClientRect();
  return bottom > box.top + 40 && top < box.bottom - 40;
}

/** Where the view is, in terms that outlive another layout: a section, its page, a part of that. */
export function findPlace() {
  if (!pages.length) return null;
  const page = pages[here];
  const box = page.element;
  return {
    section: page.section,
    index: page.index,
    part: (main.scrollTop - box.offsetTop) / (box.offsetHeight || 1),
  };
}

export function keepPlace(place) {
  if (!place) return;
  let at = pages.findIndex((page) => page.section === place.section && page.index === place.index);
  if (at < 0) at = pageOf(place.section);
  if (at < 0) return;
  const box = pages[at].element;
  main.scrollTop = box.offsetTop + place.part * box.offsetHeight;
}

function makePage(n) {
  const caption = make("p", { className: "caption" });
  const now = make("div", { className: "sheet now" });
  const sheets = make("div", { className: "sheets" }, now);
  const element = make("section", { className: "page", id: `page-${n + 1}` }, caption, sheets);
  main.append(element);
  return { element, caption, sheets, now: null, sheet: now, old: null, shown: null, asked: null };
}

/** Write what a page is called and how it stands. */
function describe(page, n, state) {
  page.element.dataset.section = page.section;
  page.element.setAttribute("aria-label", `Page ${page.folio}, ${page.title}`);
  const words = `${page.folio}|${page.title}|${page.changed}`;
  if (page.words !== words) {
    page.words = words;
    page.badge = make("span", { className: "badge" });
    const changed = page.changed ? [make("span", { className: "badge changed" }, "changed")] : [];
    page.caption.replaceChildren(make("b", {}, page.folio), make("span", { className: "name" }, page.title), ...changed, page.badge);
  }
  standing(page);
}

/** Mark a page as old until what it should show is on the screen. */
function standing(page) {
  let state = "current";
  if (!page.key) state = "missing";
  else if (page.stale) state = broken ? "last-good" : page.known ? "stale" : "checking";
  else if (page.now && page.shown !== nameOf(page)) state = "stale";
  if (page.element.dataset.state === state) return;
  page.element.dataset.state = state;
  page.badge.textContent = WORDS[state] ?? "";
}

/** Give every page its size; pictures follow. */
function measure() {
  main.classList.toggle("facing", layout.facing && layout.compare !== "side");
  main.classList.toggle("side", layout.compare === "side");
  main.classList.toggle("onion", layout.compare === "onion");
  const zoom = scale() * PX_PER_PT;
  const dots = window.devicePixelRatio || 1;
  for (const page of pages) {
    page.dots = Math.max(1, Math.round(page.width * zoom * dots));
    size(page.sheet, page.dots / dots, Math.round(page.height * zoom * dots) / dots);
    compareSheet(page);
  }
  listeners.forEach((listener) => listener(here));
}

function size(element, width, height) {
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}

/** Put the page as it was beside or over the page, if pages are compared. */
function compareSheet(page) {
  if (layout.compare === "off") {
    page.old?.remove();
    page.old = page.oldAsked = null;
    return;
  }
  if (!page.old) {
    page.old = make("div", { className: "sheet was" });
    page.sheets.append(page.old);
  }
  size(page.old, page.sheet.offsetWidth, page.sheet.offsetHeight);
}

function rearrange() {
  const place = findPlace();
  measure();
  keepPlace(place);
  refresh();
}

/** Find out what is in view, ask for pictures near it, and let go of those far away. */
export function refresh() {
  const height = main.clientHeight;
  const top = main.scrollTop;
  for (const page of pages) {
    const start = page.element.offsetTop;
    const away = Math.max(start - (top + height), top - (start + page.element.offsetHeight));
    if (away < NEAR * height) show(page);
    else if (away > FAR * height && page.now) letGo(page);
  }
  look();
}

/** Note the page in view, and tell the server which sections are. */
function look() {
  const height = main.clientHeight;
  const seen = [];
  for (const [n, page] of pages.entries()) {
    const start = page.element.offsetTop - main.scrollTop;
    const visible = Math.min(start + page.element.offsetHeight, height) - Math.max(start, 0);
    if (visible > 0) seen.push([visible, n]);
  }
  seen.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
  const now = seen.length ? seen[0][1] : 0;
  if (now !== here || !pages[now]?.element.classList.contains("here")) {
    pages[here]?.element.classList.remove("here");
    here = now;
    pages[here]?.element.classList.add("here");
    listeners.forEach((listener) => listener(here));
  }
  const sections = [...new Set(seen.map(([, n]) => pages[n].section))];
  const body = { sections, follows };
  if (sections.length && JSON.stringify(body) !== asked) {
    asked = JSON.stringify(body);
    post("/view", body);
  }
}

/** Bring a page's picture to the screen; the old one stays until the new one is there. */
async function show(page) {
  showOld(page);
  if (!page.key) return;
  const address = addressOf(page);
  if (page.asked === address) {
    if (page.now?.src.endsWith(address)) arrived(page); // it was laid out anew, and looks the same
    return;
  }
  page.asked = address;
  const image = await load(address, `Page ${page.folio}: ${page.title}`);
  if (page.asked !== address) return;
  if (!image) {
    again(page);
    return;
  }
  page.missed = 0;
  page.now?.remove();
  page.sheet.prepend(image);
  page.now = image;
  if (address === addressOf(page)) arrived(page);
  else standing(page);
}

/** What a page's picture shows: which page of which section, made of what. */
const nameOf = (page) => `${page.section} ${page.index} ${page.digest}`;

const addressOf = (page) => `/pictures/${page.key}/${page.index}?width=${page.dots}`;

/** Note that what is on the screen is what the page should show. */
function arrived(page) {
  page.shown = nameOf(page);
  page.element.dataset.shown = page.digest;
  standing(page);
}

/** Ask for a picture again that did not come, but not for ever. */
function again(page) {
  page.asked = null;
  page.missed = (page.missed ?? 0) + 1;
  if (page.missed < TRIES) setTimeout(refresh, RETRY_MS);
}

/** Bring the picture of a page as it was to the screen. */
async function showOld(page) {
  if (!page.old) return;
  const there = page.was !== null && page.was !== undefined && page.against;
  page.old.classList.toggle("absent", !there);
  page.old.dataset.note = there ? page.against.name
    : page.against ? "this page is not there" : "there is nothing to compare with yet";
  const address = there ? `/pictures/${page.against.key}/${page.was}?width=${page.dots}` : null;
  if (page.oldAsked === address) return;
  page.oldAsked = address;
  const image = address && await load(address, `The same page in ${page.against.name}`);
  if (page.oldAsked !== address || !page.old) return;
  page.old.replaceChildren(...(image ? [image] : []));
}

/** Load a picture; null where the server has it no more. It is decoded in the frame that shows it. */
function load(address, alt) {
  const image = make("img", { alt, decoding: "sync" }); // its decode() would wait for two frames more
  return new Promise((resolve) => {
    image.onload = () => resolve(image);
    image.onerror = () => resolve(null);
    image.src = address;
  });
}

function letGo(page) {
  page.now.remove();
  page.now = page.asked = page.shown = null;
  delete page.element.dataset.shown;
  page.old?.replaceChildren();
  page.oldAsked = null;
}

let waiting = false;
main.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    refresh();
  });
}, { passive: true });
new ResizeObserver(() => rearrange()).observe(main);
