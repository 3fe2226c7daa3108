/** What is linked in an answer: from each thing of a row to the next one, or as triples say. */

import { type Answer, type Cell, columns } from "./table.ts";

export interface Thing {
  readonly id: string;
  readonly text: string;
  readonly href: string | null;
}

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export interface Network {
  readonly things: readonly Thing[];
  readonly links: readonly Link[];
}

export function network(answer: Answer): Network {
  const things = new Map<string, Thing>();
  const links = new Map<string, Link>();
  const [relation] = columns(answer, "relation");
  const places = columns(answer, "thing");
  for (const row of answer.rows) {
    const cells = places.flatMap((place) => row[place] ?? []).filter((cell) => cell.isThing);
    for (const cell of cells) things.set(identifier(cell), { id: identifier(cell), ...cell });
    const text = relation === undefined ? "" : (row[relation]?.text ?? "");
    for (const [from, to] of pairs(cells.map(identifier))) {
      links.set([from, text, to].join("\n"), { from, to, text });
    }
  }
  return { things: [...things.values()], links: [...links.values()] };
}

/** Things that have the same label have different pages; those without a page go by their names. */
function identifier(cell: Cell): string {
  return cell.href ?? cell.text;
}

function pairs(ids: readonly string[]): [string, string][] {
  return ids.slice(1).map((to, place) => [ids[place] as string, to]);
}
