// W6: one customer's open items over HTTP, beside nginx answering a fixed body of the same size, in alternating rounds of
// wrk with two keep-alive connections, each request for another customer:
//   node bench/requests.mjs [--size 1000000] [--rounds 5] [--seconds 4] [--write]
// Needs the packages nginx-light and wrk. --write puts what came of it into docs/benchmarks. Ends with 1 when Countback
// answers less than 0.6 of what nginx does.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { as_of, built, generated_files, imported, median, teller } from './generated.mjs';

const { values: wish } = parseArgs({
  options: { size: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '4' }, write: { type: 'boolean', default: false } },
});
const bar = 0.6;
const program = (process.env.COUNTBACK_BINARY ??= built('countback'));
const { sign_in, start_desk } = await import('../tests/http/desk.mjs');
const { tell, write_page } = teller();

const free_port = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function start_nginx(folder, body) {
  const port = await free_port();
  chmodSync(folder, 0o755); // its workers are of another user
  mkdirSync(join(folder, 'pages'));
  writeFileSync(join(folder, 'pages', 'items'), body);
  const words = `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; worker_processes 2; events {}
http { access_log off; keepalive_requests 100000000; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder}; scgi_temp_path ${folder}; open_file_cache max=10;
  server { listen 127.0.0.1:${port}; root ${folder}/pages; default_type application/json; } }`;
  writeFileSync(join(folder, 'nginx.conf'), words);
  const child = spawn('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'nginx.log')], { stdio: 'inherit' });
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/items`);
      return { port, stop: () => child.kill() };
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Answers a second; every one of them is read and must be a 200. */
function answered(port, script) {
  const said = execFileSync('wrk', ['-t', '2', '-c', '2', '-d', `${wish.seconds}s`, '-s', script, `http://127.0.0.1:${port}`], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(said);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(said)[1]);
}

const files = generated_files(wish.size);
const data = join(files.folder, 'company');
let nginx;
let desk;
try {
  imported(program, files, data);
  desk = await start_desk({ data });
  const person = await sign_in(desk);
  const ids = [];
  for (let after = ''; ; ) {
    const page = (await person.ask(`/api/customers?limit=500&as_of=${as_of}${after}`)).value;
    ids.push(...page.rows.map((row) => row.id ?? row.customer.id));
    if (!page.next) break;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  const path = (id) => `/api/items?customer=${id}&as_of=${as_of}`;
  const bodies = [];
  for (let i = 0; i < 500; i += 1) bodies.push((await person.ask(path(ids[Math.floor((i * ids.length) / 500)]))).text);
  const body = bodies.toSorted((a, b) => a.length - b.length)[bodies.length >> 1];
  nginx = await start_nginx(files.folder, body);
  const fixed = join(files.folder, 'fixed.lua');
  writeFileSync(fixed, `wrk.path = '/items'\n`);
  const asked = join(files.folder, 'asked.lua');
  writeFileSync(asked, `local ids = {${ids.join(',')}}\nwrk.headers['Cookie'] = '${person.cookie}'\nrequest = function()\n  return wrk.format('GET', '/api/items?as_of=${as_of}&customer=' .. ids[math.random(#ids)])\nend\n`);
  answered(nginx.port, fixed);
  answered(desk.port, asked);
  const ratios = [];
  for (let round = 1; round <= Number(wish.rounds); round += 1) {
    const [theirs, ours] = [answered(nginx.port, fixed), answered(desk.port, asked)];
    ratios.push(ours / theirs);
    tell(`round ${round}: nginx ${theirs.toFixed(0)} a second, Countback ${ours.toFixed(0)} a second, ratio ${(ours / theirs).toFixed(2)}`);
  }
  tell(`W6 at ${wish.size}: ${ids.length} customers, ${body.length} bytes in the median answer; ratio ${median(ratios).toFixed(2)}, bar ${bar}`);
  if (median(ratios) < bar) process.exitCode = 1;
  if (wish.write) write_page(`requests-${wish.size}`, `One customer's open items over HTTP, ${wish.size} invoices`, `node bench/requests.mjs --size ${wish.size} --write`);
} finally {
  nginx?.stop();
  await desk?.stop();
  files.gone();
}
