// Starts the real program on a free port with a data folder of its own, and speaks HTTP to it, politely and not.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const built = ['build/test/countback', 'build/release/countback', 'build/dev/countback'].map((path) => join(root, path));
export const binary = process.env.COUNTBACK_BINARY ?? built.find((path) => existsSync(path));

/** Runs a command to its end; `input` goes to its standard input. Throws with its words when it fails. */
export const command = (words, input = '', env = process.env) =>
  execFileSync(binary, words, { input, encoding: 'utf8', stdio: 'pipe', env });

export async function start_desk({ words = [], data = mkdtempSync(join(tmpdir(), 'countback-http-')), env = process.env } = {}) {
  const port_words = words.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(binary, ['serve', '--data', data, ...port_words, ...words], { stdio: 'pipe', env });
  let said = '';
  let log = '';
  child.stderr.on('data', (bytes) => (log += bytes));
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      said += bytes;
      if (said.includes('Stop with')) resolve();
    });
    child.on('exit', () => reject(new Error(`countback ended: ${log}`)));
  });
  const port = Number(/ready: http:\/\/localhost:(\d+)/.exec(said)?.[1] ?? 0);
  return {
    port,
    data,
    child,
    ended,
    log: () => log,
    link_token: /#token=(\S+)/.exec(said)?.[1],
    ask: (path, options) => ask(port, path, options),
    raw: (text, options) => raw(port, text, options),
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      const end = await ended;
      rmSync(data, { recursive: true, force: true });
      return end;
    },
  };
}

/** One request; answers status, headers and the body as text and, when it is JSON, as a value. */
export function ask(port, path, { method = 'GET', headers = {}, body, json } = {}) {
  const bytes = json === undefined ? body : JSON.stringify(json);
  const sent = { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: sent, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        let value;
        try {
          value = JSON.parse(text);
        } catch {
          value = undefined;
        }
        resolve({ status: answer.statusCode, headers: answer.headers, text, value });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(bytes);
  });
}

/** Bytes as they are; answers all that comes until the program closes, or until `quiet` ms without a byte. */
export function raw(port, text, { quiet = 700 } = {}) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(quiet, () => socket.destroy());
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}

export const status_of = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);

/** Signs in with a link's token; answers what further calls need. */
export async function sign_in(desk, token = desk.link_token) {
  const answer = await desk.ask('/api/sign-in', { method: 'POST', json: { token } });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  const cookie = answer.headers['set-cookie'][0].split(';')[0];
  const csrf = answer.value.csrf;
  return {
    cookie,
    csrf,
    me: answer.value,
    set_cookie: answer.headers['set-cookie'][0],
    ask: (path, options = {}) =>
      desk.ask(path, { ...options, headers: { Cookie: cookie, 'X-Countback-CSRF': csrf, ...options.headers } }),
  };
}
