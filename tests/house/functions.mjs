// Finds functions and their lengths: a brace reader for C++, the TypeScript compiler's own reader for the web.
import { createRequire } from 'node:module';
import { at, line_of } from './tree.mjs';

// Comments, strings and characters become blanks of the same shape, so that only real braces remain.
export function blank_texts(content) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  const pattern =
    /R"([^()\s\\]{0,16})\([\s\S]*?\)\1"|\/\/(?:\\\n|[^\n])*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\[^\n]|[^'\\\n])+'/g;
  return content.replace(pattern, blank).replace(/^[ \t]*#(?:\\\n|[^\n])*/gm, blank);
}

const container = /\b(namespace|class|struct|union|enum|extern)\b/;

// A head that opens a function: it has a parameter list and is neither a type nor the start of a value.
export function opens_function(head) {
  const plain = head.replace(/\[\[[^\]]*\]\]/g, ' ').trim();
  if (!plain.includes(')')) return false;
  const before = plain.slice(0, plain.indexOf('('));
  if (container.test(before.replace(/template\s*<[^{}]*>/g, ' ')) && !/\boperator\b/.test(before)) {
    return /\)\s*(const|noexcept|override|final|->[\s\S]*|:[\s\S]*)?\s*$/.test(plain) && /\w\s+[\w:~]+\s*$/.test(before);
  }
  return !/[^=!<>]=\s*$/.test(plain) && (!/(^|[^=!<>])=[^=]/.test(before) || /\boperator\b/.test(before));
}

export function cpp_functions(content) {
  const code = blank_texts(content);
  const found = [];
  const open = [];
  let head_start = 0;
  let inside = 0;
  for (let index = 0; index < code.length; index += 1) {
    const character = code[index];
    if (character === '{') {
      const head = code.slice(head_start, index);
      const is_function = inside === 0 && opens_function(head);
      open.push({ is_function, start: head_start + head.search(/\S|$/), name: head.trim().split('\n').at(-1).trim() });
      if (is_function) inside += 1;
    } else if (character === '}') {
      const closed = open.pop();
      if (closed?.is_function) {
        inside -= 1;
        const first = line_of(code, closed.start);
        found.push({ name: closed.name, line: first, lines: line_of(code, index) - first + 1 });
      }
    }
    if ('{};'.includes(character)) head_start = index + 1;
  }
  return found;
}

export function typescript() {
  return createRequire(at('web/package.json'))('typescript');
}

const name_of = (node) => node.name?.getText() ?? node.parent?.name?.getText?.() ?? 'function';
// A test's `describe` groups tests; it is a heading, not a function to read.
const is_group = (node) => /^(describe|suite)\b/.test(node.parent?.expression?.getText?.() ?? '');

export function parse(path, content) {
  const compiler = typescript();
  return compiler.createSourceFile(path, content, compiler.ScriptTarget.Latest, true);
}

export function each_node(source, visit) {
  const compiler = typescript();
  const walk = (node) => {
    visit(node, compiler);
    compiler.forEachChild(node, walk);
  };
  walk(source);
}

export function web_functions(path, content) {
  const source = parse(path, content);
  const found = [];
  each_node(source, (node, compiler) => {
    if (!compiler.isFunctionLike(node) || !node.body || is_group(node)) return;
    const first = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const last = source.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
    found.push({ name: name_of(node), line: first, lines: last - first + 1 });
  });
  return found;
}
