"use strict";
// Draws the explorer from the numbers in the page; asks nobody for anything.

const data = JSON.parse(document.getElementById("grid").textContent);
const levers = [...document.querySelectorAll(".lever")];
const outcomes = document.getElementById("outcome");
const series = document.getElementById("series");
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [360, 250, 60, 14, 14, 42];
let baseline = null;

// --- what is chosen ---------------------------------------------------------------------------

const places = () => levers.map((lever) => Number(lever.value));
const rowAt = (at) => data.order[at.reduce((cell, place, axis) =>
  cell * data.axes[axis].values.length + place, 0)];
const outcome = () => data.outcomes.find((one) => one.name === outcomes.value);
const held = () => data.estimates[outcomes.value];
const share = () => outcome().kind === "probability";

// --- numbers as words -------------------------------------------------------------------------

function number(value) {
  if (value === null || value === undefined) return "–";
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });
}

function inHundred(value, low, high) {
  if (value === null) return "no run";
  const digits = high - low >= 0.02 ? 0 : 1;
  const [a, b, c] = [value, low, high].map((one) => (100 * one).toFixed(digits));
  return `${a} (${b}–${c})`;
}

function estimate(row) {
  const all = held();
  if (data.n[row] === 0) return "no run";
  if (share()) return `${inHundred(all.mid[row], all.low[row], all.high[row])} of 100 runs`;
  if (all.came) {
    const came = `it comes in ${inHundred(all.came[row], all.came_low[row], all.came_high[row])} of 100 runs`;
    return all.p50[row] === null ? came : `${came}, median ${number(all.p50[row])} ${outcome().unit}`;
  }
  return `median ${number(all.p50[row])} ${outcome().unit} (P10–P90 ${number(all.p10[row])}`
    + ` to ${number(all.p90[row])})`;
}

const placeWords = (at) => at.map((place, axis) =>
  `${data.axes[axis].label.split(" (")[0].toLowerCase()} ${data.axes[axis].values[place]}`)
  .join(", ");

// --- differences in pairs of runs with the same luck -------------------------------------------

// Bonett and Price (2012), as sim/study/estimate.py: 95 % interval of a paired difference of shares.
function adjusted(up, down, n) {
  const [gain, loss] = [(up + 1) / (n + 2), (down + 1) / (n + 2)];
  const half = 1.959964 * Math.sqrt((gain + loss - (gain - loss) ** 2) / (n + 2));
  return [gain - loss - half, gain - loss + half];
}

function paired(from, to) {
  const all = held();
  if (from === to) return " This point is the baseline.";
  if (!all.up) return " Pairs of so many points do not fit this page.";
  const [a, b, sign] = from < to ? [from, to, 1] : [to, from, -1];
  const cell = (a * (2 * data.n.length - a - 1)) / 2 + b - a - 1;
  const [up, down] = sign > 0 ? [all.up[cell], all.down[cell]] : [all.down[cell], all.up[cell]];
  const n = data.pairs[cell];
  const signed = (text) => (text.startsWith("-") || Number(text) === 0 ? "" : "+") + text;
  let words = `In ${n.toLocaleString("en")} pairs of runs with the same luck`;
  if (share()) {
    const [low, high] = adjusted(up, down, n).map((end) => signed((100 * end).toFixed(1)));
    return ` ${words} it came about in ${up} that had been spared, and was spared in ${down}: `
      + `${signed((100 * (up - down) / n).toFixed(1))} in 100 (${low} to ${high}).`;
  }
  if (all.came) return ` ${words} it came sooner in ${down}, and later or never in ${up}.`;
  return ` ${words} it is larger in ${up} and smaller in ${down}, on average by `
    + `${signed(number(sign * all.mean[cell]))} ${outcome().unit} (± ${number(all.half[cell])}).`;
}

// --- drawing ----------------------------------------------------------------------------------

function put(svg, name, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  svg.append(node);
}

function ticks(top) {
  const rough = top / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) * power;
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, place) => place * step);
}

