/** Moves a page through the days on which something changes; the address always says the day. */

import { including, spelled } from "./days.ts";
import { later } from "./later.ts";

const PAUSE_MS = 250;
// All that says, or depends on, the day. The slider itself stays, and with it the focus.
const PARTS = [".site", ".bar-day", ".steps", ".bar-known", ".bar-doors", "main", "footer"];
const HYPOTHETICAL = ".hypothetical";

export function addSlider(): void {
  const options = document.querySelectorAll<HTMLOptionElement>("#turning-days option");
  const asked = document.querySelector<HTMLInputElement>("#ask-as-of")?.value;
  const place = document.querySelector(".steps");
  if (!asked || !place) return;
  const days = including([...options].map((option) => option.value), asked);
  if (days.length < 2) return;
  const range = slider(days, asked);
  const box = document.createElement("p");
  box.className = "slider";
  box.append(range);
  place.after(box);
  const show = later(PAUSE_MS, showing());
  range.addEventListener("input", () => {
    const day = days[range.valueAsNumber] ?? asked;
    range.ariaValueText = spelled(day);
    const told = document.querySelector(".bar-day strong");
    if (told) told.textContent = spelled(day);
    show(day);
  });
}

function slider(days: readonly string[], asked: string): HTMLInputElement {
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: "0", max: String(days.length - 1) });
  range.value = String(days.indexOf(asked));
  range.ariaLabel = "As of, by the days on which something changes";
  range.ariaValueText = spelled(asked);
  return range;
}

/** Gives a function that shows the page of a day; the day asked for last is the one that stays. */
function showing(): (day: string) => void {
  let asking = new AbortController();
  return (day) => {
    asking.abort();
    asking = new AbortController();
    const address = new URL(location.href);
    address.searchParams.set("asOf", day);
    address.searchParams.delete("cursor");
    show(address, asking.signal).catch(() => {
      if (!asking.signal.aborted) location.assign(address);
    });
  };
}

async function show(address: URL, signal: AbortSignal): Promise<void> {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of PARTS) {
    const now = page.querySelector(part);
    if (now) document.querySelector(part)?.replaceWith(now);
  }
  document.querySelector(HYPOTHETICAL)?.remove();
  const assumed = page.querySelector(HYPOTHETICAL);
  if (assumed) document.querySelector(".bar")?.after(assumed);
  document.title = page.title;
  history.replaceState(null, "", address);
}
