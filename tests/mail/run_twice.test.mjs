// The run started several times at once, by hand and by several programs on one company: each customer is asked once.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { binary } from '../http/desk.mjs';
import { eventually, late_customers, make_company, open_company, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const customers = late_customers(30);

let data;
let company;
let mailbox;
before(async () => {
  mailbox = await start_mailbox();
  data = make_company(customers);
  company = await open_company(data);
});
after(async () => {
  await company?.desk.stop();
  await mailbox.stop();
  rmSync(data, { recursive: true, force: true });
});

test('runs that meet ask for each reminder once', async () => {
  const policy = await company.get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'standard');
  scenario.steps.find((one) => one.code === 'reminder').mode = 'automatic';
  const saved = await company.send('PUT', '/api/scenarios/standard', { version: policy.version, scenario });
  assert.equal(saved.status, 200, saved.text);
  const run = promisify(execFile);
  const by_command = () => run(binary, ['run', '--data', data, '--date', '2026-03-18'], { env: wednesday });
  const by_button = () => company.send('POST', '/api/runs', {});
  const ended = await Promise.allSettled([by_command(), by_button(), by_command(), by_button(), by_command()]);
  for (const one of ended) assert.equal(one.status, 'fulfilled', one.reason?.stderr);
  const messages = (await company.get('/api/messages?limit=200')).rows;
  assert.equal(messages.length, customers.length);
  assert.equal(new Set(messages.map((one) => one.customer.id)).size, customers.length);
  await set_mail(company, mailbox.port);
  await eventually('all letters', () => mailbox.letters.length >= customers.length, 60);
  await by_button();
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(mailbox.letters.length, customers.length);
  assert.equal(new Set(mailbox.letters.flatMap((one) => one.to)).size, customers.length);
});
