// Who comes in, and who does not (ACC-1).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { command, sign_in, start_desk } from './desk.mjs';

let desk;
before(async () => {
  desk = await start_desk();
});
after(() => desk.stop());

const link = () => /#token=(\S+)/.exec(command(['user', 'link', '--data', desk.data]))[1];
const code = (answer) => answer.value?.refusal?.code;

test('a sign-in link works once', async () => {
  const token = link();
  const session = await sign_in(desk, token);
  assert.match(session.set_cookie, /^cb_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  const again = await desk.ask('/api/sign-in', { method: 'POST', json: { token } });
  assert.deepEqual([again.status, code(again)], [401, 'link_expired']);
  assert.equal(again.headers['set-cookie'], undefined);
});

test('two clicks at the same time on one link open one session', async () => {
  const token = link();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => desk.ask('/api/sign-in', { method: 'POST', json: { token } })),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('me tells the user, her rights and the company, and only to her', async () => {
  const nobody = await desk.ask('/api/me');
  assert.deepEqual([nobody.status, code(nobody)], [401, 'sign_in_required']);
  const session = await sign_in(desk, link());
  const { value, status, headers } = await session.ask('/api/me');
  assert.equal(status, 200);
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(value.role, 'administrator');
  assert.deepEqual(value.rights, ['read', 'act', 'import', 'configure', 'administer']);
  assert.equal(value.company.empty, true);
  assert.match(value.today, /^\d{4}-\d{2}-\d{2}$/);
});

test('forged cookies open nothing', async () => {
  const session = await sign_in(desk, link());
  const token = session.cookie.slice('cb_session='.length);
  const forged = [
    '',
    'x',
    token.slice(0, -1),
    `${token}A`,
    token.toLowerCase(),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    "' or 1=1 --",
    'a'.repeat(5000),
  ];
  for (const cookie of forged) {
    const answer = await desk.ask('/api/me', { headers: { Cookie: `cb_session=${cookie}` } });
    assert.equal(answer.status, 401, cookie.slice(0, 60));
  }
});

test('a change needs the CSRF word of this very session', async () => {
  const session = await sign_in(desk, link());
  const other = await sign_in(desk, link());
  const change = { method: 'PUT', json: { language: 'fr' } };
  for (const word of ['', 'x', other.csrf]) {
    const answer = await session.ask('/api/me/language', { ...change, headers: { 'X-Countback-CSRF': word } });
    assert.deepEqual([answer.status, code(answer)], [403, 'csrf_missing']);
  }
  assert.equal((await session.ask('/api/me')).value.language, 'en');
  assert.equal((await session.ask('/api/me/language', change)).status, 204);
  assert.equal((await session.ask('/api/me')).value.language, 'fr');
  const refused = await session.ask('/api/me/password', { method: 'POST', json: { password: 'x' } });
  assert.match(refused.value.refusal.text, /^Ce mot de passe/, 'without Accept-Language, the user’s own language');
  await session.ask('/api/me/language', { method: 'PUT', json: { language: 'en' } });
});

test('signing out ends the session', async () => {
  const session = await sign_in(desk, link());
  const out = await session.ask('/api/sign-out', { method: 'POST' });
  assert.equal(out.status, 204);
  assert.match(out.headers['set-cookie'][0], /^cb_session=; .*Max-Age=0/);
  assert.equal((await session.ask('/api/me')).status, 401);
});

test('a password lets in, is checked before it is changed, and ends other sessions', async () => {
  command(['user', 'add', '--data', desk.data, '--name', 'Ada', '--email', 'Ada@desk.test']);
  const email_link = () =>
    /#token=(\S+)/.exec(command(['user', 'link', '--data', desk.data, '--email', 'ada@desk.test']))[1];
  const first = await sign_in(desk, email_link());
  const second = await sign_in(desk, email_link());
  const set = (session, json) => session.ask('/api/me/password', { method: 'POST', json });
  const short = await set(first, { password: 'short' });
  assert.deepEqual([short.status, code(short)], [422, 'password_too_short']);
  assert.equal((await set(first, { password: 'correct horse battery' })).status, 204);
  assert.equal((await second.ask('/api/me')).status, 401, 'the other session ended');
  const wrong = await set(first, { current: 'not it at all', password: 'another long one' });
  assert.deepEqual([wrong.status, code(wrong)], [422, 'password_wrong']);
  const without = await set(first, { password: 'another long one' });
  assert.equal(code(without), 'password_wrong');
  const by_password = await desk.ask('/api/sign-in', {
    method: 'POST',
    json: { email: ' ADA@desk.test', password: 'correct horse battery' },
  });
  assert.equal(by_password.status, 200);
  assert.equal(by_password.value.user.has_password, true);
});

test('a password can be set from the command line, by its input', async () => {
  command(['user', 'password', '--data', desk.data, '--email', 'ada@desk.test'], 'typed by the owner\n');
  const answer = await desk.ask('/api/sign-in', {
    method: 'POST',
    json: { email: 'ada@desk.test', password: 'typed by the owner' },
  });
  assert.equal(answer.status, 200);
});

test('sign-in bodies that make no sense are refused by name', async () => {
  const post = (options) => desk.ask('/api/sign-in', { method: 'POST', ...options });
  const json = { 'Content-Type': 'application/json' };
  assert.equal(code(await post({ body: '{', headers: json })), 'bad_request');
  assert.equal(code(await post({ body: '[]', headers: json })), 'bad_request');
  assert.equal(code(await post({ body: '{"token":"x"}', headers: { 'Content-Type': 'text/plain' } })), 'bad_request');
  assert.equal(code(await post({ json: {} })), 'field_missing');
  assert.equal(code(await post({ json: { token: 7 } })), 'field_invalid');
  assert.equal(code(await post({ json: { token: 'x'.repeat(201) } })), 'field_invalid');
  assert.equal(code(await post({ body: '['.repeat(100_000), headers: json })), 'bad_request');
});

test('unknown addresses of the API are 404, known ones with another method 405', async () => {
  const session = await sign_in(desk, link());
  assert.equal(code(await session.ask('/api/nothing')), 'not_found');
  assert.equal(code(await session.ask('/api')), 'not_found');
  assert.equal(code(await session.ask('/api/me', { method: 'DELETE' })), 'method_not_allowed');
  assert.equal(code(await session.ask('/api/me', { method: 'OPTIONS' })), 'method_not_allowed');
});

test('guessing is stopped after ten failures on an account from an address', async () => {
  const lone = await start_desk();
  try {
    const attempt = () =>
      lone.ask('/api/sign-in', { method: 'POST', json: { email: 'ada@desk.test', password: 'a guess a day' } });
    for (let count = 0; count < 10; count += 1) assert.equal(code(await attempt()), 'sign_in_failed');
    const stopped = await attempt();
    assert.deepEqual([stopped.status, code(stopped)], [429, 'too_many_attempts']);
    const by_link = await lone.ask('/api/sign-in', { method: 'POST', json: { token: lone.link_token } });
    assert.equal(by_link.status, 200, 'a good link works for whoever sits behind the same address');
  } finally {
    await lone.stop();
  }
});

test('the log holds ids and patterns, nothing personal', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const lines = desk.log().trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length > 10);
  assert.ok(lines.some((line) => line.route === '/api/me' && line.user > 0));
  assert.deepEqual(desk.log().match(/ada@desk|Ada|127\.0\.0\.1|token|correct horse/g), null);
});

test('the audit chain of all this is whole', () => {
  const said = command(['verify', '--data', desk.data]);
  assert.match(said, /audit log is whole: \d\d+ lines/);
});
