/** Reads the table of an answer: what is drawn is what the page says, and nothing else. */

export type Kind = "thing" | "relation" | "number" | "date" | "text";
export type View = "table" | "graph" | "timeline" | "line" | "bar";

export interface Cell {
  readonly text: string;
  readonly href: string | null;
  readonly isThing: boolean;
}

export interface Answer {
  readonly kinds: readonly Kind[];
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly views: readonly View[];
}

export function read(table: HTMLTableElement): Answer {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
  return {
    kinds: headings.map((heading) => heading.dataset["kind"] as Kind),
    names: headings.map((heading) => heading.textContent),
    rows: [...(table.tBodies[0]?.rows ?? [])].map((row) => [...row.cells].map(cell)),
    views: (table.dataset["views"] ?? "table").split(" ") as View[],
  };
}

function cell(element: HTMLTableCellElement): Cell {
  return {
    text: element.textContent.trim(),
    href: element.querySelector("a")?.getAttribute("href") ?? null,
    isThing: "thing" in element.dataset,
  };
}

/** Gives the places of the columns of some kinds, in order. */
export function columns(answer: Answer, ...kinds: Kind[]): number[] {
  return answer.kinds.flatMap((kind, place) => (kinds.includes(kind) ? [place] : []));
}
