// The floors hold: includes point down, and each outside library stays in its room.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floor_of, floors, neighbours, wrapped } from './floors.mjs';
import { cpp_files, none, present, read, rooms } from './tree.mjs';

const room_of = (path) => /^src\/([^/]+)\//.exec(path)?.[1];

function includes() {
  return cpp_files()
    .filter((path) => room_of(path))
    .flatMap((path) =>
      [...read(path).matchAll(/^\s*#\s*include\s*[<"]([^>"]+)[>"]/gm)].map(([, target]) => ({ path, target })),
    );
}

export function points_wrongly(from, to) {
  if (from === to || floor_of(to) < 0) return false;
  if (floor_of(from) < floor_of(to)) return false;
  if (floor_of(from) > floor_of(to)) return true;
  return !neighbours.some(({ pair, reason }) => reason && pair[0] === from && pair[1] === to);
}

test('the check itself knows up from down', () => {
  assert.ok(points_wrongly('base', 'store'));
  assert.ok(points_wrongly('collections', 'disputes'));
  assert.ok(!points_wrongly('main', 'base'));
  assert.ok(!points_wrongly('imports', 'receivables'));
});

test('every room of src stands on a floor', () => {
  const strangers = rooms().filter((room) => floor_of(room) < 0);
  none(strangers);
  assert.ok(rooms().length > 0, 'no room found in src');
});

test('includes point down', (context) => {
  const pairs = includes().filter(({ target }) => floor_of(target.split('/')[0]) >= 0 && target.includes('/'));
  assert.ok(pairs.length > 0, 'no include between rooms was read');
  const wrong = pairs
    .filter(({ path, target }) => points_wrongly(room_of(path), target.split('/')[0]))
    .map(({ path, target }) => `${path} includes ${target}`);
  context.diagnostic(`${pairs.length} includes checked`);
  none(wrong);
});

test('each outside library is included by its own room only', (context) => {
  const outside = includes().flatMap(({ path, target }) =>
    wrapped.filter(({ library }) => library.test(target)).map((rule) => ({ path, target, rule })),
  );
  if (present('src/store')) assert.ok(outside.length > 0, 'no outside library was seen');
  const wrong = outside
    .filter(({ path, rule }) => !rule.rooms.includes(room_of(path)))
    .map(({ path, target }) => `${path} includes ${target}`);
  context.diagnostic(`${outside.length} includes of outside libraries checked`);
  none(wrong);
});

test('ARCHITECTURE.md names every floor', () => {
  if (!present('ARCHITECTURE.md')) assert.fail('ARCHITECTURE.md is missing');
  const page = read('ARCHITECTURE.md');
  const unnamed = floors.flat().filter((room) => rooms().includes(room) && !page.includes(room));
  none(unnamed);
});
