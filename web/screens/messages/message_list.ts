// Messages newest first, page by page: the server gives the number to go on before.
import type { Query } from "../../api/client";
import { useNumberedPages } from "../../lib/server";

/** Milliseconds after which the list is asked for again: messages move on by themselves. */
const again = 15_000;

export function useMessages(query: Query, limit = 50) {
  return useNumberedPages("/api/messages", { query: { ...query, limit }, from: "before", again });
}
