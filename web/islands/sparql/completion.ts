/** Completes what is typed in a query: its own variables, and terms and things the server knows. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

import { root } from "../past.ts";
import { declares, prefixOf, variables, type Word, wordAtEnd } from "./word.ts";

interface Term {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly kind: "class" | "property" | "individual" | "thing";
  readonly types: readonly string[];
  readonly definition: string | null;
}

const LEAST_LETTERS = 2;
const PAUSE_MS = 120;
const ICONS = { class: "class", property: "property", individual: "enum", thing: "constant" } as const;

export async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  const word = wordAtEnd(before);
  if (!word) return null;
  if (word.kind === "variable") return ofVariables(word, context.state.doc.toString());
  if (word.text.length < LEAST_LETTERS && !context.explicit) return null;
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  if (context.aborted) return null;
  const terms = await known(word.text.replace(/^</, ""));
  // The server has chosen and ordered them, by their labels too.
  return { from: word.from, options: terms.map(option), filter: false };
}

function ofVariables(word: Word, query: string): CompletionResult {
  const options = variables(query)
    .filter((name) => name !== word.text)
    .map((label) => ({ label, type: "variable" }));
  return { from: word.from, options };
}

async function known(q: string): Promise<readonly Term[]> {
  const response = await fetch(`${root}/api/v1/terms?${new URLSearchParams({ q, limit: "30" })}`);
  return response.ok ? ((await response.json()) as { items: Term[] }).items : [];
}

function option(term: Term): Completion {
  const isNamed = prefixOf(term.name) !== null;
  return {
    label: isNamed ? term.name : term.label,
    // A screen reader says both: they must not run together.
    detail: ` ${isNamed ? term.label : term.types.join(", ")}`,
    type: ICONS[term.kind],
    ...(term.definition ? { info: term.definition } : {}),
    apply: (view, _, from, to) => insert(view, term, from, to),
  };
}

/** Writes the name, and declares its prefix where the query does not. */
function insert(view: EditorView, term: Term, from: number, to: number): void {
  const prefix = prefixOf(term.name);
  const isMissing = prefix !== null && !declares(view.state.doc.toString(), prefix);
  const namespace = term.id.slice(0, term.id.length - term.name.length + (prefix?.length ?? 0) + 1);
  const declaration = isMissing ? `PREFIX ${prefix}: <${namespace}>\n` : "";
  view.dispatch({
    changes: [
      { from: 0, insert: declaration },
      { from, to, insert: term.name },
    ],
    selection: { anchor: declaration.length + from + term.name.length },
  });
}
