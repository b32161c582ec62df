// The repository as the house tests see it: its files, without what is built, fetched or generated.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const outside = new Set(['.git', 'build', 'data', 'node_modules', 'dist', '.cache']);

export const at = (path) => join(root, path);
export const present = (path) => existsSync(at(path));
export const read = (path) => readFileSync(at(path), 'utf8');
export const is_folder = (path) => present(path) && statSync(at(path)).isDirectory();
export const entries = (path) => readdirSync(at(path), { withFileTypes: true });

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !outside.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [relative(root, path)] : [];
    });
}

let known;
export function files(pattern = /./) {
  known ??= walk(root).sort();
  return known.filter((path) => pattern.test(path));
}

const says_generated = (path) => /generated (by|from)|@generated|do not edit/i.test(read(path).slice(0, 400));
export const is_generated = (path) => /(^|\/)generated\//.test(path) || says_generated(path);

export const cpp_files = () => files(/^(src|tests|bench)\/.*\.(cpp|h)$/).filter((path) => !is_generated(path));
export const web_files = () => files(/^web\/.*\.(ts|tsx|mjs|css)$/).filter((path) => !is_generated(path));
// src/cmake is the build's, not a room.
export const rooms = () =>
  [...new Set(files(/^src\/[^/]+\//).map((path) => path.split('/')[1]))].filter((name) => name !== 'cmake');
export const line_of = (content, index) => content.slice(0, index).split('\n').length;

// Fails with the whole list, so that one run tells everything there is to mend.
export function none(findings) {
  if (findings.length === 0) return;
  const failure = new assert.AssertionError({ message: `${findings.length} found:\n  ${findings.join('\n  ')}` });
  failure.stack = failure.message;
  throw failure;
}
