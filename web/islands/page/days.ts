/** Writes days out, as the pages do. */

const LONG = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Writes a day such as 2026-01-06 as 6 January 2026. */
export function spelled(day: string): string {
  return LONG.format(new Date(`${day}T00:00:00Z`));
}

/** Gives the days in order, with one more among them; each stands once. */
export function including(days: readonly string[], day: string): string[] {
  return [...new Set([...days, day])].sort();
}
