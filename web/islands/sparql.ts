/** The page for SPARQL: an editor for its field, answers without leaving the page, drawings. */

import type { EditorView } from "@codemirror/view";

import { offer } from "./results/offer.ts";
import { addressOf, ask, type Said } from "./sparql/ask.ts";
import { edit, mark, unmark } from "./sparql/editor.ts";

const HERE = "/sparql";

interface Asking {
  readonly field: HTMLTextAreaElement;
  readonly view: EditorView;
  readonly cancel: HTMLButtonElement;
  readonly status: HTMLElement;
}

function start(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const buttons = form.querySelector(".buttons");
  if (!field || !buttons) return;
  const view = edit(field, () => form.requestSubmit());
  const { line, column, fault } = field.dataset;
  if (line && fault) mark(view, { line: Number(line), column: Number(column), message: fault });
  // The page of a named query goes to where a query of one's own is asked.
  if (location.pathname === HERE) answerHere(form, { field, view, ...controls(buttons) });
}

function controls(buttons: Element): { cancel: HTMLButtonElement; status: HTMLElement } {
  const cancel = document.createElement("button");
  Object.assign(cancel, { type: "button", textContent: "Cancel", hidden: true });
  const status = document.createElement("p");
  status.role = "status";
  status.className = "status";
  buttons.append(" ", cancel);
  buttons.after(status);
  return { cancel, status };
}

/** Answers what is asked last: what was asked before is given up. */
function answerHere(form: HTMLFormElement, asking: Asking): void {
  let question = new AbortController();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    question.abort();
    question = new AbortController();
    void answer(asking, question);
  });
  asking.cancel.addEventListener("click", () => {
    question.abort();
    asking.status.textContent = "Cancelled: nothing works on this question any more.";
    asking.cancel.hidden = true;
  });
  addEventListener("popstate", () => location.reload());
}

async function answer({ field, view, cancel, status }: Asking, { signal }: AbortController): Promise<void> {
  const query = field.value;
  cancel.hidden = false;
  status.textContent = "Asking …";
  unmark(view);
  try {
    status.textContent = show(await ask(query, signal), query, view);
  } catch (error) {
    if (signal.aborted) return;
    status.textContent = `The server could not be asked: ${error instanceof Error ? error.message : error}`;
  }
  cancel.hidden = true;
}

/** Puts an answer on the page, or marks the fault in the query, and gives what is to be said of it. */
function show(said: Said, query: string, view: EditorView): string {
  if (said.problem !== null) {
    if (said.fault) mark(view, said.fault);
    return said.problem;
  }
  history.pushState(null, "", addressOf(query));
  document.querySelector("#answer")?.replaceWith(said.answer);
  offer();
  return said.answer.querySelector("p")?.textContent ?? "";
}

for (const form of document.querySelectorAll<HTMLFormElement>("form.sparql")) start(form);
offer();
