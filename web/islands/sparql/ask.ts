/** Asks the server and gives what it says; a request that is given up ends the work on it. */

import { root } from "../past.ts";
import type { Fault } from "./editor.ts";

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  readonly errors?: readonly { readonly line?: number; readonly column?: number }[];
}

export type Said =
  | { readonly answer: Element; readonly problem: null }
  | { readonly answer: null; readonly problem: string; readonly fault: Fault | null };

export function addressOf(query: string): string {
  return `${root}/sparql?${new URLSearchParams({ query })}`;
}

/** Asks for the page that shows the answer, and for a problem document where there is none. */
export async function ask(query: string, signal: AbortSignal): Promise<Said> {
  const headers = { Accept: "application/problem+json, text/html;q=0.9" };
  const response = await fetch(addressOf(query), { headers, signal });
  const text = await response.text();
  if (!response.ok) return refused(JSON.parse(text) as Problem);
  const answer = new DOMParser().parseFromString(text, "text/html").querySelector("#answer");
  if (!answer) throw new Error("the page has no answer in it");
  return { answer, problem: null };
}

function refused(problem: Problem): Said {
  const { line, column = 1 } = problem.errors?.[0] ?? {};
  const told = problem.hint ? `${problem.detail}: ${problem.hint}` : problem.detail;
  const fault = line === undefined ? null : { line, column, message: told };
  return { answer: null, problem: told, fault };
}
