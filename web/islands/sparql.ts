/** The page for SPARQL: an editor for its field, answers without leaving the page, drawings. */

import { offer } from "./results/offer.ts";
import { addressOf, ask } from "./sparql/ask.ts";
import { edit, mark, unmark } from "./sparql/editor.ts";

const HERE = "/sparql";

function start(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLTextAreaElement>("textarea[name=query]");
  const buttons = form.querySelector(".buttons");
  if (!field || !buttons) return;
  const view = edit(field, () => form.requestSubmit());
  const { line, column, fault } = field.dataset;
  if (line && fault) mark(view, { line: Number(line), column: Number(column), message: fault });
  // The page of a named query goes to where a query of one's own is asked.
  if (location.pathname !== HERE) return;
  const cancel = document.createElement("button");
  Object.assign(cancel, { type: "button", textContent: "Cancel", hidden: true });
  const status = document.createElement("p");
  status.role = "status";
  status.className = "status";
  buttons.append(" ", cancel);
  buttons.after(status);

  let question = new AbortController();
  const run = async (): Promise<void> => {
    question.abort();
    const mine = new AbortController();
    question = mine;
    cancel.onclick = () => mine.abort();
    cancel.hidden = false;
    status.textContent = "Asking …";
    unmark(view);
    try {
      const said = await ask(field.value, mine.signal);
      if (said.problem !== null) {
        status.textContent = said.problem;
        if (said.fault) mark(view, said.fault);
        return;
      }
      history.pushState(null, "", addressOf(field.value));
      document.querySelector("#answer")?.replaceWith(said.answer);
      status.textContent = said.answer.querySelector("p")?.textContent ?? "";
      offer();
    } catch (error) {
      if (question !== mine) return;
      status.textContent = mine.signal.aborted
        ? "Cancelled: nothing works on this question any more."
        : `The server could not be asked: ${error instanceof Error ? error.message : error}`;
    } finally {
      if (question === mine) cancel.hidden = true;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  addEventListener("popstate", () => location.reload());
}

for (const form of document.querySelectorAll<HTMLFormElement>("form.sparql")) start(form);
offer();
