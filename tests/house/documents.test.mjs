// What is built is documented and tested: rules, refusals, routes.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { cpp_files, files, none, present, read } from './tree.mjs';

const rule_id =
  /\b(?:LED|IMP|DSO|AGE|KPI|COL|STA|PRO|PLA|DIS|MSG|POR|CRE|CSH|FOR|PEN|LAW|GRP|ACC)-\d+\b/g;
const ids_in = (paths) => new Set(paths.flatMap((path) => read(path).match(rule_id) ?? []));
const without = (all, known) => [...all].filter((one) => !known.has(one)).sort();
const is_test = (path) => /_test\.cpp$|\.case$|\.test\.(mjs|ts|tsx)$/.test(path) && !path.startsWith('tests/house/');

test('every rule of docs/rules has a case or a test that names it', (context) => {
  const described = ids_in(files(/^docs\/rules\/.*\.md$/));
  assert.ok(described.size > 0, 'docs/rules describes no rule');
  const tested = ids_in(files().filter(is_test));
  context.diagnostic(`${described.size} rules checked`);
  none(without(described, tested));
});

test('every rule that a source file cites is described in docs/rules', (context) => {
  const cited = ids_in(cpp_files().filter((path) => path.startsWith('src/') && !is_test(path)));
  assert.ok(cited.size > 0, 'no source file cites a rule');
  context.diagnostic(`${cited.size} rules checked`);
  none(without(cited, ids_in(files(/^docs\/rules\/.*\.md$/))));
});

function refusals() {
  if (!present('src/base/refusals.def')) return [];
  return [...read('src/base/refusals.def').matchAll(/^REFUSAL\((\w+), (\d{3})\)/gm)].map(([, code, status]) => ({
    code,
    status: Number(status),
  }));
}

test('refusals have a fitting HTTP status and appear once', (context) => {
  const codes = refusals().map(({ code }) => code);
  assert.ok(codes.length > 0, 'no refusal is listed');
  context.diagnostic(`${codes.length} refusals checked`);
  assert.equal(new Set(codes).size, codes.length);
  none(refusals().filter(({ status }) => status < 400 || status > 599));
});

for (const language of ['en', 'fr']) {
  test(`every refusal has a text in ${language}`, (context) => {
    const lines = present(`src/locale/texts/${language}.txt`) ? read(`src/locale/texts/${language}.txt`) : '';
    const told = new Set([...lines.matchAll(/^refusal\.(\w+)\s*[=:\t ]\s*\S.*$/gm)].map(([, code]) => code));
    context.diagnostic(`${refusals().length} refusals checked`);
    assert.ok(told.size > 0, 'no text was read');
    none(refusals().map(({ code }) => code).filter((code) => !told.has(code)));
  });
}

test('every refusal is given somewhere', (context) => {
  const sources = cpp_files().filter((path) => path.startsWith('src/') && !is_test(path)).map(read).join('\n');
  const given = new Set([...sources.matchAll(/RefusalCode::(\w+)/g)].map(([, code]) => code));
  context.diagnostic(`${refusals().length} refusals checked`);
  none(refusals().map(({ code }) => code).filter((code) => !given.has(code)));
});

test('every refusal is on a page of docs/rules', (context) => {
  const pages = files(/^docs\/rules\/.*\.md$/).map(read).join('\n');
  const missing = refusals().map(({ code }) => code).filter((code) => !pages.includes(`\`${code}\``));
  context.diagnostic(`${refusals().length} refusals checked`);
  none(missing);
});

const same_shape = (path) => path.replace(/\{[^}]*\}|:\w+/g, '{}');

// Routes as the server declares them: {Method::get, "/api/…", Right::…, Scope::…, handler}.
function declared_routes() {
  const pattern = /Method::(get|post|put|patch|remove)_?\s*,\s*"((?:\/api\/|\/healthz|\/metrics)[^"]*)"/g;
  return cpp_files()
    .filter((path) => path.startsWith('src/') && !is_test(path))
    .flatMap((path) => [...read(path).matchAll(pattern)])
    .map(([, method, route]) => `${method === 'remove' ? 'delete' : method} ${same_shape(route)}`);
}

// The contract's routes, read by indentation: paths at two spaces, methods at four.
function documented_routes() {
  if (!present('docs/api/openapi.yaml')) return [];
  const found = [];
  let path = null;
  for (const line of read('docs/api/openapi.yaml').split(/^paths:\s*$/m)[1]?.split('\n') ?? []) {
    if (/^\S/.test(line)) break;
    path = /^ {2}'?"?(\/[^'":\s]*)'?"?:/.exec(line)?.[1] ?? path;
    const method = /^ {4}(get|post|put|patch|delete):/.exec(line)?.[1];
    if (method) found.push(`${method} ${same_shape(path)}`);
  }
  return found;
}

test('every route of the server is in the contract, and the other way round', (context) => {
  const declared = new Set(declared_routes());
  const documented = new Set(documented_routes());
  assert.ok(documented.size > 0, 'the contract lists no route');
  context.diagnostic(`${declared.size} declared, ${documented.size} documented`);
  const undocumented = without(declared, documented).map((route) => `not in the contract: ${route}`);
  const unbuilt = without(documented, declared).map((route) => `only in the contract: ${route}`);
  none([...undocumented, ...unbuilt]);
});

test('every Debian package that the build asks for is in the lists', (context) => {
  const asked = new Set(
    files(/^(cmake|src|\.ci)\/.*\.cmake$/).flatMap((path) => read(path).match(/\blib[a-z0-9.+-]+-dev\b/g) ?? []),
  );
  const listed = new Set(files(/^deploy\/packages\/.*\.txt$/).flatMap((path) => read(path).split('\n')));
  context.diagnostic(`${asked.size} packages checked`);
  assert.ok(asked.size > 0, 'the build asks for no package');
  none(without(asked, listed));
});

test('pages link to files that exist', (context) => {
  const links = files(/\.md$/).flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => ({ path, target })),
  );
  assert.ok(links.length > 0, 'no link was read');
  context.diagnostic(`${links.length} links checked`);
  const broken = links.filter(({ path, target }) => !present(join(dirname(path), target)));
  none(broken.map(({ path, target }) => `${path}: ${target}`));
});
