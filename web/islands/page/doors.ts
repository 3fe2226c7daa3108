/** Has drawers close as people expect, and says the day that a date field holds in words. */

import { spelled } from "./days.ts";

export function closeDoors(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const door = open();
    if (!door) return;
    door.open = false;
    door.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const door = open();
    if (door && target instanceof Node && !door.contains(target)) door.open = false;
  });
}

function open(): HTMLDetailsElement | null {
  return document.querySelector<HTMLDetailsElement>("details.door[open]");
}

/** A date field shows 01/10/2026 or 10/01/2026, as the reader's system is set up. */
export function spellDates(): void {
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "date" || !target.value) return;
    const said = target.labels?.[0]?.querySelector(".spelled");
    if (said) said.textContent = spelled(target.value);
  });
}
