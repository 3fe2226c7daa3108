/** Suggests what a field may hold while it is typed in; the browser shows it as it shows any list. */

import { root } from "../past.ts";
import { later } from "./later.ts";

interface Found {
  readonly id: string;
  readonly label: string;
  readonly name?: string;
}

const PAUSE_MS = 200;
const MOST = "10";
const OURS = "https://w3id.org/servanda/id/";
// A list is found at the same path as the page that shows it.
const LISTS = /^\/(search|commitments|actors|instruments|events|conditions|sources)$/;

export function suggest(): void {
  document.addEventListener(
    "input",
    later(PAUSE_MS, (event: Event) => {
      if (event.target instanceof HTMLInputElement) void offer(event.target);
    }),
  );
}

async function offer(field: HTMLInputElement): Promise<void> {
  const of = source(field);
  const q = field.value.trim();
  if (!of || !q) return;
  const response = await fetch(`${of.address}?${new URLSearchParams({ q, limit: MOST })}`);
  if (!response.ok) return;
  const { items } = (await response.json()) as { items: Found[] };
  listOf(field).replaceChildren(...items.map((each) => option(each, of.byName)));
}

/** Says what a field is about: a list by the words in its labels, or any thing by its identifier. */
function source(field: HTMLInputElement): { address: string; byName: boolean } | null {
  if (field.getAttribute("list") === "things") return { address: `${root}/api/v1/terms`, byName: true };
  const path = field.form ? new URL(field.form.action).pathname.slice(root.length) : "";
  const isSearch = field.type === "search" && field.name === "q" && LISTS.test(path);
  return isSearch ? { address: `${root}/api/v1${path}`, byName: false } : null;
}

function listOf(field: HTMLInputElement): HTMLElement {
  const known = field.list;
  if (known) return known;
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggested`;
  field.after(list);
  field.setAttribute("list", list.id);
  return list;
}

function option(found: Found, byName: boolean): HTMLOptionElement {
  const short = found.id.startsWith(OURS) ? found.id.slice(OURS.length) : found.name;
  return byName ? new Option(found.label, short ?? found.id) : new Option("", found.label);
}
