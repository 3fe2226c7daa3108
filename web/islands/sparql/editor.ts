/** Puts an editor in the place of a text field, which keeps its text for the form. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, StreamLanguage } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";

import { complete } from "./completion.ts";
import { appearance } from "./appearance.ts";

export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** So few that the list never scrolls: what the arrow keys come to takes the place of another. */
const MOST_SHOWN = 8;

/** Makes the editor; `run` is called on Ctrl+Enter. Tab leaves it, as it leaves a text field. */
export function edit(field: HTMLTextAreaElement, run: () => void): EditorView {
  const label = field.labels[0];
  const view = new EditorView({
    parent: host(field),
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        StreamLanguage.define(sparql),
        autocompletion({ override: [complete], maxRenderedOptions: MOST_SHOWN }),
        keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label?.textContent ?? "Query" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
        appearance,
      ],
    }),
  });
  field.hidden = true;
  label?.addEventListener("click", () => view.focus());
  return view;
}

/** In a shadow the editor brings its style as a sheet, not as an element that the policy forbids. */
function host(field: HTMLTextAreaElement): ShadowRoot {
  const element = document.createElement("div");
  element.className = "editor";
  field.after(element);
  return element.attachShadow({ mode: "open" });
}

/** Marks where the server found a fault, and goes there. */
export function mark(view: EditorView, fault: Fault): void {
  const line = view.state.doc.line(Math.min(fault.line, view.state.doc.lines));
  const from = Math.min(line.from + fault.column - 1, line.to);
  const { message } = fault;
  view.dispatch(setDiagnostics(view.state, [{ from, to: line.to, severity: "error", message }]));
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
}

export function unmark(view: EditorView): void {
  view.dispatch(setDiagnostics(view.state, []));
}
