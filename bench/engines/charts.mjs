// Results as a table and as bars, for docs/benchmarks.
const thousands = (rows) => Number(rows).toLocaleString('en').replaceAll(',', ' ');
const shown = (milliseconds) =>
  milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds >= 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(2);

export function table(results) {
  const head = '| workload | invoices | DuckDB ms | Countback ms | ratio | bar |\n|---|---|---|---|---|---|';
  const rows = results.map(
    (one) =>
      `| ${one.name} ${one.title} | ${thousands(one.size)} | ${shown(one.duckdb)} | ${shown(one.countback)} | ` +
      `1/${(one.ratio).toFixed(1)} | ${one.bar ? `1/${one.bar}` : ''} |`,
  );
  return [head, ...rows].join('\n');
}

/** Bars on a scale of powers of ten: two engines an entry. */
export function bars(results) {
  const width = 720, left = 210, line = 22, top = 40;
  const scale = (ms) => ((Math.log10(Math.max(ms, 0.1)) + 1) / 5) * (width - left - 70);
  const bar = (one, engine, at, colour) => {
    const y = top + at * line;
    return `<rect x="${left}" y="${y}" width="${scale(one[engine]).toFixed(1)}" height="${line - 6}" rx="2" fill="${colour}"/>
<text x="${(left + scale(one[engine]) + 6).toFixed(1)}" y="${y + 12}">${shown(one[engine])} ms</text>`;
  };
  const rows = results.map((one, at) => {
    const y = top + at * 2.6 * line + 18;
    return `<text x="${left - 10}" y="${y}" text-anchor="end">${one.name}, ${thousands(one.size)}</text>
${bar(one, 'duckdb', at * 2.6, '#b9a46a')}
${bar(one, 'countback', at * 2.6 + 1, '#1f6f64')}`;
  });
  const height = top + results.length * 2.6 * line + 10;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
<rect x="${left}" y="12" width="12" height="12" fill="#b9a46a"/><text x="${left + 18}" y="22">DuckDB</text>
<rect x="${left + 90}" y="12" width="12" height="12" fill="#1f6f64"/><text x="${left + 108}" y="22">Countback (scale of powers of ten)</text>
${rows.join('\n')}
</svg>
`;
}
