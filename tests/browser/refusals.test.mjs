// Files that are not what they should be: the page says what is wrong and what to do, and nothing changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk } from './chromium.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk({ empty: true });
  page = await new_page(opened);
});
after(() => opened?.stop());

async function give(name, bytes) {
  await open(page, opened, '/');
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
}

const refused = {
  'a picture is no table': ['logo.csv', [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0, 0, 0, 255, 254]],
  'an empty file': ['empty.csv', ''],
  'a broken spreadsheet': ['open_items.xlsx', 'PK\u0003\u0004 and then nothing of a package'],
};
for (const [name, [file, bytes]] of Object.entries(refused)) {
  test(name, async () => {
    await give(file, bytes);
    const said = await page.getByRole('alert').innerText();
    assert.match(said, /This cannot be done as asked/);
    assert.ok(said.split('\n').at(-1).length > 20, said);
    assert.equal(await page.locator('input[type=file]').count(), 1, 'another file can be given at once');
  });
}

test('a missing column is named before anything is asked', async () => {
  await give('short.csv', 'entity;invoice number;issue date;due date;amount\nE1;1;2026-01-31;2026-02-28;10,00\n');
  await page.getByText(/Still needed: Customer code/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Show what it would do' }).isDisabled());
});

const head = 'entity,customer code,number,issue date,due date,amount,currency\n';
const good = 'E1,C1,1,2026-01-31,2026-02-28,1200.00,EUR\nE1,C1,2,2026-02-15,2026-03-31,75.50,EUR\n';
const lines = {
  'a French amount in an English file': ['E1,C2,3,2026-01-31,2026-02-28,"1.200,00",EUR\n', /1\.200,00/],
  '31 February': ['E1,C2,3,2026-01-31,2026-02-31,10.00,EUR\n', /2026-02-31/],
  'a currency nobody has': ['E1,C2,3,2026-01-31,2026-02-28,10.00,ZZX\n', /ZZX/],
  'the same key, another amount': ['E1,C1,2,2026-02-15,2026-03-31,99.00,EUR\n', /2/],
};
for (const [name, [line, value]] of Object.entries(lines)) {
  test(`${name}: the line is refused with its reason, the others go on`, async () => {
    await give('items.csv', head + good + line);
    await page.getByRole('button', { name: 'Show what it would do' }).click();
    const row = page.locator('section', { has: page.getByRole('heading', { name: 'Refused lines' }) }).locator('tbody tr').last();
    const said = await row.innerText();
    assert.match(said, value);
    assert.ok(said.split('\t').at(-1).length > 20, said);
  });
}

test('nothing changed', async () => {
  assert.equal((await opened.api.ask('/api/me')).value.company.empty, true);
  assert.equal((await opened.api.ask('/api/imports')).value.count, 0);
});
