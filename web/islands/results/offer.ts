/** Offers to draw the answer on a page; the drawing comes above the table, and never without it. */

import { drawBars, drawLine, drawTimeline } from "./charts.ts";
import { drawGraph } from "./graph.ts";
import { type Answer, read, type View } from "./table.ts";

const DRAWINGS: Readonly<Record<View, ((answer: Answer) => Element | Promise<Element>) | null>> = {
  table: null,
  graph: drawGraph,
  timeline: drawTimeline,
  line: drawLine,
  bar: drawBars,
};

export function offer(): void {
  const table = document.querySelector<HTMLTableElement>("#answer table[data-views]");
  if (!table) return;
  const answer = read(table);
  if (answer.views.length < 2) return;
  const figure = document.createElement("figure");
  figure.className = "wide drawing";
  figure.tabIndex = 0;
  figure.ariaLabel = "Drawing";
  const show = async (view: View): Promise<void> => {
    const draw = DRAWINGS[view];
    figure.hidden = draw === null;
    figure.replaceChildren(...(draw ? [await draw(answer)] : []));
  };
  table.parentElement?.before(choice(answer.views, show), figure);
  void show(answer.views[0] as View);
}

function choice(views: readonly View[], show: (view: View) => Promise<void>): HTMLElement {
  const group = document.createElement("fieldset");
  group.className = "views";
  const legend = document.createElement("legend");
  legend.textContent = "Show as";
  group.append(legend);
  views.forEach((view, place) => {
    const label = document.createElement("label");
    const button = document.createElement("input");
    Object.assign(button, { type: "radio", name: "view", value: view, checked: place === 0 });
    button.addEventListener("change", () => void show(view));
    label.append(button, ` ${view}`);
    group.append(label);
  });
  return group;
}
