import assert from "node:assert/strict";
import { test } from "node:test";

import { declares, prefixOf, variables, wordAtEnd } from "./word.ts";

test("a name is completed with its prefix", () => {
  assert.deepEqual(wordAtEnd("SELECT * {\n  ?x sv:deb"), { from: 16, text: "sv:deb", kind: "term" });
});

test("a word without a prefix is completed", () => {
  assert.equal(wordAtEnd("{ ?x debt")?.text, "debt");
});

test("an IRI that is not closed is completed", () => {
  assert.equal(wordAtEnd("{ <https://w3id.org/servanda/ns#deb")?.text, "<https://w3id.org/servanda/ns#deb");
});

test("a variable is told from a name", () => {
  assert.deepEqual(wordAtEnd("SELECT ?com"), { from: 7, text: "?com", kind: "variable" });
});

test("nothing is completed in a comment or in a string", () => {
  assert.equal(wordAtEnd("# who debt"), null);
  assert.equal(wordAtEnd('FILTER(LANG(?l) = "en'), null);
  assert.equal(wordAtEnd('FILTER(LANG(?l) = "en") de')?.text, "de");
  assert.equal(wordAtEnd("<http://a#b> de")?.text, "de");
});

test("nothing is completed after a space", () => {
  assert.equal(wordAtEnd("SELECT "), null);
});

test("variables are listed once", () => {
  assert.deepEqual(variables("SELECT ?b { ?a ?b $c }"), ["$c", "?a", "?b"]);
});

test("a prefix is declared by its own line alone", () => {
  assert.ok(declares("prefix sv: <https://w3id.org/servanda/ns#>", "sv"));
  assert.ok(!declares("# PREFIX sv: <x>\nSELECT * { ?x sv:y ?z }", "sv"));
});

test("an IRI has no prefix to declare", () => {
  assert.equal(prefixOf("rdfs:label"), "rdfs");
  assert.equal(prefixOf("<https://example.org/a:b>"), null);
});
