// A scenario from a copy to people's work: changed, its effect looked at, made active, given by a rule, replayed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk, settled } from './chromium.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
});
after(() => opened?.stop());

const policy = async () => (await opened.api.ask('/api/policy')).value;
const scenario = async (code) => (await policy()).scenarios.find((one) => one.code === code);
const button = (name) => page.getByRole('button', { name, exact: true });

test('a copy is a draft that nobody follows', async () => {
  await open(page, opened, '/scenarios');
  await page.getByRole('button', { name: 'Duplicate…' }).first().click();
  await page.getByRole('dialog').getByLabel('Name').fill('Patient');
  await page.getByRole('dialog').getByRole('button', { name: 'Duplicate…' }).click();
  await page.waitForURL('**/scenarios/patient');
  assert.equal((await scenario('patient')).state, 'draft');
});

test('a step is moved to another day and the draft saved', async () => {
  await settled(page);
  await page.locator('ol button[aria-expanded]').nth(1).click();
  await page.getByLabel('Days after (before: negative)').fill('9');
  await button('Save the draft').click();
  await page.getByText('The scenario is saved.').waitFor();
  assert.equal((await scenario('patient')).steps[1].trigger.days, 9);
});

test('a repeat typed in the editor saves: twice in all, as the words say', async () => {
  await open(page, opened, '/scenarios/patient');
  await settled(page);
  await page.locator('ol button[aria-expanded]').nth(1).click();
  await page.getByLabel('Repeated every … days (0 = once)').fill('7');
  assert.equal(await page.getByLabel('At most … times in all').inputValue(), '2');
  await page.getByText('every 7 days, 2 times in all').first().waitFor();
  await button('Save the draft').click();
  await page.getByText('The scenario is saved.').first().waitFor();
  for (let tries = 0; tries < 40 && (await scenario('patient')).steps[1].repeat === null; tries += 1) await page.waitForTimeout(100);
  assert.deepEqual((await scenario('patient')).steps[1].repeat, { days: 7, cap: 2 });
});

test('made automatic: the page says what would leave by itself, and for how many', async () => {
  await open(page, opened, '/scenarios/standard');
  await settled(page);
  await page.locator('ol button[aria-expanded]').nth(2).click();
  await page.locator('ol').getByLabel('Mode').selectOption('automatic');
  await button('See what it would change').click();
  await page.getByRole('alert').getByText('Would leave by itself, without anybody’s yes: Second reminder.').waitFor();
  await page.getByText(/at the next run: 0 before, [1-9]\d* after/).waitFor();
  assert.ok((await page.getByText('Leaves by itself at the next run').count()) > 0);
  await open(page, opened, '/scenarios/patient');
});

test('it is made active only after its effect was looked at', async () => {
  await settled(page);
  assert.ok(await button('Make it active').isDisabled());
  await button('See what it would change').click();
  await page.getByText(/customers? changes? of/).waitFor();
  await button('Make it active').click();
  await page.getByText('Active', { exact: true }).waitFor();
  assert.equal((await scenario('patient')).state, 'active');
});

test('a rule gives it to a country; who changes is seen before the rule is saved', async () => {
  await open(page, opened, '/scenarios/rules');
  await button('Add a rule').click();
  const row = page.locator('tbody tr').last();
  await row.getByLabel('Country').fill('fr');
  await row.getByLabel('Scenario').selectOption('patient');
  assert.ok(await button('Save').isDisabled());
  await button('See what it would change').click();
  await page.getByText(/customers? changes? of/).waitFor();
  await button('Save').click();
  await page.getByText('The rules are saved.').waitFor();
  const { rules } = await policy();
  assert.deepEqual(
    rules.assignment.map((rule) => [rule.rank, rule.country, rule.scenario]),
    [[1, 'FR', 'patient']],
  );
});

test('a past period is replayed beside another scenario and beside what was done', async () => {
  await open(page, opened, '/scenarios/simulator');
  await page.getByLabel('Beside').selectOption('patient');
  await button('Replay').click();
  await page.getByRole('heading', { name: 'By channel' }).waitFor({ timeout: 60_000 });
  const heads = await page.locator('section', { has: page.getByRole('heading', { name: 'In sum' }) }).locator('th').allInnerTexts();
  assert.deepEqual(heads.slice(1), ['The policy as it stands', 'Patient', 'What was really done']);
});

test('nothing of it put a fault on the console', () => assert.deepEqual(page.faults, []));
