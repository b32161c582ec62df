// What the benchmarks over generated books share: programs built for release, the reference's generator, a company that
// `countback import` made of it, and a page of what was said.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const release = join(root, 'build', 'release');
export const as_of = '2026-06-30';
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** A program of the release build, built where it is not. */
export function built(name) {
  execFileSync('cmake', ['--preset', 'release'], { cwd: root, stdio: 'ignore' });
  execFileSync('ninja', ['-C', release, name], { stdio: 'inherit' });
  return join(release, name === 'countback' ? name : join('src', name));
}

/** Keeps what it prints, to be written as a page of docs/benchmarks. */
export function teller() {
  const lines = [];
  return {
    tell(line) {
      console.log(line);
      lines.push(line);
    },
    write_page(name, title, again) {
      const machine = `${cpus().length} processors (${cpus()[0].model})`;
      mkdirSync(join(root, 'docs', 'benchmarks'), { recursive: true });
      writeFileSync(join(root, 'docs', 'benchmarks', `${name}.md`), `# ${title}\n\n${machine}. Again: \`${again}\`.\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`);
    },
  };
}

/** The reference's book as files in a folder of its own, with the words that import it. Ends the program where it is absent. */
export function generated_files(size) {
  const source = join(process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared'), 'perf', 'gen', 'gen.cpp');
  if (!existsSync(source)) {
    console.log('the reference workloads are absent');
    process.exit(0);
  }
  const folder = mkdtempSync(join(tmpdir(), 'countback-generated-'));
  execFileSync('g++', ['-O3', '-std=c++20', source, '-o', join(folder, 'gen')]);
  execFileSync(join(folder, 'gen'), [String(size), folder], { stdio: 'ignore' });
  const mapping = (name, fields) => {
    writeFileSync(join(folder, name), JSON.stringify(fields));
    return ['--mapping', join(folder, name)];
  };
  const mappings = [
    ...mapping('documents.json', {
      number: 'id', source_id: 'id', customer_code: 'customer', entity: 'entity', type: 'type', issue_date: 'issue_date',
      due_date: 'due_date', currency: 'currency', amount: 'amount_minor',
    }),
    ...mapping('allocations.json', { source_id: 'doc_id', date: 'date', amount: 'amount_minor' }),
  ];
  const files = ['documents.csv', 'allocations.csv'].map((name) => join(folder, name));
  return {
    folder,
    import_into: (data) => ['import', '--as-of', as_of, '--yes', ...mappings, '--data', data, ...files],
    gone: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Imports the files with the program and its checks; throws where a difference is left. */
export function imported(program, files, data) {
  const said = execFileSync(program, files.import_into(data), { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if ((said.match(/no difference/g) ?? []).length !== 2) throw new Error(said.slice(-2000));
}
