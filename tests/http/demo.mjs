// The demo company for the tests of a file.
import { after, before } from 'node:test';
import { sign_in, start_desk } from './desk.mjs';

/** Somebody signed in to it, from before the first test until after the last. */
export function demo_person() {
  const person = {};
  let desk;
  before(async () => {
    desk = await start_desk({ words: ['--demo-if-empty'] });
    Object.assign(person, await sign_in(desk));
  });
  after(() => desk?.stop());
  return person;
}
