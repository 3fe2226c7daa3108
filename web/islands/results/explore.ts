/** Lets a reader move through more things than can be drawn one by one; the table names them all. */

import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";

import type { Network } from "./network.ts";

const ROUNDS = 150;
const CIRCLE = 100;

export function explore(network: Network): Element {
  const graph = new Graph({ multi: true });
  const colours = getComputedStyle(document.documentElement);
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  network.things.forEach((thing, place) => {
    const angle = (2 * Math.PI * place) / network.things.length;
    const where = { x: CIRCLE * Math.cos(angle), y: CIRCLE * Math.sin(angle) };
    graph.addNode(thing.id, { label: thing.text, size: 4, color: colour("--link"), ...where });
  });
  for (const { from, to } of network.links) graph.addEdge(from, to, { color: colour("--line") });
  forceAtlas2.assign(graph, { iterations: ROUNDS, settings: forceAtlas2.inferSettings(graph) });
  graph.forEachNode((id) => graph.setNodeAttribute(id, "size", 3 + Math.sqrt(graph.degree(id))));
  const box = document.createElement("div");
  box.className = "explore";
  box.role = "img";
  box.ariaLabel = `${network.things.length} things and ${network.links.length} links, as in the table`;
  // It measures the box, which must be on the page by then.
  requestAnimationFrame(() => new Sigma(graph, box, { labelColor: { color: colour("--ink") } }));
  return box;
}
