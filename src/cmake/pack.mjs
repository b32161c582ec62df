// Packs the built web app into one file: for each, "path\0size\0size compressed\0bytes, compressed bytes", paths sorted
// so that builds repeat. Compressed (gzip) is what texts travel as; 0 bytes where that would not be smaller.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const [root, output] = process.argv.slice(2);
const list = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? list(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const parts = list(root)
  .sort()
  .flatMap((file) => {
    const bytes = readFileSync(file);
    const text = /\.(html|js|css|json|svg|txt|map|webmanifest)$/.test(file) && bytes.length > 512;
    const compressed = text ? gzipSync(bytes, { level: 9 }) : Buffer.alloc(0);
    const packed = compressed.length < bytes.length ? compressed : Buffer.alloc(0);
    return [Buffer.from(`/${relative(root, file)}\0${bytes.length}\0${packed.length}\0`), bytes, packed];
  });
writeFileSync(output, Buffer.concat(parts));
