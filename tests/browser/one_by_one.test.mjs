// One customer after the other by keyboard: the message at hand is sent on one key, and nothing is asked in vain.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { next_tuesday } from '../mail/mailbox.mjs';
import { new_page, open, open_desk } from './chromium.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk({ env: next_tuesday });
  page = await new_page(opened);
});
after(() => opened?.stop());

test('a message is sent on one key; no question is refused on the way', async () => {
  const refused = [];
  page.on('response', (answer) => answer.status() >= 400 && refused.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`));
  for (let sent = 0; sent < 3; sent += 1) {
    const { rows } = (await opened.api.ask('/api/agenda?outcome=due&limit=100')).value;
    await open(page, opened, `/agenda/one?at=${rows.findIndex((row) => row.kind === 'confirm')}`);
    await page.getByRole('heading', { name: 'The message, ready to send' }).waitFor();
    await page.locator('iframe').first().waitFor();
    const title = await page.locator('h1').innerText();
    await page.keyboard.press('e');
    await page.getByText(`The message to ${title} is asked for`).waitFor();
    await page.waitForFunction((name) => document.querySelector('h1')?.textContent !== name, title);
  }
  // what is noted of a customer asks nothing about him that is over
  const { rows } = (await opened.api.ask('/api/agenda?outcome=due&limit=100')).value;
  await open(page, opened, `/agenda/one?at=${rows.findIndex((row) => row.kind === 'confirm')}`);
  for (let noted = 0; noted < 3; noted += 1) {
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    const title = await page.locator('h1').innerText();
    await page.keyboard.press('k');
    await page.waitForFunction((name) => document.querySelector('h1')?.textContent !== name, title);
  }
  await page.waitForLoadState('networkidle');
  assert.deepEqual(refused, []);
  assert.deepEqual(page.faults, []);
});
