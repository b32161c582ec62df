// Packs the built web app into one file: for each, "path\0size\0bytes", paths sorted so that builds repeat.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [root, output] = process.argv.slice(2);
const list = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const parts = list(root)
  .sort()
  .flatMap((file) => {
    const bytes = readFileSync(file);
    return [Buffer.from(`/${relative(root, file)}\0${bytes.length}\0`), bytes];
  });
writeFileSync(output, Buffer.concat(parts));
