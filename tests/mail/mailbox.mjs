// A mail server that takes everything, or misbehaves as it is told; a company with something to ask for; a day that
// is worked.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { command, sign_in, start_desk } from '../http/desk.mjs';

const modules = createRequire(join(import.meta.dirname, '..', '..', 'web', 'package.json'));
const { SMTPServer } = modules('smtp-server');
const { simpleParser } = modules('mailparser');

const faked = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
if (!existsSync(faked)) throw new Error('faketime is missing: sudo apt-get install faketime');

/** The program's clock starts on Wednesday 18 March 2026 at ten, and goes on. */
export const wednesday = {
  ...process.env,
  TZ: 'UTC',
  LD_PRELOAD: faked,
  FAKETIME: '@2026-03-18 10:00:00',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
};

/** Today, moved on to a Tuesday: a company whose data are relative to today finds a day with work. */
export const next_tuesday = {
  ...wednesday,
  TZ: process.env.TZ ?? '',
  FAKETIME: `+${(9 - new Date().getDay()) % 7}d`,
};

/** Takes messages; `letters` holds each as it came and parsed. `hooks` go to the server as they are. */
export async function start_mailbox(hooks = {}) {
  const letters = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        const raw = Buffer.concat(parts);
        letters.push({ raw, to: session.envelope.rcptTo.map((one) => one.address), mail: await simpleParser(raw) });
        done(null, 'taken');
      });
    },
    ...hooks,
  });
  server.on('error', () => {}); // a connection that a program gives up is no failure of the test
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.server.address().port,
    letters,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A server by script: `talk(socket, line)` is called for each line the program says. */
export async function start_script(talk, greet = (socket) => socket.write('220 script\r\n')) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let rest = '';
    greet(socket);
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        talk(socket, line);
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A talk for `start_script`, polite up to the end of the content; `at_end(socket)` says what comes then. */
export const polite = (at_end, answers = {}) => (socket, line) => {
  const word = line.split(' ')[0].toUpperCase();
  if (socket.inside) {
    if (line !== '.') return;
    socket.inside = false;
    at_end(socket);
    return;
  }
  if (word === 'DATA') socket.inside = true;
  socket.write(`${answers[word] ?? (word === 'DATA' ? '354 go on' : '250 good')}\r\n`);
};

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** A customer of an invoice `F-code`, eight days late on the Wednesday. */
export const late_customer = (code, more = {}) => ({
  code,
  name: `Customer ${code}`,
  language: 'en',
  email: `ap@${code.toLowerCase()}.test`,
  items: [{ number: `F-${code}`, due: '2026-03-10', amount: '100.00' }],
  ...more,
});

export const late_customers = (count) =>
  Array.from({ length: count }, (_, number) => late_customer(`C${number}`, { name: `Customer ${number}`, items: [{ number: `F-${number}`, due: '2026-03-10', amount: '100.00' }] }));

/** A company with these customers, each with its items: {code, name, language, email, collector, items: [{number, due, amount, currency}]};
 * `words`: more options of the command. */
export function make_company(customers, env = wednesday, words = []) {
  const data = mkdtempSync(join(tmpdir(), 'countback-mail-'));
  const file = (name, lines) => {
    const path = join(data, name);
    writeFileSync(path, lines.join('\n') + '\n');
    return path;
  };
  const with_collector = customers.some((one) => one.collector !== undefined);
  const parties = file('customers.csv', [
    `entity,customer_code,customer_name,country,language,email,address${with_collector ? ',collector' : ''}`,
    ...customers.map((one) =>
      [
        'FR01',
        one.code,
        quoted(one.name),
        one.country ?? 'FR',
        one.language,
        one.email,
        quoted(one.address ?? ''),
        ...(with_collector ? [one.collector ?? ''] : []),
      ].join(','),
    ),
  ]);
  const items = file('items.csv', [
    'entity,customer_code,number,issue_date,due_date,amount,currency',
    ...customers.flatMap((one) =>
      one.items.map((item) =>
        ['FR01', one.code, item.number, item.issued ?? '2026-01-15', item.due, item.amount, item.currency ?? 'EUR'].join(','),
      ),
    ),
  ]);
  const load = ['import', '--data', data, ...words, '--yes', '--as-of', '2026-03-18'];
  command([...load, '--kind', 'customers', parties], '', env);
  command([...load, items], '', env);
  return data;
}

export async function open_company(data, env = wednesday, words = []) {
  const desk = await start_desk({ data, env, words });
  const session = await sign_in(desk);
  const get = async (path) => (await session.ask(path)).value;
  const send = async (method, path, json) => session.ask(path, { method, json });
  return { desk, session, get, send };
}

/** Of its customers by code, of its items by number. */
export const customer_ids = async ({ get }) => Object.fromEntries((await get('/api/customers?limit=50')).rows.map((row) => [row.code, row.id]));
export const item_ids = async ({ get }) => Object.fromEntries((await get('/api/items?limit=50')).rows.map((row) => [row.number, row.id]));

/** Where messages go from now on. */
export async function set_mail({ send }, port, more = {}) {
  const answer = await send('PUT', '/api/settings/mail', {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: '',
    from_address: 'ar@desk.test',
    reply_domain: 'replies.desk.test',
    public_url: '',
    per_minute_and_domain: 10000,
    allowed: [],
    ...more,
  });
  if (answer.status !== 200) throw new Error(answer.text);
}

/** The run sends this step of the scenario by itself from now on. */
export async function make_automatic({ get, send }, scenario_code, step_code) {
  const policy = await get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === scenario_code);
  for (const one of [...scenario.steps, ...scenario.notices]) if (one.code === step_code) one.mode = 'automatic';
  const saved = await send('PUT', `/api/scenarios/${scenario_code}`, { version: policy.version, scenario, reason: 'test' });
  if (saved.status !== 200) throw new Error(saved.text);
}

export async function eventually(what, holds, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const pdf_text = (bytes) =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8', maxBuffer: 2 ** 28 });

/** The batch of letters printed: the answer with its bytes, or its refusal. */
export function print_letters({ desk, session }, ids) {
  const body = JSON.stringify({ ids });
  const headers = { Cookie: session.cookie, 'X-Countback-CSRF': session.csrf, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: desk.port, path: '/api/letters/print', method: 'POST', headers, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        const refused = answer.statusCode === 200 ? null : JSON.parse(bytes).refusal;
        resolve({ status: answer.statusCode, headers: answer.headers, bytes, refusal: refused });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
