import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../test/support/postgres.js';
import { nodeFlags } from '../../test/support/start-words.js';
import type { Dialect } from './operations.js';

const folder = import.meta.dirname;
const root = path.join(folder, '..', '..');

/** What is measured, and how it is started. */
export interface Peer {
  readonly name: string;
  readonly title: string;
  readonly dialect: Dialect;
  /** In which modes it has something to show. */
  readonly modes: readonly Mode[];
  /** Relative to the root of the project. */
  readonly script: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Needs a newer Node than the oldest one that the gateway runs on. */
  readonly needsNode22?: boolean;
  /** Sends its traces to a receiver that takes and forgets them. Measured only when it is asked for. */
  readonly isTraced?: boolean;
  /** Set where it is another version of this gateway, over a database of its own with other rows. */
  readonly checkout?: { readonly folder: string; readonly databaseUrl: string };
}

export type Mode = 'uncached' | 'missed' | 'cached' | '304';

const server = (name: string) => `bench/peers/servers/${name}.js`;
/** All of the load comes from one network: who asks for how much is not what is measured here. */
const gateway = {
  dialect: 'graphql',
  script: 'dist/main.js',
  words: ['serve'],
  env: { RATE_LIMIT: 'off' },
} as const;
const caching = { RESPONSE_CACHE: 'on' };

export const peers: readonly Peer[] = [
  { ...gateway, name: 'gateway', title: 'this gateway', modes: ['missed', 'cached', '304'] },
  {
    ...gateway,
    name: 'gateway-uncached',
    title: 'this gateway, its cache off',
    modes: ['uncached'],
    env: { ...gateway.env, RESPONSE_CACHE: 'off' },
  },
  {
    ...gateway,
    name: 'traced',
    title: 'this gateway, its cache off, each request traced',
    modes: ['uncached'],
    env: { ...gateway.env, RESPONSE_CACHE: 'off', OTEL_TRACES_SAMPLER: 'always_on' },
    isTraced: true,
  },
  {
    name: 'apollo',
    title: 'Apollo Server as it comes',
    dialect: 'graphql',
    modes: ['uncached'],
    script: server('apollo'),
  },
  {
    name: 'apollo-cache',
    title: 'Apollo Server with its response cache',
    dialect: 'graphql',
    modes: ['missed', 'cached'],
    script: server('apollo'),
    env: caching,
  },
  {
    name: 'yoga-cache',
    title: 'GraphQL Yoga with its response cache',
    dialect: 'graphql',
    modes: ['missed', 'cached', '304'],
    script: server('yoga'),
    env: caching,
  },
  {
    name: 'mercurius',
    title: 'Mercurius with its JIT',
    dialect: 'graphql',
    modes: ['uncached'],
    script: server('mercurius'),
  },
  {
    name: 'mercurius-cache',
    title: 'Mercurius with mercurius-cache',
    dialect: 'graphql',
    modes: ['missed', 'cached'],
    script: server('mercurius'),
    env: caching,
  },
  {
    name: 'postgraphile',
    title: 'PostGraphile',
    dialect: 'postgraphile',
    modes: ['uncached'],
    script: server('postgraphile'),
    needsNode22: true,
  },
  {
    name: 'hand',
    title: 'pg and JSON by hand',
    dialect: 'hand',
    modes: ['uncached'],
    script: server('hand'),
  },
  {
    name: 'fixed',
    title: 'node:http with a fixed answer',
    dialect: 'fixed',
    modes: ['cached', '304'],
    script: server('fixed'),
  },
];

/** An earlier version of this gateway, built in its own checkout. */
export function versionsBefore(folder: string, databaseUrl: string): readonly Peer[] {
  return peers
    .filter(({ name }) => name.startsWith('gateway'))
    .map((peer) => ({
      ...peer,
      name: peer.name.replace('gateway', 'before'),
      title: peer.title.replace('this gateway', 'the version before'),
      checkout: { folder, databaseUrl },
    }));
}

export interface RunningPeer {
  readonly peer: Peer;
  readonly pid: number;
  /** Without a path. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Where a peer is asked a question. */
export function pathOf(peer: Peer, operation: string): string {
  return peer.dialect === 'fixed' ? `/${operation}` : peer.dialect === 'hand' ? '/' : '/graphql';
}

/** The Node that PostGraphile runs on; null when there is none for this machine. */
export function newerNode(): string | null {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const binary = path.join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  return existsSync(binary) ? binary : null;
}

/** Starts a process of its own and waits until it answers. */
export async function startPeer(peer: Peer, env: Readonly<Record<string, string>>): Promise<RunningPeer> {
  const node = peer.needsNode22 ? newerNode() : process.execPath;
  if (!node) throw new Error(`Expected a Node of 22 or newer for ${peer.title}, got none.`);
  const port = env.PORT ? Number(env.PORT) : await freePort();
  const from = peer.checkout?.folder ?? root;
  const child = spawn(node, [...nodeFlags, path.join(from, peer.script), ...(peer.words ?? [])], {
    cwd: from,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...env,
      ...peer.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      output = (output + text).slice(-10_000);
    });
  const running = { peer, pid: child.pid ?? 0, url, stop: () => stop(child) };
  const deadline = Date.now() + 60_000;
  while (!(await isReady(peer, url, output))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error(`Expected ${peer.title} to start, got:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return running;
}

async function isReady(peer: Peer, url: string, output: string): Promise<boolean> {
  if (peer.script !== gateway.script) return output.includes('ready on port');
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  });
}
