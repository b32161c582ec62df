// A stand-in for the program, to look at the pages before and without it: node test/browser/stand_in.mjs [--empty] [--port N].
// It serves dist/ under the same content security policy as is asked of the program.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import * as answers from "./stand_in_answers.mjs";

const dist = new URL("../../dist/", import.meta.url);
const types = {
  js: "text/javascript",
  css: "text/css",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml",
};
const policy =
  "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; frame-ancestors 'none'";
const option = (name) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const state = {
  empty: process.argv.includes("--empty"),
  signedIn: process.argv.includes("--signed-in"),
  load: "applied",
};

const idOf = (path) => Number(path.split("/")[3]);
const reads = {
  "/api/me": () => answers.me(state),
  "/api/ageing": answers.ageing,
  "/api/dso": answers.dso,
  "/api/dso/trend": answers.trend,
  "/api/dso/waterfall": answers.waterfall,
  "/api/kpi": answers.kpi,
  "/api/today": answers.todayScreen,
  "/api/customers": answers.customerList,
  "/api/items": answers.itemList,
  "/api/agenda": answers.agenda,
  "/api/imports": () => answers.loads(state),
  "/api/standings": () => ({ rows: answers.standings, next: null, count: answers.standings.length }),
};
const byId = [
  [/^\/api\/customers\/\d+$/, (path) => answers.customerSheet(idOf(path))],
  [/^\/api\/customers\/\d+\/history$/, (path) => answers.history(idOf(path))],
  [/^\/api\/items\/\d+$/, (path) => answers.itemSheet(idOf(path))],
  [/^\/api\/agenda\/\d+$/, (path) => answers.whole(idOf(path))],
  [/^\/api\/imports\/\d+$/, () => answers.report(state)],
];

function written(path, query, body) {
  if (path === "/api/sign-in") {
    state.signedIn = true;
    return [200, answers.me(state)];
  }
  if (path === "/api/standings") {
    answers.standings.push(answers.standing(answers.standings.length + 1, JSON.parse(body)));
    return [201, answers.standings.at(-1)];
  }
  if (/^\/api\/standings\/\d+\/end$/.test(path)) {
    const one = answers.standings[idOf(path) - 1];
    one.ended = "2026-11-22";
    return [200, one];
  }
  if (path === "/api/imports/files") return [201, answers.upload(query.get("name"), body.length)];
  if (path === "/api/imports/preview") return [200, answers.preview()];
  if (path === "/api/imports/apply") state.empty = false;
  if (path.endsWith("/undo")) state.load = "undone";
  if (path.startsWith("/api/imports/")) return [200, answers.report(state)];
  if (path === "/api/sign-out") state.signedIn = false;
  return [204, undefined];
}

const refusal = (code, text) => ({ refusal: { code, text, data: {} } });

function answered(method, path, query, body) {
  if (path !== "/api/sign-in" && !state.signedIn)
    return [401, refusal("sign_in_required", "Please sign in.")];
  if (method !== "GET") return written(path, query, body);
  const [, read] = byId.find(([pattern]) => pattern.test(path)) ?? [];
  const found = reads[path]?.(query) ?? read?.(path);
  return found === undefined
    ? [404, refusal("not_found", "There is nothing under this number. Go back to the list.")]
    : [200, found];
}

async function file(path, response) {
  const name = path.startsWith("/assets/") || path === "/icon.svg" ? path.slice(1) : "index.html";
  const bytes = await readFile(new URL(name, dist)).catch(() => undefined);
  response.writeHead(bytes ? 200 : 404, {
    "Content-Type": types[name.split(".").at(-1)],
    "Content-Security-Policy": policy,
  });
  response.end(bytes);
}

createServer(async (request, response) => {
  const url = new URL(request.url, "http://stand-in.test");
  if (!url.pathname.startsWith("/api/")) return file(url.pathname, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const [status, body] = answered(
    request.method,
    url.pathname,
    url.searchParams,
    Buffer.concat(chunks).toString(),
  );
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}).listen(Number(option("--port") ?? 8099));
