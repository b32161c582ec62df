// The names a text may use, offered where the caret stands behind `{{` (MSG-2).
import type { Schemas } from "../../api/client";

export type TemplateName = Schemas["TemplateName"];

export interface Offered {
  readonly name: string;
  readonly kind: TemplateName["kind"];
}

export interface Completion {
  /** Where the name begins, behind the braces and their sign. */
  readonly from: number;
  readonly choices: readonly Offered[];
}

/** Objects are entered by a point: `company` with `iban` is `company.iban`. */
export function flatNames(names: readonly TemplateName[]): Offered[] {
  return names.flatMap(({ name, kind, inner }) =>
    kind === "object"
      ? flatNames(inner).map((one) => ({ ...one, name: `${name}.${one.name}` }))
      : [{ name, kind }],
  );
}

/** The sections that are open at the end of the text, the outermost first. */
export function openSections(text: string): string[] {
  const open: string[] = [];
  for (const [, sign, name = ""] of text.matchAll(/\{\{\s*([#^/])\s*([\w.]+)\s*\}\}/gu)) {
    if (sign !== "/") open.push(name);
    else if (open.at(-1) === name) open.pop();
  }
  return open;
}

function inScope(names: readonly TemplateName[], sections: readonly string[]): Offered[] {
  const lists = names.filter((one) => one.kind === "list" && sections.includes(one.name));
  return [...lists.flatMap((one) => flatNames(one.inner)), ...flatNames(names)];
}

export function completionAt(
  text: string,
  caret: number,
  names: readonly TemplateName[],
): Completion | undefined {
  const before = text.slice(0, caret);
  const braces = before.lastIndexOf("{{");
  if (braces < 0) return undefined;
  const found = /^(\s*[#^/]?\s*)([\w.]*)$/u.exec(before.slice(braces + 2));
  if (found === null) return undefined;
  const [, head = "", typed = ""] = found;
  const sections = openSections(before.slice(0, braces));
  const sign = head.trim();
  const last = sections.at(-1);
  const closing: Offered[] = last === undefined ? [] : [{ name: last, kind: "flag" }];
  const wanted =
    sign === "/"
      ? closing
      : inScope(names, sections).filter(({ kind }) => sign !== "" || kind === "text" || kind === "link");
  const choices = wanted
    .filter((one) => one.name.includes(typed))
    .toSorted((left, right) => Number(right.name.startsWith(typed)) - Number(left.name.startsWith(typed)));
  return choices.length === 0 ? undefined : { from: braces + 2 + head.length, choices };
}

/** The text with the name in its place and the braces closed, and where the caret goes on. */
export function completed(text: string, caret: number, from: number, name: string) {
  const rest = text.slice(caret);
  const end = rest.startsWith("}}") ? "" : "}}";
  return { text: text.slice(0, from) + name + end + rest, caret: from + name.length + 2 };
}
