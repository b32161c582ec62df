// Late payment under Settings: what customers are claimed is told, a negative rate can be typed, two people do not overwrite each
// other; and a text tested on oneself from its editor.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { next_tuesday, set_mail, start_mailbox } from '../mail/mailbox.mjs';
import { new_page, open, open_desk } from './chromium.mjs';

let opened;
let page;
let mailbox;
before(async () => {
  opened = await open_desk({ env: next_tuesday });
  page = await new_page(opened);
  mailbox = await start_mailbox();
});
after(async () => {
  await opened?.stop();
  await mailbox?.stop();
});

const ask = async (path) => (await opened.api.ask(path)).value;
const send = (method, path, json) => opened.api.ask(path, { method, json });
const path = '/api/settings/late-payment';

test('each country is told with rate, points and sum; the demo’s public buyers are public buyers', async () => {
  await open(page, opened, '/settings/late-payment');
  const { countries, segments, public_segments, semester } = await ask(path);
  const france = countries.find((one) => one.country === 'FR');
  const row = page.getByRole('row', { name: /^France/ });
  await row.getByText(`${france.rate} + 10 =`).waitFor();
  await row.getByText(`${france.company}\u00a0%`).waitFor();
  assert.equal(await page.getByText('Rate missing').count(), france.from === semester ? 0 : 1, 'a semester without a rate is told');
  await page.getByText('No rule for its country yet').waitFor();
  const buyers = segments.find((one) => one.text === 'Public buyer');
  assert.deepEqual(public_segments, [buyers.id]);
  assert.equal(await page.getByLabel('Public buyer', { exact: true }).inputValue(), 'public');
});

test('a negative rate is typed and told; what the server would refuse cannot be sent', async () => {
  await page.getByLabel('Rate', { exact: true }).selectOption('base.DE');
  await page.getByLabel('Semester from').fill('2031-01-01');
  await page.getByLabel('Source').fill('Bundesbank');
  const percent = page.getByLabel('Percent a year');
  const enter = page.getByRole('button', { name: 'Enter the rate' });
  for (const wrong of ['100', '1.234', 'abc']) {
    await percent.fill(wrong);
    await page.getByText('A percentage between −99.99 and 99.99').waitFor();
    assert.ok(await enter.isDisabled(), wrong);
  }
  await percent.fill('-0.88');
  await enter.click();
  await page.getByText('Late payment: saved.').waitFor();
  assert.equal((await ask(path)).entered[0].percent, '-0.88');
});

test('a change made meanwhile is told, and nothing is overwritten', async () => {
  await open(page, opened, '/settings/late-payment');
  const { entities, entered, public_segments, version } = await ask(path);
  const [entity] = entities;
  const other = await send('PUT', path, { version, rates: entered, public_segments, agreed: [{ entity: entity.id, percent: '15.00' }] });
  assert.equal(other.status, 200, other.text);
  await page.getByLabel(`Rate of ${entity.code}`).fill('18');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Somebody saved a change meanwhile').waitFor();
  assert.deepEqual((await ask(path)).agreed, [{ entity: entity.id, percent: '15.00' }]);
});

test('a text is tested on oneself: refused without a server, then told as the server took it', async () => {
  await open(page, opened, '/settings/texts?text=reminder_1&in=fr');
  const button = page.getByRole('button', { name: 'Send a test to myself' });
  await page.locator('iframe').waitFor();
  await button.click();
  await page.getByText(/no usable mail server and sender are set/).waitFor();
  const { email } = opened.api.me.user;
  const api = { get: ask, send };
  await set_mail(api, mailbox.port, { allowed: [email] });
  await page.getByLabel('Text', { exact: true }).fill('Bonjour {{customer.name}}, ces mots ne sont pas enregistrés.\n\n{{items_table}}');
  await page.frameLocator('iframe').getByText('ces mots ne sont pas enregistrés').waitFor();
  await button.click();
  const told = page.getByRole('status').filter({ hasText: 'Taken by the server' });
  await told.waitFor();
  assert.ok((await told.innerText()).includes(email));
  assert.equal(mailbox.letters.length, 1);
  assert.deepEqual(mailbox.letters[0].to, [email]);
  assert.match(mailbox.letters[0].mail.subject, /^\[Essai\] /);
  assert.match(mailbox.letters[0].mail.text, /ces mots ne sont pas enregistrés/);
  const { rows } = await ask('/api/templates');
  assert.ok(rows.find((one) => one.code === 'reminder_1' && one.language === 'fr').shipped, 'nothing was saved');
  assert.deepEqual((await ask('/api/messages')).rows, [], 'no message of a customer');
});
