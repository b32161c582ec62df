// Messages newest first, page by page: the server gives the number to go on before.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { get, type Query } from "../../api/client";
import { useWords } from "../../lib/i18n/language";

/** Milliseconds after which the list is asked for again: messages move on by themselves. */
const again = 15_000;

export function useMessages(query: Query, limit = 50) {
  const { language } = useWords();
  return useInfiniteQuery({
    queryKey: ["/api/messages", query, language, limit],
    queryFn: ({ signal, pageParam }) =>
      get("/api/messages", {
        query: { ...query, limit, ...(pageParam === 0 ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: again,
  });
}
