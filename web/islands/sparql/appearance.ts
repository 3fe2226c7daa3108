/** How the editor looks, in the colours of the page. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const MONO = "var(--mono)";
const CHOSEN = { backgroundColor: "var(--blue)", color: "var(--on-blue)" };

const theme = EditorView.theme({
  "&": { border: "1px solid var(--line-strong)", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: MONO, minHeight: "12rem" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--faint)", border: "0" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--raised)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--blue-tint)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--paper)",
    color: "var(--ink)",
    border: "1px solid var(--line-strong)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: MONO,
    maxWidth: "90vw",
    maxHeight: "none",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": CHOSEN,
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--faint)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { maxWidth: "18rem", padding: "0.5rem" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.variableName, tags.atom], color: "var(--vermilion-ink)" },
  { tag: [tags.string, tags.number], color: "var(--visited)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);

export const appearance = [theme, syntaxHighlighting(colours)];
