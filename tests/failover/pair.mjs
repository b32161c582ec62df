// A PostgreSQL primary with a streaming standby that each commit waits for; the primary can be killed and the standby
// promoted.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = '/usr/lib/postgresql/15/bin';
const database = 'countback_test';
const as_root = process.getuid() === 0;

function run(place, program, words) {
  const call = [join(bin, program), ...words];
  const options = { cwd: place, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  return as_root
    ? execFileSync('runuser', ['-u', 'postgres', '--', ...call], options)
    : execFileSync(call[0], call.slice(1), options);
}

const free_port = () =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function start_pair() {
  const place = mkdtempSync(join(tmpdir(), 'countback-pair-'));
  if (as_root) execFileSync('chown', ['postgres', place]);
  const ports = { primary: await free_port(), standby: await free_port() };
  const folder = (name) => join(place, name);
  const start = (name) => {
    appendFileSync(join(folder(name), 'postgresql.conf'), `port = ${ports[name]}\n`);
    run(place, 'pg_ctl', ['-D', folder(name), '-w', '-t', '60', '-l', join(place, `${name}.log`), 'start']);
  };
  const ask = (name, sql) =>
    run(place, 'psql', ['-h', '127.0.0.1', '-p', ports[name], '-U', 'countback', '-d', database, '-Atqc', sql]).trim();
  run(place, 'initdb', ['-D', folder('primary'), '-U', 'countback', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  appendFileSync(
    join(folder('primary'), 'postgresql.conf'),
    `listen_addresses = '127.0.0.1'\nunix_socket_directories = '${place}'\nfsync = off\nmax_connections = 200\ntimezone = 'UTC'\n`,
  );
  start('primary');
  run(place, 'createdb', ['-h', '127.0.0.1', '-p', ports.primary, '-U', 'countback', database]);
  run(place, 'pg_basebackup', ['-D', folder('standby'), '-h', '127.0.0.1', '-p', ports.primary, '-U', 'countback', '-R', '-c', 'fast', '--no-sync']);
  start('standby');
  ask('primary', "alter system set synchronous_standby_names = '*'");
  ask('primary', 'select pg_reload_conf()');
  let alive = ['primary', 'standby'];
  const kill = (name) => {
    const process_id = Number(readFileSync(join(folder(name), 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(-process_id, 'SIGKILL');
    alive = alive.filter((one) => one !== name);
  };
  return {
    address:
      `postgresql://countback@127.0.0.1:${ports.primary},127.0.0.1:${ports.standby}/${database}` +
      '?target_session_attrs=read-write&connect_timeout=3',
    kill_primary: () => kill('primary'),
    promote: () => run(place, 'pg_ctl', ['-D', folder('standby'), '-w', 'promote']),
    stop() {
      for (const name of alive) kill(name);
      rmSync(place, { recursive: true, force: true });
    },
  };
}
