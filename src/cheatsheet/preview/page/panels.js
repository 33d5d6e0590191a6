// The findings, the strip of all pages, and the line at the foot.
import { byId, make } from "./elements.js";
import { goTo, pages } from "./pages.js";

let findings = [];
let chosen = null;
let written = "";
let strip = [];
let onChoose = () => {};

/** Be told of the finding that is chosen. */
export const whenChosen = (listener) => { onChoose = listener; };

export function showFindings(state) {
  findings = state.findings;
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const count = byId("count");
  count.textContent = findings.length;
  count.className = `count ${errors ? "error" : findings.length ? "warning" : ""}`;
  byId("freshness").textContent = state.broken || state.judged ? "" : "checking…";
  byId("nothing").hidden = findings.length > 0;
  byId("nothing").textContent = state.judged ? "Nothing to fix." : "Nothing found so far.";
  const now = JSON.stringify(findings);
  if (now === written) return;
  written = now;
  const focused = document.activeElement?.dataset?.finding;
  byId("list").replaceChildren(...findings.map(entry));
  if (focused) document.querySelector(`[data-finding="${focused}"]`)?.focus();
}

/** Choose the next finding, or the one before. */
export function step(by) {
  if (!findings.length) return;
  const at = findings.findIndex((finding) => finding.id === chosen);
  const next = at < 0 ? (by > 0 ? 0 : findings.length - 1) : (at + by + findings.length) % findings.length;
  choose(findings[next]);
}

function entry(finding) {
  const button = make("button", { type: "button" },
    make("span", { className: "kind" }, finding.severity === "error" ? "Error " : "Warning "),
    make("span", { className: "message" }, finding.message),
    make("span", { className: "place" }, placeOf(finding)),
    make("span", { className: "hint" }, finding.hint));
  button.dataset.finding = finding.id;
  button.addEventListener("click", () => choose(finding));
  if (finding.id === chosen) button.setAttribute("aria-current", "true");
  return make("li", { className: finding.severity }, button);
}

export function placeOf(finding) {
  const file = [finding.file, finding.line, finding.column].filter((part) => part !== null).join(":");
  const page = finding.page !== null ? `PDF page ${finding.page}` : "";
  return [file, page, `[${finding.code}]`].filter(Boolean).join("  ");
}

function choose(finding) {
  chosen = finding.id;
  for (const button of document.querySelectorAll("[data-finding]")) {
    if (button.dataset.finding === chosen) {
      button.setAttribute("aria-current", "true");
      button.scrollIntoView({ block: "nearest" });
    } else button.removeAttribute("aria-current");
  }
  onChoose(finding);
}

export function showStrip(state, here) {
  const nav = byId("strip");
  const found = new Set(state.findings.map((finding) => finding.shows));
  while (strip.length > pages.length) strip.pop().remove();
  while (strip.length < pages.length) {
    const tick = make("a", { tabIndex: -1 });
    strip.push(tick);
    nav.append(tick);
  }
  strip.forEach((tick, n) => {
    const page = pages[n];
    const kinds = [n === here && "here", page.changed && "changed", found.has(n) && "found", (page.stale || !page.key) && "old"];
    const names = [null, "changed", "has a finding", "not up to date"];
    const className = kinds.filter(Boolean).join(" ");
    const said = names.filter((name, k) => name && kinds[k]);
    const label = [`Page ${page.folio}, ${page.title}`, ...said].join(", ");
    if (tick.className !== className) tick.className = className;
    if (tick.title !== label) {
      tick.title = label;
      tick.setAttribute("aria-label", label);
      tick.href = `#page-${n + 1}`;
    }
    tick.tabIndex = n === here ? 0 : -1;
    if (n === here) tick.setAttribute("aria-current", "page");
    else tick.removeAttribute("aria-current");
  });
}

byId("strip").addEventListener("keydown", (event) => {
  const at = strip.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || !by) return;
  event.preventDefault();
  const to = Math.max(0, Math.min(strip.length - 1, at + by));
  goTo(to);
  strip[to].focus();
});

/** How the book stands, as a kind and in words. */
function standing(state, connected, old, errors) {
  const { length } = state.pages;
  if (!connected) return ["away", "The preview has stopped; these pages may be old"];
  if (state.broken) return ["broken", length ? "These are the last good pages: see the findings" : "Nothing can be laid out: see the findings"];
  if (!length) return ["working", "The first pages are being laid out"];
  if (old) return ["working", `${old} of ${length} pages are not current yet`];
  if (!state.current) return ["working", "All pages are current; the PDF is being bound"];
  if (errors) return ["refused", `All pages are current; a build would be refused for ${errors === 1 ? "an error" : `${errors} errors`}`];
  return ["current", `All ${length} pages are current`];
}

export function showStatus(state, connected) {
  const line = byId("status");
  const old = state.pages.filter((page) => page.stale).length;
  const [done, total] = state.progress;
  const errors = state.findings.filter((finding) => finding.severity === "error").length;
  const [kind, words] = standing(state, connected, old, errors);
  if (line.textContent !== words) line.textContent = words;
  line.dataset.state = kind;
  line.dataset.generation = state.generation;
  line.dataset.old = old;
  const bar = byId("progress");
  bar.hidden = !connected || state.broken || state.current || !total;
  bar.max = total || 1;
  bar.value = done;
  const changed = state.pages.filter((page) => page.changed).length;
  byId("against").textContent = against(state, changed);
}

/** How the pages compare with the last good build, in words. */
function against(state, changed) {
  if (!state.baseline) return state.judged ? "Nothing to compare with: build this edition once" : "";
  const { name, problem } = state.baseline;
  if (problem) return `Nothing is compared with ${name}: ${problem}`;
  if (!state.compared) return `Comparing with ${name}…`;
  return `${changed || "No"} page${changed === 1 ? "" : "s"} changed against ${name}`;
}

/** Say at the head why nothing new can be shown, if so. */
export function showAlert(state) {
  const alert = byId("alert");
  const first = state.broken ? state.findings[0] : null;
  const words = first ? `${first.id}` : "";
  if (alert.dataset.words === words) return;
  alert.dataset.words = words;
  alert.replaceChildren(...(first ? [
    make("b", {}, state.pages.length ? "The last good pages are shown." : "Nothing can be laid out."),
    make("span", {}, first.message),
    make("code", {}, placeOf(first)),
  ] : []));
}
