/** Makes elements of a drawing; what is text stays text, so it can be selected, read and printed. */

const NAMESPACE = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

export function svg(name: string, attributes: Attributes = {}, ...inside: (Node | string)[]): SVGElement {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...inside);
  return element;
}

/** Makes a drawing of a size in CSS pixels; a wider one scrolls in its box. */
export function drawing(width: number, height: number, label: string, ...inside: Node[]): SVGElement {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return svg("svg", { ...size, role: "group", "aria-label": label }, ...inside);
}

/** Writes a text in a line; one that is cut has all of it in its tooltip. */
export function line(text: string, most: number, attributes: Attributes): SVGElement {
  const isCut = text.length > most;
  const shown = isCut ? `${text.slice(0, most - 1)}…` : text;
  return svg("text", attributes, shown, ...(isCut ? [svg("title", {}, text)] : []));
}
