// What is laid over the pages: link rectangles with targets, baseline grid, margins, the mark of a
// finding. All in pt, as the page is.
import { draw } from "./elements.js";
import { pageOf, pages } from "./pages.js";

const MM_PER_PT = 25.4 / 72;
const NEAR = 2; // pages before and after the one in view

export const overlays = { links: false, grid: false, margins: false };
let mark = { page: null, areas: [], digest: null };

/** Draw what is switched on over the pages near one. */
export async function drawOverlays(here) {
  if (mark.page !== null && pages[mark.page]?.digest !== mark.digest) setMark(null, []);
  for (const [n, page] of pages.entries()) {
    const wanted = Math.abs(n - here) <= NEAR && (Object.values(overlays).some(Boolean) || mark.page === n);
    if (wanted) drawPage(page, n);
    else if (page.overlay) takeOff(page);
  }
}

/** Mark areas of a page, or the whole page where there are none. */
export function setMark(page, areas) {
  if (pages[mark.page]) pages[mark.page].element.classList.remove("marked");
  mark = { page, areas, digest: pages[page]?.digest };
  if (page !== null && !areas.length) pages[page]?.element.classList.add("marked");
}

function takeOff(page) {
  page.overlay.remove();
  page.overlay = page.drawn = null;
}

async function drawPage(page, n) {
  const marks = mark.page === n ? mark.areas : [];
  const drawn = JSON.stringify([page.digest, page.index, overlays, marks]);
  if (page.drawn === drawn) return;
  page.drawn = drawn;
  const frame = page.key ? (await framesOf(page))[page.index] : null;
  if (page.drawn !== drawn) return;
  if (!frame) {
    page.drawn = null;
    return;
  }
  const parts = [];
  if (overlays.margins) parts.push(...margins(frame));
  if (overlays.grid) parts.push(...baselines(frame));
  if (overlays.links) parts.push(...frame.links.map((one) => link(one, frame.width)));
  parts.push(...marks.map(([x, y, width, height]) => draw("rect", {
    class: "mark", x: x - 1.5, y: y - 1.5, width: width + 3, height: height + 3, rx: 1.5,
  })));
  const overlay = draw("svg", { class: "overlay", viewBox: `0 0 ${frame.width} ${frame.height}` }, ...parts);
  page.overlay?.remove();
  page.overlay = overlay;
  page.sheet.append(overlay);
}

/** What lies behind the pages of a page's section. */
const framesOf = (page) => fetch(`/overlays/${encodeURIComponent(page.section)}`)
  .then((answer) => answer.json())
  .catch(() => []);

function margins({ width, height, area: [x, y, w, h] }) {
  const mm = (value) => `${Math.round(value * MM_PER_PT * 10) / 10} mm`;
  const label = (lx, ly, value, turned = false) => draw("text", {
    class: "measure", x: lx, y: ly, ...(turned && { transform: `rotate(-90 ${lx} ${ly})` }),
  }, mm(value));
  const right = width - x - w;
  const bottom = height - y - h;
  const low = y + h - 12; // no thumb tab is there
  return [
    draw("path", { class: "margin", d: `M0 0H${width}V${height}H0ZM${x} ${y}h${w}v${h}h${-w}Z` }),
    draw("rect", { class: "edge", x, y, width: w, height: h }),
    draw("rect", { class: "edge", x: 0, y: 0, width, height }),
    label(width / 2, y / 2 + 2, y),
    label(width / 2, height - bottom / 2 + 2, bottom),
    label(x / 2 + 2, low, x, true),
    label(width - right / 2 + 2, low, right, true),
  ];
}

function baselines({ area: [x, y, w, h], grid_start: start, grid_step: step }) {
  if (step < 2) return [];
  const lines = [];
  for (let at = start - Math.floor((start - y) / step) * step; at <= y + h; at += step) {
    lines.push(draw("line", { class: "baseline", x1: x, x2: x + w, y1: at, y2: at }));
  }
  return lines;
}

/** A link: its rectangle, and a tag that says where it leads. */
function link([target, [x, y, width, height]], pageWidth) {
  const inside = target.startsWith("#");
  const index = inside ? pageOf(target.slice(1)) : -1;
  const name = inside ? (index < 0 ? `${target}: dead` : `p. ${pages[index].folio}`) : target.replace("https://", "");
  const wide = name.length * 3.1 + 3;
  const kind = inside ? (index < 0 ? "link dead" : "link") : "link outside";
  const attributes = { class: kind, href: target, "aria-label": `Link to ${inside && index >= 0 ? pages[index].title : name}` };
  if (!inside) Object.assign(attributes, { target: "_blank", rel: "noreferrer" });
  const left = Math.min(x + width + 0.8, pageWidth - wide); // after the link: its line's end is often free
  const top = y + (height - 7.4) / 2;
  const tag = draw("rect", { class: "tag", x: left, y: top, width: wide, height: 7.4, rx: 1 });
  return draw("a", attributes,
    draw("rect", { x, y, width, height }), tag,
    draw("text", { x: left + 1.5, y: top + 5.6 }, name));
}
