// Words: nothing of a machine or a workplace in the repository, both languages complete, no text typed in pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { each_node, parse } from './functions.mjs';
import { files, is_generated, line_of, none, present, read, web_files } from './tree.mjs';

const readable = () =>
  files(/(\.(cpp|h|def|sql|txt|cmake|md|mjs|ts|tsx|css|html|json|yaml|yml|case|service|conf|sh|svg)|\/[^.]+|^[^.]+)$/).filter(
    (path) => !/package-lock\.json$|^LICENSE$/.test(path),
  );

function findings(paths, pattern, allowed = () => false) {
  return paths.flatMap((path) => {
    const content = read(path);
    return [...content.matchAll(pattern)]
      .filter((match) => !allowed(match[0], path))
      .map((match) => `${path}:${line_of(content, match.index)} ${match[0]}`);
  });
}

// Written in pieces, so that this page does not find itself.
const forbidden = new RegExp(
  [['/wo', 'rk/'], ['/tmp/', 'cb'], ['TO', 'DO\\b'], ['FIX', 'ME\\b'], ['registry\\.', 'npmjs'], ['deb\\.', 'debian\\.org']]
    .map((parts) => parts.join(''))
    .join('|'),
  'g',
);

test('no unfinished note, machine path or package host', (context) => {
  const paths = readable();
  assert.ok(paths.length > 0, 'no file was read');
  context.diagnostic(`${paths.length} files checked`);
  none(findings(paths, forbidden));
});

test('lock files name no host', (context) => {
  const paths = files(/package-lock\.json$/);
  context.diagnostic(`${paths.length} lock files checked`);
  none(findings(paths, /"resolved":.*/g));
});

test('every e-mail address ends in .test', (context) => {
  const addresses = /[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi;
  const is_unit = (address) => /\.(service|socket|timer)$/.test(address);
  context.diagnostic(`${readable().length} files checked`);
  none(findings(readable(), addresses, (one) => one.endsWith('.test') || is_unit(one)));
});

// Plain keys, with the plural forms that only French needs folded into the common one.
function keys_of(value, prefix = '') {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? keys_of(inner, `${prefix}${key}.`) : [[`${prefix}${key.replace(/_many$/, '_other')}`, inner]],
  );
}

const page_texts = (language) => keys_of(JSON.parse(read(`web/lib/i18n/${language}.json`)));
const server_texts = (language) =>
  [...read(`src/locale/texts/${language}.txt`).matchAll(/^([a-z][\w.]*)\s*[=:\t ]\s*(\S.*)$/gm)].map(([, key, text]) => [key, text]);
const places = { 'pages of the web app': [page_texts, 'web/lib/i18n/en.json'], server: [server_texts, 'src/locale/texts/en.txt'] };
const holes = (text) => [...new Set(String(text).match(/\{+\w+[^}]*\}+/g) ?? [])].sort().join(' ');

for (const [name, [texts, file]] of Object.entries(places)) {
  test(`${name}: English and French say the same things`, { skip: !present(file) }, (context) => {
    const [english, french] = ['en', 'fr'].map((language) => new Map(texts(language)));
    assert.ok(english.size > 0, 'no text was read');
    context.diagnostic(`${english.size} texts checked`);
    assert.deepEqual([...english.keys()].sort(), [...french.keys()].sort());
    const empty = [...english, ...french].filter(([, text]) => String(text).trim() === '').map(([key]) => key);
    const differing = [...english.keys()].filter(
      (key) => !/_(one|zero)$/.test(key) && holes(english.get(key)) !== holes(french.get(key)),
    );
    assert.deepEqual({ empty, differing }, { empty: [], differing: [] });
  });
}

const spoken = new Set(['title', 'placeholder', 'label', 'aria-label', 'alt', 'description', 'summary']);
const says_something = (text) => /\p{L}{2,}/u.test(text) && text.trim() !== 'Countback';

function typed_texts(path) {
  const source = parse(path, read(path));
  const found = [];
  each_node(source, (node, compiler) => {
    const is_attribute =
      compiler.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && compiler.isStringLiteral(node.initializer);
    const text = compiler.isJsxText(node) ? node.text : is_attribute ? node.initializer.text : '';
    if (!says_something(text)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${path}:${line + 1} ${text.trim()}`);
  });
  return found;
}

test('no text is typed in a page', { skip: !present('web/package.json') }, (context) => {
  const paths = web_files().filter((path) => path.endsWith('.tsx') && !/\/test\/|\.test\.tsx$/.test(path) && !is_generated(path));
  assert.ok(paths.length > 0, 'no page was read');
  context.diagnostic(`${paths.length} pages checked`);
  none(paths.flatMap(typed_texts));
});
