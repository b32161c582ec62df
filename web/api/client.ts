// The typed client: paths, parameters and answers come from the contract; every answer is checked against it.
import { answerFault } from "./check";
import type { components, paths } from "./generated/contract";

export type Schemas = components["schemas"];

type Json<R> = R extends { content: { "application/json": infer T } } ? T : undefined;
type AnswerOf<O> = O extends { responses: infer R }
  ? R extends { 200: infer A }
    ? Json<A>
    : R extends { 201: infer A }
      ? Json<A>
      : undefined
  : never;
type Gets = { [P in keyof paths as paths[P] extends { get: object } ? P : never]: paths[P]["get"] };
type Posts = { [P in keyof paths as paths[P] extends { post: object } ? P : never]: paths[P]["post"] };
type Puts = { [P in keyof paths as paths[P] extends { put: object } ? P : never]: paths[P]["put"] };
type Patches = { [P in keyof paths as paths[P] extends { patch: object } ? P : never]: paths[P]["patch"] };
type Deletes = { [P in keyof paths as paths[P] extends { delete: object } ? P : never]: paths[P]["delete"] };
type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined;

export type GetPath = keyof Gets;
export type PostPath = keyof Posts;
export type PutPath = keyof Puts;
export type PatchPath = keyof Patches;
export type DeletePath = keyof Deletes;
export type GetAnswer<P extends GetPath> = AnswerOf<Gets[P]>;
export type PostAnswer<P extends PostPath> = AnswerOf<Posts[P]>;
export type PostBody<P extends PostPath> = BodyOf<Posts[P]>;
export type PutAnswer<P extends PutPath> = AnswerOf<Puts[P]>;
export type PutBody<P extends PutPath> = BodyOf<Puts[P]>;
export type PatchAnswer<P extends PatchPath> = AnswerOf<Patches[P]>;
export type PatchBody<P extends PatchPath> = BodyOf<Patches[P]>;
export type DeleteAnswer<P extends DeletePath> = AnswerOf<Deletes[P]>;
export type Query = Readonly<Record<string, string | number | undefined>>;
export type PathParts = Readonly<Record<string, number | string>>;

/** What the server refused, with the user's text in the language of the page. */
export class RefusalError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(status: number, code: string, text: string, data: Readonly<Record<string, unknown>>) {
    super(text);
    this.name = "RefusalError";
    this.status = status;
    this.code = code;
    this.data = data;
  }
}

/** The server did not answer, or answered something that is not in the contract. */
export class AnswerError extends Error {
  readonly kind: "unreachable" | "unexpected";
  constructor(kind: "unreachable" | "unexpected", detail: string) {
    super(detail);
    this.name = "AnswerError";
    this.kind = kind;
  }
}

let csrf = "";
let language = "en";

export function setCsrf(value: string): void {
  csrf = value;
}

export function setRequestLanguage(value: string): void {
  language = value;
}

export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

export function pathWith(path: string, parts: PathParts): string {
  return Object.entries(parts).reduce(
    (made, [name, value]) => made.replace(`{${name}}`, String(value)),
    path,
  );
}

async function refusalFrom(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  const fault = answerFault("refusal", body);
  if (fault !== undefined) return new AnswerError("unexpected", `${response.status} ${fault}`);
  const { refusal } = body as Schemas["Refusal"];
  return new RefusalError(
    response.status,
    refusal.code,
    refusal.text,
    refusal.data as Record<string, unknown>,
  );
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("Accept")) headers.set("Accept", "application/json");
  headers.set("Accept-Language", language);
  if (init.method !== undefined && init.method !== "GET") headers.set("X-Countback-CSRF", csrf);
  const answer = await fetch(url, { ...init, headers, credentials: "same-origin" }).catch(
    (reason: unknown) => {
      if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
      throw new AnswerError("unreachable", String(reason));
    },
  );
  if (!answer.ok) throw await refusalFrom(answer);
  return answer;
}

async function checked<T>(name: string, response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const body: unknown = await response.json().catch(() => undefined);
  const fault = answerFault(name, body);
  if (fault !== undefined) throw new AnswerError("unexpected", `${name}: ${fault}`);
  return body as T;
}

