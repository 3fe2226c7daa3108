/** Draws numbers as bars and lines, and days as a timeline; the table beside has every row. */

import { scaleLinear, scaleUtc } from "d3-scale";

import { drawing, line, svg } from "./svg.ts";
import { type Answer, type Cell, columns } from "./table.ts";

const WIDEST = 760;
const NARROWEST = 320;
const MARGINS = 48;
const LETTER = 8.2;
const ROW = 26;
const AXIS = 28;
const MOST_ROWS = 60;
const PLOT = { left: 64, top: 12, height: 280 };

type Scale = ((value: number) => number) & { ticks(count?: number): unknown[] };

/** Leaves names a part of what there is room for, which on a phone is little. */
function room(): { width: number; labels: number; letters: number } {
  const width = Math.max(NARROWEST, Math.min(WIDEST, innerWidth - MARGINS));
  const labels = Math.round(width * 0.3);
  return { width, labels, letters: Math.floor(labels / LETTER) };
}

/** Draws a bar for each of the first rows: its name, and the first number in it. */
export function drawBars(answer: Answer): Element {
  const [name] = columns(answer, "thing", "text");
  const [number] = columns(answer, "number");
  const { width, labels, letters } = room();
  const rows = answer.rows.slice(0, MOST_ROWS).map((row) => ({
    text: at(row, name),
    value: Number(at(row, number)),
  }));
  const values = rows.map((row) => row.value);
  const scale = scaleLinear([Math.min(0, ...values), Math.max(0, ...values)], [labels, width - 70]).nice();
  const bars = rows.map(({ text, value }, place) => {
    const y = place * ROW;
    const [start, end] = [scale(Math.min(0, value)), scale(Math.max(0, value))];
    return svg(
      "g",
      { class: "bar" },
      line(text, letters, { x: labels - 8, y: y + 17, "text-anchor": "end" }),
      svg("rect", { x: start, y: y + 4, width: Math.max(1, end - start), height: ROW - 8 }),
      svg("text", { x: end + 6, y: y + 17 }, value.toLocaleString("en")),
    );
  });
  return drawing(width, rows.length * ROW + 4, said(answer, rows.length, number), ...bars);
}

/** Draws a number against a day, or against another number. */
export function drawLine(answer: Answer): Element {
  const [across = columns(answer, "number")[0]] = columns(answer, "date");
  const number = columns(answer, "number").find((place) => place !== across);
  const { width } = room();
  const isTime = across !== undefined && answer.kinds[across] === "date";
  const points = answer.rows
    .map((row) => ({ x: isTime ? day(at(row, across)) : Number(at(row, across)), y: Number(at(row, number)) }))
    .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
    .sort((one, other) => one.x - other.x);
  const range = [PLOT.left, width - 20];
  const extent = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1];
  const x = isTime ? scaleUtc(extent, range) : scaleLinear(extent, range).nice();
  const heights = points.map((point) => point.y);
  const bottom = PLOT.top + PLOT.height;
  const y = scaleLinear([Math.min(0, ...heights), Math.max(0, ...heights)], [bottom, PLOT.top]).nice();
  const path = points.map((point, place) => `${place ? "L" : "M"}${x(point.x)},${y(point.y)}`).join(" ");
  return drawing(
    width,
    bottom + AXIS,
    said(answer, points.length, number),
    ...y.ticks(6).map((tick) => horizontal(y(tick), width, tick.toLocaleString("en"))),
    ...axis(x as Scale, bottom, isTime),
    svg("path", { class: "line", d: path }),
    ...points.map((point) => svg("circle", { cx: x(point.x), cy: y(point.y), r: 3.5 })),
  );
}

/** Draws when each of the first rows was, or from when until when. */
export function drawTimeline(answer: Answer): Element {
  const [name] = columns(answer, "thing", "text");
  const [start, end] = columns(answer, "date");
  const { width, labels, letters } = room();
  const rows = answer.rows
    .map((row) => ({ text: at(row, name), from: day(at(row, start)), to: day(at(row, end ?? start)) }))
    .filter((row) => Number.isFinite(row.from) || Number.isFinite(row.to))
    .slice(0, MOST_ROWS);
  const days = rows.flatMap((row) => [row.from, row.to]).filter(Number.isFinite);
  const scale = scaleUtc([Math.min(...days), Math.max(...days)], [labels, width - 20]).nice();
  const bottom = rows.length * ROW;
  const [first, last] = scale.range() as [number, number];
  const spans = rows.map(({ text, from, to }, place) => {
    const y = place * ROW + ROW / 2;
    // A span without one of its ends is drawn to the edge.
    const left = Number.isFinite(from) ? scale(from) : first;
    const right = Number.isFinite(to) ? scale(to) : last;
    return svg(
      "g",
      { class: "span" },
      line(text, letters, { x: labels - 8, y: y + 4, "text-anchor": "end" }),
      svg("rect", { x: left - 6, y: y - 6, width: Math.max(0, right - left) + 12, height: 12, rx: 6 }),
    );
  });
  return drawing(width, bottom + AXIS, said(answer, rows.length, start), ...axis(scale as Scale, bottom, true), ...spans);
}

function at(row: readonly Cell[], place: number | undefined): string {
  return place === undefined ? "" : (row[place]?.text ?? "");
}

function day(text: string): number {
  return text ? Date.parse(text) : Number.NaN;
}

function said(answer: Answer, drawn: number, place: number | undefined): string {
  const of = place === undefined ? "" : ` of ${answer.names[place]}`;
  const all = answer.rows.length;
  return `Drawing${of} for ${drawn === all ? `${all} rows` : `${drawn} of ${all} rows`}, as in the table`;
}

function horizontal(y: number, width: number, text: string): SVGElement {
  return svg(
    "g",
    { class: "axis" },
    svg("path", { d: `M${PLOT.left},${y} H${width - 20}` }),
    svg("text", { x: PLOT.left - 6, y: y + 4, "text-anchor": "end" }, text),
  );
}

function axis(scale: Scale, bottom: number, isTime: boolean): SVGElement[] {
  return scale.ticks(6).map((tick) => {
    const x = scale(Number(tick));
    const text = isTime ? new Date(Number(tick)).toISOString().slice(0, 10) : Number(tick).toLocaleString("en");
    return svg(
      "g",
      { class: "axis" },
      svg("path", { d: `M${x},0 V${bottom}` }),
      svg("text", { x, y: bottom + 18, "text-anchor": "middle" }, text),
    );
  });
}
