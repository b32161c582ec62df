// Letters that wait for the post (MSG-2): which of them can be printed, and which were.
import type { Schemas } from "../../api/client";

export type Letter = Schemas["LetterRow"];
export const letterChannels = ["all", "letter", "registered_letter"] as const;
export type LetterChannel = (typeof letterChannels)[number];

export function lettersOf(rows: readonly Letter[], channel: LetterChannel): Letter[] {
  return channel === "all" ? [...rows] : rows.filter((one) => one.channel === channel);
}

/** A letter that is no longer right would have the whole file refused. */
export function printable(rows: readonly Letter[]): Letter[] {
  return rows.filter((one) => one.no_longer_right === null);
}

/** Only a letter that was printed can be in the post. */
export function printedOnes(rows: readonly Letter[]): Letter[] {
  return printable(rows).filter((one) => one.printed_at !== null);
}

export function townOf({ postcode, town, country }: Letter): string {
  const place = [postcode, town].filter((one) => one !== "").join(" ");
  return country === "" ? place : `${place} (${country})`;
}

export const idsOf = (rows: readonly Letter[]) => rows.map((one) => one.id);
