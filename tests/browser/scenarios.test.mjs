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
