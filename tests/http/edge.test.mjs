// What the edge takes in, and how it refuses the rest.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { start_desk, status_of } from './desk.mjs';

let desk;
before(async () => {
  desk = await start_desk();
});
after(() => desk.stop());

const get = (path, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('health answers from the database, and metrics count by pattern', async () => {
  const health = await desk.ask('/healthz');
  assert.deepEqual([health.status, health.value.status], [200, 'ok']);
  await desk.ask('/api/me');
  const { text, status } = await desk.ask('/metrics');
  assert.equal(status, 200);
  assert.match(text, /countback_answers_total\{method="GET",route="\/healthz",status="200"\} \d+/);
  assert.match(text, /countback_answer_seconds_bucket\{.*le="\+Inf"\} \d+/);
  assert.match(text, /^countback_facts \d+$/m);
});

test('each answer carries the security headers', async () => {
  for (const path of ['/healthz', '/api/me', '/', '/nowhere']) {
    const { headers } = await desk.ask(path);
    assert.match(headers['content-security-policy'], /default-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe-eval|script-src[^;]*unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'same-origin');
    assert.equal(headers.server, undefined);
  }
});

test('what travels compressed is the same file', async () => {
  const page = (await desk.ask('/')).text;
  const [script] = /\/assets\/[\w-]+\.js/.exec(page);
  const bytes = (encoding) =>
    new Promise((resolve, reject) => {
      const asked = request({ port: desk.port, path: script, agent: false, headers: encoding ? { 'Accept-Encoding': encoding } : {} }, async (answer) => {
        resolve({ encoding: answer.headers['content-encoding'], bytes: Buffer.concat(await answer.toArray()) });
      });
      asked.on('error', reject).end();
    });
  const [plain, packed] = [await bytes(), await bytes('gzip, br')];
  assert.deepEqual([plain.encoding, packed.encoding], [undefined, 'gzip']);
  assert.ok(packed.bytes.length < plain.bytes.length / 2);
  assert.ok(gunzipSync(packed.bytes).equals(plain.bytes));
});

test('only our own names are answered', async () => {
  for (const host of ['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:99']) {
    assert.equal((await desk.ask('/healthz', { headers: { Host: host } })).status, 200, host);
  }
  for (const host of ['evil.test', 'localhost.evil.test', '127.0.0.1.evil.test', 'localhost:80a', 'a@localhost']) {
    const answer = await desk.ask('/healthz', { headers: { Host: host } });
    assert.deepEqual([answer.status, answer.value.refusal?.code], [421, 'host_unknown'], host);
  }
  assert.equal(status_of(await desk.raw('GET /healthz HTTP/1.1\r\nHost:\r\n\r\n')), 421);
});

test('a public name is answered when it was given', async () => {
  const named = await start_desk({ words: ['--public-host', 'Desk.Company.test'] });
  try {
    const port = await listening_port(named.child.pid);
    const { ask } = await import('./desk.mjs');
    assert.equal((await ask(port, '/healthz', { headers: { Host: 'desk.company.test' } })).status, 200);
    assert.equal((await ask(port, '/healthz', { headers: { Host: 'other.test' } })).status, 421);
  } finally {
    await named.stop();
  }
});

/** The program says its public address; the port it listens on is in the kernel's table. */
async function listening_port(pid) {
  const { readFileSync, readdirSync, readlinkSync } = await import('node:fs');
  const sockets = readdirSync(`/proc/${pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1])
    .filter(Boolean);
  const row = readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find((cells) => cells[3] === '0A' && sockets.includes(cells[9]));
  return Number.parseInt(row[1].split(':')[1], 16);
}

test('addresses that climb or hide bytes are refused', async () => {
  for (const path of ['/../etc/passwd', '/a/../b', '/%2e%2e/x', '/a%2f..%2fb', '/a\\b', '/%00', '/%', '/%zz', '/%ff', '/./x']) {
    assert.equal(status_of(await desk.raw(get(path))), 400, path);
  }
  assert.equal(status_of(await desk.raw(get('http://localhost/healthz'))), 400, 'absolute form');
  assert.equal(status_of(await desk.raw(get('/healthz?x=%0d%0aSet-Cookie:a'))), 400);
});

test('malformed requests are refused', async () => {
  const bad = [
    'nonsense\r\n\r\n',
    'GET\r\n\r\n',
    'GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'GET /healthz HTTP/1.1\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ];
  for (const text of bad) {
    const status = status_of(await desk.raw(text, { quiet: 12_000 }));
    assert.ok(status === 400 || status === 408, `${JSON.stringify(text)} answered ${status}`);
  }
});

test('requests that two readers could read in two ways are refused, and what hides behind is not answered', async () => {
  const head = 'POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  const hidden = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const probes = [
    `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}   ${hidden}`,
    `${head}Content-Length: 5, 5\r\n\r\n{}   ${hidden}`,
    `${head}Content-Length: +5\r\n\r\n{}   ${hidden}`,
    `${head}Content-Length: -1\r\n\r\n${hidden}`,
    `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
    `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n${hidden}`,
    `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
  ];
  for (const probe of probes) {
    const answer = await desk.raw(probe);
    assert.equal(status_of(answer), 400, probe.split('\r\n').slice(3, 5).join(' | '));
    assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer only');
    assert.doesNotMatch(answer, /countback_answers_total/);
  }
});

test('requests one behind the other are answered in order', async () => {
  const answer = await desk.raw(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n${get('/api/me')}`);
  assert.deepEqual([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status), ['200', '401']);
});

