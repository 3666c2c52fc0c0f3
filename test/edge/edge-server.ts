import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/postgres.js';

/** A cache in front of a gateway, as `ops/edge` sets it up but for addresses and folders. */
export interface Edge {
  readonly url: string;
  /** The process that the working ones are children of. */
  readonly pid: number;
  stop(): Promise<void>;
}

const examples = fileURLToPath(new URL('../../ops/edge/', import.meta.url));

/** Replaces what has to be there once; an example that has changed fails here. */
function withAddresses(name: string, replacements: readonly (readonly [string, string])[]): string {
  let text = readFileSync(path.join(examples, name), 'utf8');
  for (const [expected, replacement] of replacements) {
    if (text.split(expected).length !== 2) throw new Error(`Expected ${expected} once in ${name}.`);
    text = text.replace(expected, () => replacement);
  }
  return text;
}

export async function startVarnish(gatewayPort: number, port?: number): Promise<Edge> {
  const at = port ?? (await freePort());
  const folder = mkdtempSync(path.join(tmpdir(), 'varnish-'));
  const file = path.join(folder, 'edge.vcl');
  writeFileSync(
    file,
    withAddresses('varnish.vcl', [['"localhost"', '"127.0.0.1"']]).replaceAll(
      '.port = "4000"',
      `.port = "${gatewayPort}"`,
    ),
  );
  return start(
    spawn('varnishd', [
      ...['-F', '-j', 'none', '-n', path.join(folder, 'work'), '-T', 'none'],
      ...['-a', `127.0.0.1:${at}`, '-f', file, '-s', 'malloc,16m'],
    ]),
    folder,
    at,
  );
}

/** nginx in the foreground, as whoever runs the tests, with its files in a folder. */
function processSettings(folder: string): string {
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  return `daemon off; ${user}pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log;`;
}

/** Where it keeps what does not fit into memory. */
function scratchFolders(folder: string): string {
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
}

export async function startNginx(gatewayPort: number): Promise<Edge> {
  const at = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'nginx-'));
  for (const name of ['logs', 'cache']) mkdirSync(path.join(folder, name));
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `${processSettings(folder)}\n${withAddresses('nginx.conf', [
      ['worker_processes auto;', 'worker_processes 1;'],
      ['/var/cache/nginx/mycelix', `${folder}/cache`],
      ['server 127.0.0.1:4000', `server 127.0.0.1:${gatewayPort}`],
      ['listen 8080', `listen 127.0.0.1:${at}`],
      ['access_log off;', `access_log off; ${scratchFolders(folder)}`],
    ])}`,
  );
  return start(spawn('nginx', ['-p', folder, '-c', file]), folder, at);
}

/** nginx that keeps nothing, and hands requests to each of these gateways in turn. */
export async function startBalancer(gatewayUrls: readonly string[]): Promise<Edge> {
  const at = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'balancer-'));
  mkdirSync(path.join(folder, 'logs'));
  const servers = gatewayUrls.map((url) => `server ${new URL(url).host};`).join(' ');
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `${processSettings(folder)}
     worker_processes 1; events { worker_connections 4096; }
     http {
       access_log off; ${scratchFolders(folder)}
       upstream gateways { ${servers} keepalive 64; }
       server {
         listen 127.0.0.1:${at};
         location / { proxy_pass http://gateways; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; }
       }
     }`,
  );
  return start(spawn('nginx', ['-p', folder, '-c', file]), folder, at);
}

async function start(child: ChildProcess, folder: string, port: number): Promise<Edge> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      output += text;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await isTaken(port))) {
    if (child.exitCode !== null) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`Expected the edge to start, got:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(true))
      .once('listening', () => probe.close(() => resolve(false)))
      .listen(port, '127.0.0.1');
  });
}
