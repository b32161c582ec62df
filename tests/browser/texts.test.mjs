// Texts of one's own (MSG-2): made, versions gone back to, offered in a scenario, kept while used, removed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { next_tuesday } from '../mail/mailbox.mjs';
import { new_page, open, open_desk, settled } from './chromium.mjs';

const words = {
  en: {
    make: 'New text…', name: 'Name', code: 'Code', add: 'Make the text', own: 'Our first letter', own_code: 'our_first_letter',
    copy: 'Duplicate…', begin: 'Begin with the words of', text: 'Text', save: 'Save', saved: /The text is saved/, versions: 'Versions…',
    take: 'Take these words', delivered: 'As delivered', remove: 'Remove…', yes: 'Remove the text', used: /still used: .*nothing was removed/,
    removed: /is removed/,
  },
  fr: {
    make: 'Nouveau texte…', name: 'Nom', code: 'Code', add: 'Créer le texte', own: 'Première à nous', own_code: 'premiere_a_nous',
    copy: 'Dupliquer…', begin: 'Partir des mots de', text: 'Texte', save: 'Enregistrer', saved: /Le texte est enregistré/, versions: 'Versions…',
    take: 'Reprendre ces mots', delivered: 'D’origine', remove: 'Supprimer…', yes: 'Supprimer le texte', used: /Ce texte sert encore : .*rien n’a été supprimé/,
    removed: /est supprimé/,
  },
};

let opened;
before(async () => {
  opened = await open_desk({ env: next_tuesday });
});
after(() => opened?.stop());

const ask = async (path) => (await opened.api.ask(path)).value;
const send = (method, path, json) => opened.api.ask(path, { method, json });
const button = (place, name) => place.getByRole('button', { name, exact: true });

async function make_text(page, said) {
  await open(page, opened, '/settings/texts');
  await button(page, said.make).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(said.name, { exact: true }).fill(said.own);
  assert.equal(await dialog.getByLabel(said.code, { exact: true }).inputValue(), said.own_code);
  await dialog.getByLabel(said.begin).selectOption('reminder_1');
  await button(dialog, said.add).click();
  await page.getByRole('heading', { name: new RegExp(`^${said.own} `) }).waitFor();
}

/** Two versions, then the first again through the list of versions. */
async function go_back(page, said, picture) {
  const field = page.getByLabel(said.text, { exact: true });
  const first = await field.inputValue();
  await field.fill(`${first}\n\n{{sender.name}}`);
  await button(page, said.save).click();
  await page.getByText(said.saved).first().waitFor();
  await button(page, said.versions).click();
  const panel = page.getByRole('dialog');
  await button(panel, said.take).first().waitFor();
  if (picture) await page.screenshot({ path: `${picture}_versions.png` });
  await button(panel, said.take).first().click();
  assert.equal(await field.inputValue(), first);
  await button(page, said.save).click();
  await settled(page);
}

for (const language of ['en', 'fr']) {
  test(`a text of one's own from its making to its end (${language})`, async () => {
    const said = words[language];
    const picture = process.env.COUNTBACK_PICTURES && `${process.env.COUNTBACK_PICTURES}/texts_${language}`;
    const page = await new_page(opened, { language });
    await make_text(page, said);
    if (picture) await page.screenshot({ path: `${picture}_own.png` });
    await go_back(page, said, picture);
    const { rows } = await ask(`/api/templates/${said.own_code}/${language}/versions`);
    assert.equal(rows.length, 3);
    assert.equal(rows[0].text, rows[2].text);

    // the editor of scenarios offers it, by its name
    const policy = await ask('/api/policy');
    const scenario = policy.scenarios.find((one) => one.code === 'careful');
    const step = scenario.steps.find((one) => one.template !== null);
    const was = step.template;
    await open(page, opened, '/scenarios/careful');
    await settled(page);
    await page.locator('ol button[aria-expanded]').nth(scenario.steps.indexOf(step)).click();
    await page.locator('option', { hasText: said.own }).first().waitFor({ state: 'attached' });
    if (picture) await page.screenshot({ path: `${picture}_step.png`, fullPage: true });

    step.template = said.own_code;
    const saved = await send('PUT', '/api/scenarios/careful', { version: policy.version, scenario });
    assert.equal(saved.status, 200, saved.text);
    await open(page, opened, `/settings/texts?text=${said.own_code}&in=${language}`);
    await button(page, said.remove).click();
    await button(page.getByRole('dialog'), said.yes).click();
    const refusal = page.getByText(said.used);
    await refusal.waitFor();
    assert.ok((await refusal.innerText()).includes(scenario.names[language]));
    if (picture) await page.screenshot({ path: `${picture}_used.png` });
    await page.keyboard.press('Escape');

    step.template = was;
    await send('PUT', '/api/scenarios/careful', { version: saved.value.version, scenario });
    await button(page, said.remove).click();
    await button(page.getByRole('dialog'), said.yes).click();
    await page.getByText(said.removed).waitFor();
    assert.ok(!(await ask('/api/templates')).rows.some((one) => one.code === said.own_code));
    assert.deepEqual(page.faults.filter((one) => !one.includes('409')), []);
    await page.context().close();
  });
}

test('a delivered text goes back to its words, and is duplicated', async () => {
  const page = await new_page(opened);
  const said = words.en;
  await send('PUT', '/api/templates/reminder_2/en', { subject: 'Mine', text: 'My words. {{items_table}}' });
  await open(page, opened, '/settings/texts?text=reminder_2&in=en');
  assert.ok(await page.getByText('changed here').isVisible());
  await button(page, said.versions).click();
  const delivered = page.getByRole('dialog').getByRole('listitem').filter({ hasText: said.delivered });
  await button(delivered, said.take).click();
  await button(page, said.save).click();
  await page.getByText(said.saved).first().waitFor();
  const row = (await ask('/api/templates')).rows.find((one) => one.code === 'reminder_2' && one.language === 'en');
  assert.deepEqual([row.shipped, row.version], [true, 0]);
  await settled(page);
  assert.equal(await page.getByText('changed here').count(), 0);

  await button(page, said.copy).click();
  const dialog = page.getByRole('dialog');
  assert.equal(await dialog.getByLabel(said.begin).inputValue(), 'reminder_2');
  await dialog.getByLabel(said.name, { exact: true }).fill('Second, for wholesalers');
  await dialog.getByLabel(said.code, { exact: true }).fill('reminder_2');
  await button(dialog, said.add).click();
  await dialog.getByText(/a text with the code “reminder_2” already/).waitFor();
  await dialog.getByLabel(said.code, { exact: true }).fill('wholesale_2');
  await button(dialog, said.add).click();
  await page.getByRole('heading', { name: /^Second, for wholesalers/ }).waitFor();
  assert.equal(await page.getByLabel(said.text, { exact: true }).inputValue(), row.text);
  assert.deepEqual(page.faults.filter((one) => !one.includes('400')), []);
  await page.context().close();
});
