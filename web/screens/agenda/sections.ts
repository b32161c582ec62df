// What the agenda shows beside the actions due (COL-10): which section the address names, and its rows.
import type { Schemas } from "../../api/client";
import type { Sendable } from "../messages/reminders";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";

export type Sections = Schemas["AgendaSections"];
export type NoticeRow = Schemas["NoticeRow"];
export const sections = ["promises", "notices", "upcoming", "disputes", "errors", "snoozed"] as const;
export type Section = (typeof sections)[number];

export function sectionIn({ param }: PagePlace): Section | undefined {
  return sections.find((one) => one === param("section"));
}

export function sectionsQuery({ perimeter, param }: PagePlace) {
  const { as_of, known_at, entity, collector, segment } = perimeter;
  return {
    date: param("date") ?? as_of,
    known_at,
    entity,
    collector,
    segment,
    scope: param("scope"),
    q: param("q"),
  };
}

export function useSections() {
  return useAnswer("/api/agenda_sections", { query: sectionsQuery(usePlace()) });
}

export function noticeSent({ customer, notice, name, totals }: NoticeRow): Sendable {
  return { customer, notice, name, totals };
}
