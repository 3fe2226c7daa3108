import assert from "node:assert/strict";
import { test } from "node:test";

import { network } from "./network.ts";
import type { Answer, Cell, Kind } from "./table.ts";

function thing(text: string, href: string | null = null): Cell {
  return { text, href, isThing: true };
}

function answer(kinds: Kind[], ...rows: Cell[][]): Answer {
  return { kinds, names: kinds, rows, views: ["graph", "table"] };
}

test("the things of a row are linked one to the next", () => {
  const number: Cell = { text: "1", href: null, isThing: false };
  const row = [thing("a"), number, thing("b"), thing("c")];
  const { links } = network(answer(["thing", "number", "thing", "thing"], row));
  assert.deepEqual(links.map((link) => link.from + link.to), ["ab", "bc"]);
});

test("triples are links with a name, and what ends in a text is none", () => {
  const label: Cell = { text: "label", href: null, isThing: true };
  const text: Cell = { text: "France", href: null, isThing: false };
  const rows = [[thing("a"), label, thing("b")], [thing("a"), label, text]];
  const found = network(answer(["thing", "relation", "thing"], ...rows));
  assert.deepEqual(found.links, [{ from: "a", to: "b", text: "label" }]);
  assert.equal(found.things.length, 2);
});

test("things that are called the same are told apart by their pages", () => {
  const rows = [[thing("Act", "/doc/1"), thing("Act", "/doc/2")]];
  assert.equal(network(answer(["thing", "thing"], ...rows)).things.length, 2);
});
