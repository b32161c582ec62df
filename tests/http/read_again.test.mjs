// IMP-2: an uploaded file is read again as the user says; what cannot be read so is refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sign_in, start_desk } from './desk.mjs';

const file = 'made by the ERP;;\ncode,x;name;amount\n1,a;Ann;3.00\n2,b;Bob;4.00\n';

test('delimiter, header line and encoding of an upload are taken as said', async () => {
  const desk = await start_desk();
  try {
    const person = await sign_in(desk);
    const headers = { 'Content-Type': 'application/octet-stream' };
    const send = (query) =>
      person.ask(`/api/imports/files?name=s.csv${query}`, { method: 'POST', headers, body: file });
    const detected = await send('');
    assert.equal(detected.status, 201);
    assert.equal(detected.value.detected.delimiter, ';');
    const again = await send('&delimiter=,&header_line=2');
    assert.equal(again.status, 201);
    assert.equal(again.value.detected.delimiter, ',');
    for (const [query, code] of [['&encoding=zorg', 'encoding_unreadable'], ['&header_line=0', 'mapping_invalid'],
      ['&delimiter=ab', 'mapping_invalid']]) {
      const refused = await send(query);
      assert.equal(refused.status, 422, query);
      assert.equal(refused.value.refusal?.code, code, query);
    }
  } finally {
    await desk.stop();
  }
});