export async function get<P extends GetPath>(
  path: P,
  request: { query?: Query; parts?: PathParts; signal?: AbortSignal } = {},
): Promise<GetAnswer<P>> {
  const url = pathWith(path, request.parts ?? {}) + queryString(request.query ?? {});
  const init: RequestInit = request.signal === undefined ? {} : { signal: request.signal };
  return checked<GetAnswer<P>>(`GET ${path}`, await send(url, init));
}

/** `body` as JSON; undefined sends none. */
function sending(method: string, body: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

export async function post<P extends PostPath>(
  path: P,
  body: PostBody<P>,
  parts: PathParts = {},
): Promise<PostAnswer<P>> {
  return checked(`POST ${path}`, await send(pathWith(path, parts), sending("POST", body)));
}

export async function put<P extends PutPath>(
  path: P,
  body: PutBody<P>,
  parts: PathParts = {},
): Promise<PutAnswer<P>> {
  return checked(`PUT ${path}`, await send(pathWith(path, parts), sending("PUT", body)));
}

export async function patch<P extends PatchPath>(
  path: P,
  body: PatchBody<P>,
  parts: PathParts = {},
): Promise<PatchAnswer<P>> {
  return checked(`PATCH ${path}`, await send(pathWith(path, parts), sending("PATCH", body)));
}

export async function remove<P extends DeletePath>(path: P, parts: PathParts): Promise<DeleteAnswer<P>> {
  return checked(`DELETE ${path}`, await send(pathWith(path, parts), { method: "DELETE" }));
}

export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

/** How much of a long file has come, and about how much will. */
export interface FileTaken {
  readonly name: string;
  readonly bytes: number;
  readonly bytesInAll: number;
  readonly rows: number;
}

export interface FileRequest {
  /** With a body it is asked for by POST. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Called for each part of a long file; never for a short one. */
  readonly onPart?: (taken: FileTaken) => void;
}

/** Counts what passes; the browser keeps it where it keeps files, not among the page's own things. */
function counted(content: ReadableStream<Uint8Array<ArrayBuffer>>, said: FileTaken, request: FileRequest) {
  let bytes = 0;
  return content.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(part, on) {
        bytes += part.byteLength;
        request.onPart?.({ ...said, bytes });
        on.enqueue(part);
      },
    }),
  );
}

/** A file in the language of the desk: a plain link would ask in the browser's. */
export async function fetchFile(url: string, request: FileRequest = {}): Promise<ExportedFile> {
  const init = request.body === undefined ? {} : sending("POST", request.body);
  const headers = new Headers(init.headers);
  headers.set("Accept", "*/*");
  const asked = request.signal === undefined ? { headers } : { headers, signal: request.signal };
  const answer = await send(url, { ...init, ...asked });
  const said = answer.headers.get("Content-Disposition") ?? "";
  const name = /filename="?([^";]+)"?/.exec(said)?.[1] ?? "countback";
  const number = (header: string) => Number(answer.headers.get(header) ?? "0");
  const whole = { name, bytes: 0, bytesInAll: number("X-Countback-Bytes"), rows: number("X-Countback-Rows") };
  if (whole.bytesInAll === 0 || answer.body === null) return { name, content: await answer.blob() };
  const type = answer.headers.get("Content-Type") ?? "";
  const copy = new Response(counted(answer.body, whole, request), { headers: { "Content-Type": type } });
  const content = await copy.blob().catch((reason: unknown) => {
    if (request.signal?.aborted === true) throw reason;
    throw new AnswerError("unreachable", String(reason));
  });
  return { name, content };
}

export async function putLanguage(value: Schemas["Language"]): Promise<void> {
  await send("/api/me/language", {
    method: "PUT",
    body: JSON.stringify({ language: value }),
    headers: { "Content-Type": "application/json" },
  });
}

/** How to read the file where the detection was wrong (IMP-2). */
export interface Reading {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly header_line?: number;
  readonly sheet?: string;
}

/** Sends the file's bytes as they are; the server detects its format (IMP-2). */
export async function uploadFile(file: File, reading: Reading = {}): Promise<Schemas["ImportFile"]> {
  const url = `/api/imports/files${queryString({ name: file.name, ...reading })}`;
  const init: RequestInit = {
    method: "POST",
    body: file,
    headers: { "Content-Type": "application/octet-stream" },
  };
  return checked<Schemas["ImportFile"]>("POST /api/imports/files", await send(url, init));
}
