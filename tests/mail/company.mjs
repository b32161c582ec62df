// One company for all tests of a file: made before the first, gone after the last.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before } from 'node:test';
import { customer_ids, make_company, open_company } from './mailbox.mjs';

/** What open_company() answers, with `ids` of its customers by code, and `ok`, a call that is not refused. */
export function company_of(customers) {
  const company = {
    ids: {},
    async ok(method, path, json) {
      const answer = await company.send(method, path, json);
      assert.ok(answer.status < 300, answer.text);
      return answer.value;
    },
  };
  let data;
  before(async () => {
    data = make_company(customers);
    Object.assign(company, await open_company(data));
    Object.assign(company.ids, await customer_ids(company));
  });
  after(async () => {
    await company.desk?.stop();
    rmSync(data, { recursive: true, force: true });
  });
  return company;
}
