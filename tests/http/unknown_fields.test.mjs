// A field that nothing reads is refused by name, on every route of the contract that takes JSON: a wish that is ignored
// looks as if it had been granted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { sign_in, start_desk } from './desk.mjs';

const root = join(import.meta.dirname, '..', '..');
const { parse } = createRequire(join(root, 'web', 'package.json'))('yaml');
const contract = parse(readFileSync(join(root, 'docs', 'api', 'openapi.yaml'), 'utf8'));
/** Every route with a JSON body: `[method, path]`. */
const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, route]) => (route.requestBody?.content?.['application/json'] ? [[method.toUpperCase(), path]] : [])),
);
let desk;
let session;
before(async () => {
  desk = await start_desk({ words: ['--demo-if-empty'] });
  session = await sign_in(desk);
  // a test of a text asks for a mail server before it looks at the wish
  const mail = { host: '127.0.0.1', port: 9, security: 'none', from_address: 'ar@desk.test', allowed: [session.me.user.email] };
  const set = await session.ask('/api/settings/mail', { method: 'PUT', json: mail });
  assert.equal(set.status, 200, set.text);
});
after(() => desk?.stop());

test('no route takes a field that it does not know', async () => {
  assert.ok(routes.length > 35, `${routes.length} routes`);
  for (const [method, path] of routes) {
    const answer = await session.ask(path.replaceAll(/\{\w+\}/g, '1'), { method, json: { nobody: 1 } });
    const refusal = answer.value?.refusal;
    assert.deepEqual([answer.status, refusal?.code, refusal?.data.field], [400, 'field_invalid', 'nobody'], `${method} ${path}: ${answer.text}`);
  }
});

test('nor a yes among others', async () => {
  const answer = await session.ask('/api/reminders', { method: 'POST', json: { customers: [{ customer: 1, channel: 'letter' }] } });
  assert.deepEqual([answer.status, answer.value.refusal?.data.field], [400, 'channel'], answer.text);
  assert.match(answer.value.refusal.text, /reads a field “channel”/);
});
