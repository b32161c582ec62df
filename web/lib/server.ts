// Reading the server from a component: one hook for an answer, one for a list that grows as it is scrolled.
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  type DeleteAnswer,
  type DeletePath,
  type GetAnswer,
  type GetPath,
  get,
  type PatchAnswer,
  type PatchBody,
  type PatchPath,
  type PathParts,
  patch,
  type PostAnswer,
  type PostBody,
  type PostPath,
  type PutAnswer,
  type PutBody,
  type PutPath,
  post,
  put,
  type Query,
  RefusalError,
  remove,
  type Schemas,
} from "../api/client";
import { useWords } from "./i18n/language";

export interface Request {
  readonly query?: Query;
  readonly parts?: PathParts;
  readonly enabled?: boolean;
  /** Milliseconds after which it is asked for again, where it changes by itself. */
  readonly again?: number;
}

/** Signed out: forget everything and let the sign-in page show. */
export function onFailure(client: QueryClient, error: unknown): void {
  if (error instanceof RefusalError && error.status === 401) client.setQueryData(["me"], null);
}

/** Another person, or nobody: what the last one saw is forgotten. */
export function enterAs(client: QueryClient, me: Schemas["Me"] | null): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
  client.setQueryData(["me"], me);
}

export function mayRetry(failures: number, error: unknown): boolean {
  return (
    failures < 2 && !(error instanceof RefusalError) && error instanceof Error && error.name !== "AnswerError"
  );
}

export function useAnswer<P extends GetPath>(path: P, request: Request = {}) {
  const { language } = useWords();
  const { query = {}, parts = {}, enabled = true, again } = request;
  return useQuery({
    queryKey: [path, parts, query, language],
    queryFn: ({ signal }) => get(path, { query, parts, signal }),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval: again ?? false,
  });
}

type PagedPath = {
  [P in GetPath]: GetAnswer<P> extends { rows: unknown[]; next: string | null } ? P : never;
}[GetPath];

export function usePages<P extends PagedPath>(path: P, request: Request = {}) {
  const { language } = useWords();
  const { query = {}, parts = {}, enabled = true } = request;
  return useInfiniteQuery({
    queryKey: [path, parts, query, language, "pages"],
    queryFn: ({ signal, pageParam }) =>
      get(path, { query: pageParam === "" ? query : { ...query, after: pageParam }, parts, signal }),
    initialPageParam: "",
    getNextPageParam: (last) => (last as { next: string | null }).next ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
}

type NumberedPath = {
  [P in GetPath]: GetAnswer<P> extends { rows: unknown[]; next: number | null } ? P : never;
}[GetPath];

export interface NumberedRequest extends Omit<Request, "enabled"> {
  /** What the server calls the number of a page's last row: lists go back in time, or on. */
  readonly from: "before" | "after";
}

/** Lists that go on from the number of a row. */
export function useNumberedPages<P extends NumberedPath>(path: P, request: NumberedRequest) {
  const { language } = useWords();
  const { query = {}, parts = {}, from, again } = request;
  return useInfiniteQuery({
    queryKey: [path, parts, query, language, "pages"],
    queryFn: ({ signal, pageParam }) =>
      get(path, { query: pageParam === 0 ? query : { ...query, [from]: pageParam }, parts, signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last as { next: number | null }).next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: again ?? false,
  });
}

/** A change on the server; afterwards every figure on the page is asked for again.
 * `done` is called even when the new figures have meanwhile taken the asking part off the page. */
export function useChange<P extends PostPath>(path: P, done?: (answer: PostAnswer<P>) => void) {
  const client = useQueryClient();
  return useMutation<PostAnswer<P>, Error, { body: PostBody<P>; parts?: PathParts }>({
    mutationFn: ({ body, parts }) => post(path, body, parts ?? {}),
    // Not waited for: a row that the new answer takes away must still be able to say what was done.
    onSuccess: (answer) => {
      void client.invalidateQueries();
      done?.(answer);
    },
    onError: (error) => onFailure(client, error),
  });
}

/** Writes something whole in the place of what was there; afterwards everything is asked for again. */
export function useWrite<P extends PutPath>(path: P, done?: (answer: PutAnswer<P>) => void) {
  const client = useQueryClient();
  return useMutation<PutAnswer<P>, Error, { body: PutBody<P>; parts?: PathParts }>({
    mutationFn: ({ body, parts }) => put(path, body, parts ?? {}),
    onSuccess: (answer) => {
      void client.invalidateQueries();
      done?.(answer);
    },
    onError: (error) => onFailure(client, error),
  });
}

/** Changes what is sent and leaves the rest; afterwards everything is asked for again. */
export function useAmend<P extends PatchPath>(path: P, done?: (answer: PatchAnswer<P>) => void) {
  const client = useQueryClient();
  return useMutation<PatchAnswer<P>, Error, { body: PatchBody<P>; parts?: PathParts }>({
    mutationFn: ({ body, parts }) => patch(path, body, parts ?? {}),
    onSuccess: (answer) => {
      void client.invalidateQueries();
      done?.(answer);
    },
    onError: (error) => onFailure(client, error),
  });
}

/** Takes something away; afterwards everything is asked for again. */
export function useRemoval<P extends DeletePath>(path: P, done?: (answer: DeleteAnswer<P>) => void) {
  const client = useQueryClient();
  return useMutation<DeleteAnswer<P>, Error, PathParts>({
    mutationFn: (parts) => remove(path, parts),
    onSuccess: (answer) => {
      void client.invalidateQueries();
      done?.(answer);
    },
    onError: (error) => onFailure(client, error),
  });
}
