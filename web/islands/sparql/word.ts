/** Tells what is being typed in a query, and which prefixes it declares. */

export interface Word {
  /** Where it begins. */
  readonly from: number;
  readonly text: string;
  readonly kind: "variable" | "term";
}

// A name with or without its prefix, an IRI that is not closed yet, or a variable.
const TYPED = /(?<variable>[?$]\w*)$|(?<term><[^\s<>"]*|[\w-]*:[\w-]*|[A-Za-z][\w-]*)$/;

/** Gives the word that ends where a text ends; none within a comment or a string. */
export function wordAtEnd(text: string): Word | null {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  if (isComment(line)) return null;
  const found = TYPED.exec(line);
  if (!found?.groups) return null;
  const kind = found.groups["variable"] === undefined ? "term" : "variable";
  return { from: text.length - found[0].length, text: found[0], kind };
}

/** A number sign begins a comment unless it stands in an IRI or a string. */
function isComment(line: string): boolean {
  const plain = line.replace(/<[^\s<>]*>?|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  return plain.includes("#") || /["']/.test(plain);
}

export function variables(text: string): string[] {
  return [...new Set(text.match(/[?$]\w+/g) ?? [])].sort();
}

export function declares(text: string, prefix: string): boolean {
  return new RegExp(`^\\s*PREFIX\\s+${prefix}:`, "im").test(text);
}

/** Gives the prefix of a name that a query may hold; an IRI in <> has none. */
export function prefixOf(name: string): string | null {
  return name.startsWith("<") ? null : name.slice(0, name.indexOf(":"));
}
