// Looks into a spreadsheet or any other ZIP package.
import { inflateRawSync } from 'node:zlib';

/** A part of a package, found by the directory at its end. */
export function part_of(bytes, wanted) {
  let at = bytes.readUInt32LE(bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, name_size, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset))];
    const name = bytes.toString('utf8', at + 46, at + 46 + name_size);
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (name === wanted) return inflateRawSync(bytes.subarray(data, data + size)).toString('utf8');
    at += 46 + name_size + extra + comment;
  }
  throw new Error(`no ${wanted}`);
}
