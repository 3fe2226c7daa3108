import assert from "node:assert/strict";
import { test } from "node:test";

import { including, spelled } from "./days.ts";

test("a day is spelled out in every time zone alike", () => {
  assert.equal(spelled("2026-01-06"), "6 January 2026");
});

test("the day asked about is one of the days, once", () => {
  assert.deepEqual(including(["2026-01-06", "2026-02-10"], "2026-01-31"), [
    "2026-01-06",
    "2026-01-31",
    "2026-02-10",
  ]);
  assert.deepEqual(including(["2026-01-06"], "2026-01-06"), ["2026-01-06"]);
});
