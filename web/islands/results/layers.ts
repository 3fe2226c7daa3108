/** Puts things in layers so that links lead on, and orders each layer so that few links cross. */

import type { Network } from "./network.ts";

const SWEEPS = 6;

/** Gives the ids by layer: each thing lies beyond all that lead to it, circles left aside. */
export function layers(network: Network): string[][] {
  const forward = acyclic(network);
  const depth = depths(network, forward);
  const found: string[][] = Array.from({ length: Math.max(-1, ...depth.values()) + 1 }, () => []);
  for (const { id } of network.things) found[depth.get(id) ?? 0]?.push(id);
  for (let sweep = 0; sweep < SWEEPS; sweep++) reorder(found, forward, sweep % 2 === 0);
  return found;
}

type Following = ReadonlyMap<string, readonly string[]>;

/** Leaves out each link that would close a circle in a search from the first thing on. */
function acyclic(network: Network): Following {
  const all = Map.groupBy(network.links, (link) => link.from);
  const kept = new Map<string, string[]>();
  const state = new Map<string, "open" | "done">();
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const { to } of all.get(id) ?? []) {
      if (state.get(to) === "open") continue;
      kept.set(id, [...(kept.get(id) ?? []), to]);
      if (!state.has(to)) visit(to);
    }
    state.set(id, "done");
  };
  const targets = new Set(network.links.map((link) => link.to));
  const roots = network.things.filter((thing) => !targets.has(thing.id));
  for (const { id } of [...roots, ...network.things]) if (!state.has(id)) visit(id);
  return kept;
}

function depths(network: Network, following: Following): Map<string, number> {
  const depth = new Map(network.things.map((thing) => [thing.id, 0]));
  const push = (id: string): void => {
    for (const to of following.get(id) ?? []) {
      const needed = (depth.get(id) ?? 0) + 1;
      if ((depth.get(to) ?? 0) < needed) {
        depth.set(to, needed);
        push(to);
      }
    }
  };
  for (const { id } of network.things) push(id);
  return depth;
}

/** Sorts each layer by where its neighbours in the layer before, or after, lie on average. */
function reorder(found: string[][], following: Following, downwards: boolean): void {
  const places = new Map(found.flatMap((layer) => layer.map((id, place) => [id, place / layer.length])));
  const neighbours = new Map<string, string[]>();
  for (const [from, targets] of following) {
    for (const to of targets) {
      const [of, neighbour] = downwards ? [to, from] : [from, to];
      neighbours.set(of, [...(neighbours.get(of) ?? []), neighbour]);
    }
  }
  const centre = (id: string): number => {
    const near = (neighbours.get(id) ?? [id]).map((each) => places.get(each) ?? 0);
    return near.reduce((sum, place) => sum + place, 0) / near.length;
  };
  for (const layer of found) {
    const centres = new Map(layer.map((id) => [id, centre(id)]));
    layer.sort((one, other) => (centres.get(one) ?? 0) - (centres.get(other) ?? 0));
  }
}
