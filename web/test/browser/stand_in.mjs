// A stand-in for the program, to look at the pages before and without it: node test/browser/stand_in.mjs [--empty] [--reader] [--port N].
// It serves dist/ under the same content security policy as is asked of the program.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import * as answers from "./stand_in_answers.mjs";
import * as calls from "./stand_in_calls.mjs";
import * as choices from "./stand_in_choices.mjs";

const dist = new URL("../../dist/", import.meta.url);
const types = {
  js: "text/javascript",
  css: "text/css",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml",
};
const policy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; frame-ancestors 'none'";
const option = (name) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined;
const state = {
  empty: process.argv.includes("--empty"),
  signedIn: process.argv.includes("--signed-in"),
  reader: process.argv.includes("--reader"),
  load: "applied",
};

const { post } = answers;
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
  "/api/agenda_sections": calls.agendaSections,
  "/api/imports": () => answers.loads(state),
  "/api/messages": post.messageList,
  "/api/letters": post.letterList,
  "/api/templates": post.templates,
  "/api/runs": () => ({ rows: [post.run] }),
  "/api/settings/mail": () => post.mail,
  "/api/settings/measures": () => choices.measureSettings,
  "/api/settings/imports": () => choices.importSettings,
  "/api/policy": () => post.policy,
  "/api/standings": () => ({ rows: answers.standings, next: null, count: answers.standings.length }),
};
const byId = [
  [/^\/api\/customers\/\d+$/, (path) => answers.customerSheet(idOf(path))],
  [/^\/api\/customers\/\d+\/done$/, (path) => calls.doneWith(idOf(path))],
  [/^\/api\/customers\/\d+\/actions$/, (path) => choices.actionsOf(idOf(path))],
  [/^\/api\/customers\/\d+\/fields$/, (path) => choices.fieldsOf(idOf(path))],
  [/^\/api\/customers\/\d+\/history$/, (path) => answers.history(idOf(path))],
  [/^\/api\/customers\/\d+\/reminder$/, (path) => post.content(answers.customerOf(idOf(path)))],
  [/^\/api\/messages\/\d+$/, (path) => post.message(idOf(path))],
  [/^\/api\/runs\/\d+$/, post.runWhole],
  [/^\/api\/entities\/\d+\/card$/, () => post.card],
  [/^\/api\/items\/\d+$/, (path) => answers.itemSheet(idOf(path))],
  [/^\/api\/agenda\/\d+$/, (path) => answers.whole(idOf(path))],
  [/^\/api\/imports\/\d+$/, () => answers.report(state)],
];

function confirmed({ customers }) {
  const yes = ({ customer, notice }) =>
    notice === undefined
      ? post.confirm({ customers: [{ customer }] }).rows[0]
      : { customer, message: calls.notice(customer, notice), refusal: null };
  return { rows: customers.map(yes) };
}

/** What was asked about messages and scenarios; undefined = it was about something else. */
function posted(path, body) {
  if (path === "/api/reminders") return [200, confirmed(body)];
  if (path.endsWith("/call")) return [200, calls.call(idOf(path), body)];
  if (path === "/api/runs") return [200, { ...post.run, id: body.dry_run ? null : 1 }];
  if (path === "/api/settings/mail") return [200, Object.assign(post.mail, body, { password: undefined, ready: true })];
  if (path === "/api/settings/mail/test")
    return [200, { outcome: "sent", cause: "none", code: 250, answer: "2.0.0 taken" }];
  if (path === "/api/templates/test")
    return [200, { outcome: "sent", cause: "none", code: 250, answer: "2.0.0 taken", to: "claire@harbour.test" }];
  if (path === "/api/templates/preview" || path.endsWith("/messages/preview") || path.endsWith("/reminder/preview"))
    return [200, post.content(answers.customerOf(body.customer ?? idOf(path)), body.subject, body.text)];
  if (path === "/api/policy/preview") return [200, post.effect()];
  if (path === "/api/simulations") return [200, post.simulation(body)];
  if (path === "/api/policy/rules" || path.startsWith("/api/scenarios/")) return [200, post.policy];
  if (path === "/api/letters/print") return [200, post.print(body)];
  if (path === "/api/letters/posted") return [200, post.posted(body)];
  if (/^\/api\/messages\/\d+$/.test(path)) return [200, post.act(idOf(path), body)];
  if (/^\/api\/customers\/\d+\/messages$/.test(path))
    return [201, { message: post.ask(answers.customerOf(idOf(path)), "single") }];
  if (path.endsWith("/snooze")) return [200, choices.snooze(idOf(path), body)];
  if (path === "/api/settings/measures") return [200, Object.assign(choices.measureSettings, body)];
  if (path === "/api/settings/imports") return [200, Object.assign(choices.importSettings, body)];
  if (path.endsWith("/card")) return [200, Object.assign(post.card, body)];
  return undefined;
}

function written(method, path, query, body) {
  if (method === "DELETE" && path.includes("/step/"))
    return [200, calls.takeBack(idOf(path), Number(path.split("/").at(-1)))];
  const known = path.startsWith("/api/imports") || body === "" ? undefined : posted(path, JSON.parse(body));
  if (known !== undefined) return known;
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
  if (method !== "GET") return written(method, path, query, body);
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