test('chunked bodies are read', async () => {
  const body = '{"token":"x"}';
  const head = 'POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n';
  const answer = await desk.raw(
    `${head}Transfer-Encoding: chunked\r\n\r\n4\r\n${body.slice(0, 4)}\r\n${(body.length - 4).toString(16)}\r\n${body.slice(4)}\r\n0\r\n\r\n`,
  );
  assert.equal(status_of(answer), 401);
  assert.match(answer, /link_expired/);
});

test('HEAD answers as GET without the body', async () => {
  const answer = await desk.raw(get('/healthz').replace('GET', 'HEAD'));
  assert.equal(status_of(answer), 200);
  assert.match(answer, /Content-Length: [1-9]/);
  assert.ok(answer.endsWith('\r\n\r\n'));
});

test('headers too large are refused', async () => {
  const large = await desk.ask('/healthz', { headers: { 'X-Large': 'x'.repeat(15_000), 'X-More': 'y'.repeat(5000) } });
  assert.deepEqual([large.status, large.value.refusal.code], [431, 'headers_too_large']);
  const many = await desk.raw(get('/healthz', Array.from({ length: 3000 }, (_, at) => `X-${at}: 1\r\n`).join('')));
  assert.equal(status_of(many), 431);
  assert.ok([400, 431].includes(status_of(await desk.raw(get(`/${'a'.repeat(40_000)}`)))));
});

test('bodies too large are refused before they are read, announced or not', async () => {
  const announced = await desk.raw(
    'POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{',
  );
  assert.equal(status_of(announced), 413);
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
  const chunked = await desk.raw(
    `POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`,
    { quiet: 5000 },
  );
  assert.equal(status_of(chunked), 413);
  const nothing_kept = await desk.ask('/healthz');
  assert.equal(nothing_kept.status, 200);
});

test('the language of a refusal is that of Accept-Language', async () => {
  const french = await desk.ask('/api/me', { headers: { 'Accept-Language': 'de, fr-FR;q=0.9, en;q=0.5' } });
  assert.match(french.value.refusal.text, /^Connectez-vous/);
});

test('a request that never ends is answered 408 and its connection closed', { timeout: 30_000 }, async () => {
  const began = Date.now();
  const socket = connect(desk.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += bytes));
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write('GET /healthz HTTP/1.1\r\nHost: local');
  const drip = setInterval(() => socket.write('h'), 500);
  await closed;
  clearInterval(drip);
  assert.equal(status_of(answer), 408);
  assert.ok(Date.now() - began < 20_000);
});

test('two hundred clients at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => desk.ask('/healthz')));
  assert.ok(answers.every(({ status }) => status === 200));
});

test('SIGTERM lets the answer under way end, closes the others and takes no new one', async () => {
  const lone = await start_desk();
  const idle = connect(lone.port, '127.0.0.1');
  const idle_closed = new Promise((resolve) => idle.on('close', resolve));
  idle.on('error', () => {});
  const slow = connect(lone.port, '127.0.0.1');
  let answer = '';
  slow.on('data', (bytes) => (answer += bytes));
  const body = '{"token":"x"}';
  slow.write(
    `POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 3)}`,
  );
  await wait(200);
  lone.child.kill('SIGTERM');
  await idle_closed;
  await assert.rejects(lone.ask('/healthz'));
  slow.write(body.slice(3));
  await new Promise((resolve) => slow.on('close', resolve));
  assert.equal(status_of(answer), 401);
  assert.match(answer, /Connection: close/);
  assert.deepEqual(await lone.ended, { code: 0, signal: null });
  await lone.stop();
});

test('a port in use is said plainly', async () => {
  await assert.rejects(start_desk({ words: ['--port', String(desk.port)] }), /cannot listen on 127\.0\.0\.1 port \d+/);
});