// Rules and numbers up the side; returns the height of a value.
function upright(svg, low, top) {
  const y = (value) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (top - low);
  for (const tick of ticks(top - Math.min(low, 0)).map((one) => one + Math.min(low, 0))) {
    put(svg, "line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: "rule" });
    put(svg, "text", { x: LEFT - 6, y: y(tick) + 4, "text-anchor": "end" }, number(tick));
  }
  return y;
}

function hundredSquares(svg, row, ghost) {
  const [all, side] = [held(), 22];
  const happened = Math.round(100 * all.mid[row]), most = Math.ceil(100 * all.high[row]);
  const before = ghost === null ? -1 : Math.round(100 * all.mid[ghost]);
  for (let cell = 0; cell < 100; cell += 1) {
    const x = 70 + (cell % 10) * side, y = 222 - Math.floor(cell / 10) * side;
    const size = { x, y, width: side - 4, height: side - 4, rx: 3 };
    put(svg, "rect", { ...size, class: cell < happened ? "yes" : cell < most ? "may" : "no" });
    if (cell < before) put(svg, "circle", { cx: x + 9, cy: y + 9, r: 5, class: "ghost" });
  }
}

function dots(svg, row, ghost) {
  const all = held(), known = all.dots.flat().filter((value) => value !== null);
  const low = Math.min(0, ...known), end = Math.max(...known, low + 1e-9), bins = 24;
  const room = all.came ? 40 : 0, width = (WIDTH - 24 - RIGHT - room) / bins;
  const base = 126, column = (value) => value === null ? bins + 1
    : Math.min(bins - 1, Math.floor((bins * (value - low)) / (end - low)));
  const stack = (values, name, up) => {
    const heights = {};
    for (const place of values.map(column)) {
      heights[place] = (heights[place] || 0) + 1;
      const step = Math.min(11.5, 104 / Math.max(1, values.filter((one) => column(one) === place).length));
      const y = base + (up ? -1 : 1) * (step * (heights[place] - 0.5) + (up ? 2 : 18));
      put(svg, "circle", { cx: 24 + (place + 0.5) * width, cy: y, r: 5, class: name });
    }
  };
  put(svg, "line", { x1: 24, x2: WIDTH - RIGHT - room, y1: base, y2: base, class: "axis" });
  for (const tick of ticks(end - low)) {
    const x = 24 + (bins * width * tick) / (end - low);
    put(svg, "text", { x, y: base + 14, "text-anchor": "middle" }, number(tick + low));
  }
  if (room) put(svg, "text", { x: 24 + (bins + 1.5) * width, y: base + 14, "text-anchor": "middle" }, "never");
  stack(all.dots[row], "mark", true);
  if (ghost !== null) stack(all.dots[ghost], "ghost", false);
}

function now(row, ghost) {
  const svg = document.getElementById("now");
  svg.replaceChildren();
  document.getElementById("now-h").textContent = share() ? "At this point: 100 equally likely futures"
    : `At this point: each dot is 1 of 20 equally likely futures (${outcome().unit})`;
  if (data.n[row] === 0) put(svg, "text", { x: LEFT, y: 120 }, "no run");
  else (share() ? hundredSquares : dots)(svg, row, ghost);
}

const counted = () => share() || held().came !== undefined;
const marks = () => share() ? ["mid", "low", "high"]
  : counted() ? ["came", "came_low", "came_high"] : ["p50", "p10", "p90"];

function along(axis, at) {
  const svg = document.getElementById(`along-${axis}`), values = data.axes[axis].values;
  svg.replaceChildren();
  const scale = counted() ? 100 : 1;
  const rows = (from) => values.map((_, place) => rowAt(from.map((old, one) => one === axis ? place : old)));
  const [middle, low, high] = marks().map((key) => (row) => held()[key][row] === null ? null : scale * held()[key][row]);
  const everything = data.n.flatMap((_, row) => [middle(row), high(row), low(row)]).filter((one) => one !== null);
  const y = upright(svg, Math.min(0, ...everything), Math.max(...everything, 1e-9));
  const x = (place) => LEFT + ((WIDTH - LEFT - RIGHT) * (place + 0.5)) / values.length;
  const line = (from) => rows(from).map((row, place) => [x(place), middle(row)])
    .filter(([, value]) => value !== null).map(([a, value]) => `${a},${y(value)}`).join(" ");
  put(svg, "polyline", { points: line(at), class: "trace" });
  if (baseline) put(svg, "polyline", { points: line(baseline), class: "ghost" });
  const listed = values[0].startsWith("1 of "), texts = values.map((value, place) => listed ? String(place + 1) : value);
  const every = Math.ceil((8 * texts.reduce((sum, text) => sum + text.length + 1, 0)) / (WIDTH - LEFT));
  rows(at).forEach((row, place) => {
    const name = place === at[axis] ? "mark" : "others";
    if (middle(row) !== null) {
      const top = high(row) === null ? TOP : y(high(row));
      put(svg, "line", { x1: x(place), x2: x(place), y1: y(low(row) ?? 0), y2: top, class: name, "stroke-width": 2 });
      put(svg, "circle", { cx: x(place), cy: y(middle(row)), r: place === at[axis] ? 6 : 4, class: name });
    }
    const near = Math.abs(place - at[axis]) < every && place !== at[axis];
    if ((place % every === 0 && !near) || place === at[axis]) {
      put(svg, "text", { x: x(place), y: HEIGHT - BOTTOM + 16, "text-anchor": "middle" }, texts[place]);
    }
  });
  if (baseline) {
    const [place, row] = [baseline[axis], rowAt(baseline)];
    if (middle(row) !== null) put(svg, "circle", { cx: x(place), cy: y(middle(row)), r: 8, class: "ghost" });
  }
  put(svg, "text", { x: LEFT, y: HEIGHT - 6 }, share() ? "runs in 100" : counted() ? "runs in 100 in which it comes" : outcome().unit);
}

function weekly(row, ghost) {
  if (!series) return;
  const svg = document.getElementById("weekly"), one = data.weeks.series[Number(series.value)];
  const dates = data.weeks.dates;
  svg.replaceChildren();
  const y = upright(svg, 0, Math.max(1e-9, ...one.q95.flat().filter((value) => value !== null)));
  const x = (place) => LEFT + ((WIDTH - LEFT - RIGHT) * place) / (dates.length - 1);
  const line = (values) => values.map((value, place) => `${x(place)},${y(value ?? 0)}`);
  const band = (low, high, name) => put(svg, "polygon",
    { points: [...line(one[low][row]), ...line(one[high][row]).reverse()].join(" "), class: name });
  band("q05", "q95", "wide-band");
  band("q25", "q75", "narrow-band");
  put(svg, "polyline", { points: line(one.q50[row]).join(" "), class: "median" });
  if (ghost !== null) {
    for (const key of ["q05", "q50", "q95"]) {
      put(svg, "polyline", { points: line(one[key][ghost]).join(" "), class: "ghost" });
    }
  }
  for (const place of [0, 0.5, 1].map((part) => Math.round(part * (dates.length - 1)))) {
    const anchor = place === 0 ? "start" : place === dates.length - 1 ? "end" : "middle";
    put(svg, "text", { x: x(place), y: HEIGHT - BOTTOM + 16, "text-anchor": anchor }, dates[place]);
  }
}

function numbers(at) {
  const table = document.createElement("table");
  table.createCaption().textContent = `${outcome().words}, the other levers as chosen`;
  const body = table.createTBody();
  data.axes.forEach((axis, place) => axis.values.forEach((value, choice) => {
    const line = body.insertRow(), head = document.createElement("th");
    head.scope = "row";
    head.textContent = `${axis.label}: ${value}`;
    line.append(head);
    line.insertCell().textContent = estimate(rowAt(at.map((old, one) => one === place ? choice : old)));
  }));
  document.getElementById("numbers").replaceChildren(table);
}

function draw() {
  const at = places(), row = rowAt(at), ghost = baseline ? rowAt(baseline) : null;
  levers.forEach((lever, axis) => {
    const words = data.axes[axis].values[at[axis]];
    lever.setAttribute("aria-valuetext", words);
    document.getElementById(`value-${axis}`).value = words;
  });
  const difference = ghost === null ? "" : paired(ghost, row);
  document.getElementById("says").textContent =
    `At ${placeWords(at)}: ${outcome().words}: ${estimate(row)}.${difference}`;
  now(row, ghost);
  data.axes.forEach((_, axis) => along(axis, at));
  weekly(row, ghost);
  numbers(at);
}

document.getElementById("explorer").addEventListener("input", draw);
document.getElementById("keep").addEventListener("click", () => {
  baseline = places();
  document.getElementById("forget").disabled = false;
  draw();
});
document.getElementById("forget").addEventListener("click", (event) => {
  baseline = null;
  event.target.disabled = true;
  document.getElementById("keep").focus();
  draw();
});
draw();
