import assert from "node:assert/strict";
import { test } from "node:test";

import { layers } from "./layers.ts";
import type { Network } from "./network.ts";

function linked(...links: string[]): Network {
  const ends = links.map((link) => link.split("") as [string, string]);
  const ids = [...new Set(ends.flat())];
  return {
    things: ids.map((id) => ({ id, text: id, href: null })),
    links: ends.map(([from, to]) => ({ from, to, text: "" })),
  };
}

test("each thing lies beyond all that lead to it", () => {
  assert.deepEqual(layers(linked("ab", "bc", "ac", "cd")), [["a"], ["b"], ["c"], ["d"]]);
});

test("a circle is opened at its last link", () => {
  assert.deepEqual(layers(linked("ab", "bc", "ca")), [["a"], ["b"], ["c"]]);
});

test("what leads to itself lies where it would without that", () => {
  assert.deepEqual(layers(linked("aa", "ab")), [["a"], ["b"]]);
});

test("links that would cross are uncrossed", () => {
  assert.deepEqual(layers(linked("ay", "bx")), [["a", "b"], ["y", "x"]]);
});

test("nothing has no layer", () => {
  assert.deepEqual(layers({ things: [], links: [] }), []);
});
