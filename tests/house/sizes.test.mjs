// What can be read at one sight: files under 400 lines, functions under 60, names that say something.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { cpp_functions, web_functions } from './functions.mjs';
import { cpp_files, entries, files, is_generated, none, present, read, rooms, web_files } from './tree.mjs';

const file_lines_max = 400;
const function_lines_max = 60;
const root_entries_max = 16;
const banned = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'managers']);

const own_code = () => [
  ...cpp_files(),
  ...web_files(),
  ...files(/^(tests|bench|cmake|\.ci)\/.*\.mjs$|^(run|test)$|^src\/.*\.(sql|def)$/).filter((path) => !is_generated(path)),
];

test('the function reader finds the functions of a known text', () => {
  const sample = [
    'namespace a {',
    'constexpr int table[] = {1, 2};',
    'struct S { int x{0}; int get() const { return x; } };',
    'template <class T> T twice(T v) {',
    '    auto f = [&](int k) { return k; };  // a } in words',
    '    return v + f("}"[0]);',
    '}',
    'S::S(int a) : x{a}, y(a) {',
    '}',
    '}',
  ].join('\n');
  const found = cpp_functions(sample).map(({ line, lines }) => `${line}:${lines}`);
  assert.ok(found.includes('3:1'), `one-line member, found ${found}`);
  assert.ok(found.includes('4:4'), `template with a lambda, found ${found}`);
  assert.ok(!found.some((one) => one.startsWith('2:')), `a table is no function, found ${found}`);
});

test(`files have at most ${file_lines_max} lines`, (context) => {
  const paths = own_code();
  assert.ok(paths.length > 0, 'no file was read');
  const long = paths
    .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
    .filter(({ lines }) => lines > file_lines_max)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  context.diagnostic(`${paths.length} files checked`);
  none(long);
});

test(`C++ functions have at most ${function_lines_max} lines`, (context) => {
  const all = cpp_files().flatMap((path) => cpp_functions(read(path)).map((one) => ({ path, ...one })));
  assert.ok(all.length > 0, 'no C++ function was found');
  const long = all
    .filter(({ lines }) => lines > function_lines_max)
    .map(({ path, line, name, lines }) => `${path}:${line} ${name}: ${lines} lines`);
  context.diagnostic(`${all.length} functions checked`);
  none(long);
});

test(`web functions have at most ${function_lines_max} lines`, { skip: !present('web/package.json') }, (context) => {
  const paths = web_files().filter((path) => /\.tsx?$/.test(path));
  const all = paths.flatMap((path) => web_functions(path, read(path)).map((one) => ({ path, ...one })));
  assert.ok(all.length > 0, 'no web function was found');
  const long = all
    .filter(({ lines }) => lines > function_lines_max)
    .map(({ path, line, name, lines }) => `${path}:${line} ${name}: ${lines} lines`);
  context.diagnostic(`${all.length} functions checked`);
  none(long);
});

test('no file or folder has a name that says nothing', (context) => {
  const words = (path) => path.split('/').flatMap((part) => part.toLowerCase().split(/[._-]/));
  const bad = files().filter((path) => words(path).some((word) => banned.has(word)));
  context.diagnostic(`${files().length} names checked`);
  none(bad);
});

test(`the root shows at most ${root_entries_max} entries`, () => {
  const unseen = new Set(['build', 'data', 'node_modules']);
  const visible = entries('.').map(({ name }) => name).filter((name) => !name.startsWith('.') && !unseen.has(name));
  assert.ok(visible.length <= root_entries_max, `${visible.length}: ${visible.sort().join(' ')}`);
});

test('every room has a README of 10 to 40 lines', (context) => {
  const wrong = rooms()
    .map((room) => `src/${room}/README.md`)
    .filter((path) => {
      const lines = present(path) ? read(path).trimEnd().split('\n').length : 0;
      return lines < 10 || lines > 40;
    });
  context.diagnostic(`${rooms().length} rooms checked`);
  assert.ok(rooms().length > 0, 'no room found in src');
  none(wrong);
});

test('C++ names are snake_case files with known endings', (context) => {
  const paths = files(/^src\/[^/]+\//);
  const odd = paths.map((path) => basename(path)).filter((name) => !/^(README\.md|CMakeLists\.txt|[a-z0-9_.]+)$/.test(name));
  context.diagnostic(`${paths.length} names checked`);
  none(odd);
});
