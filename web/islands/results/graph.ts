/** Draws linked things from left to right; too many to read are left to another drawing. */

import { layers } from "./layers.ts";
import { type Link, type Network, network, type Thing } from "./network.ts";
import { drawing, line, svg } from "./svg.ts";
import type { Answer } from "./table.ts";

const MOST_DRAWN = 150;
const MOST_NAMED_LINKS = 40;
const BOX = { width: 190, height: 28 };
const GAP = { x: 90, y: 10 };
const LETTERS = 26;

interface Place {
  readonly x: number;
  readonly y: number;
}

export async function drawGraph(answer: Answer): Promise<Element> {
  const found = network(answer);
  if (found.things.length <= MOST_DRAWN) return layered(found);
  const { explore } = await import("./explore.ts");
  return explore(found);
}

function layered(found: Network): Element {
  const rows = layers(found);
  const tallest = Math.max(1, ...rows.map((layer) => layer.length));
  const size = {
    width: rows.length * (BOX.width + GAP.x) - GAP.x + 2,
    height: tallest * (BOX.height + GAP.y),
  };
  const places = new Map<string, Place>();
  rows.forEach((layer, column) => {
    const step = size.height / layer.length;
    layer.forEach((id, row) => {
      const y = step * (row + 0.5) - BOX.height / 2;
      places.set(id, { x: column * (BOX.width + GAP.x) + 1, y });
    });
  });
  const named = found.links.length <= MOST_NAMED_LINKS;
  return drawing(
    size.width,
    size.height,
    `${found.things.length} things and ${found.links.length} links, as in the table`,
    ...found.links.map((link) => arrow(link, places, named)),
    ...found.things.map((thing) => box(thing, places.get(thing.id) as Place)),
  );
}

function arrow(link: Link, places: ReadonlyMap<string, Place>, named: boolean): SVGElement {
  const from = places.get(link.from) as Place;
  const to = places.get(link.to) as Place;
  const start = { x: from.x + BOX.width, y: from.y + BOX.height / 2 };
  const end = { x: to.x, y: to.y + BOX.height / 2 };
  const bend = Math.max(GAP.x / 2, Math.abs(end.x - start.x) / 2);
  const path = `M${start.x},${start.y} C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`;
  const tip = `M${end.x - 7},${end.y - 4} L${end.x},${end.y} L${end.x - 7},${end.y + 4}`;
  const inside: Node[] = [svg("path", { d: `${path} ${tip}` })];
  if (link.text && named) {
    const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 - 3 };
    inside.push(line(link.text, 16, { ...middle, "text-anchor": "middle" }));
  }
  return svg("g", { class: "link" }, ...inside);
}

function box(thing: Thing, place: Place): SVGElement {
  const text = line(thing.text, LETTERS, { x: place.x + 8, y: place.y + 19 });
  const inside = [svg("rect", { ...place, ...BOX, rx: 4 }), text];
  return thing.href === null
    ? svg("g", { class: "node" }, ...inside)
    : svg("a", { class: "node", href: thing.href }, ...inside);
}
