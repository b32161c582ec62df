// The mapping of a file's columns to fields (IMP-1, IMP-2), as the page edits it.
import type { Schemas } from "../../api/client";

export type Mapping = Schemas["Mapping"];
export type ImportFile = Schemas["ImportFile"];
export type ImportKind = Schemas["ImportKind"];
export type ImportField = Schemas["ImportField"];
type Target = Mapping[string];

export function fieldsOf(file: ImportFile, kind: ImportKind): ImportField[] {
  return file.fields
    .filter((field) => field.kinds.includes(kind))
    .toSorted((left, right) => Number(right.required) - Number(left.required));
}

/** Needed, or proposed a column when the file was read: the fields to look at; the others can be opened. */
export function isProposed(file: ImportFile, field: ImportField): boolean {
  return field.required || file.proposed_mapping[field.name] !== undefined;
}

export function isConstant(target: Target | undefined): target is { constant: string } {
  return typeof target === "object";
}

/** undefined takes the field out of the mapping. */
export function withTarget(mapping: Mapping, field: string, target: Target | undefined): Mapping {
  const { [field]: _, ...rest } = mapping;
  return target === undefined ? rest : { ...rest, [field]: target };
}

export function missingFields(file: ImportFile, kind: ImportKind, mapping: Mapping): ImportField[] {
  return fieldsOf(file, kind).filter((field) => {
    const target = mapping[field.name];
    return field.required && (target === undefined || (isConstant(target) && target.constant.trim() === ""));
  });
}

export function samplesOf(file: ImportFile, target: Target | undefined): string[] {
  if (typeof target !== "string") return [];
  return file.columns.find((column) => column.name === target)?.samples ?? [];
}

/** What the file has and the mapping does not use; shown so that nothing is lost unseen. */
export function unusedColumns(file: ImportFile, mapping: Mapping): string[] {
  const used = new Set(Object.values(mapping).filter((target) => typeof target === "string"));
  return file.columns.map((column) => column.name).filter((name) => !used.has(name));
}
