import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Exchange, exchange } from '../support/exchange.js';
import { startWords } from '../support/start-words.js';
import { until } from '../support/wait.js';

export const operatorSecret = 'the-secret-of-an-operator-in-the-tests';

export interface LogLine {
  readonly msg: string;
  readonly worker?: number;
  readonly pid?: number;
  readonly route?: string;
  readonly status?: number;
  readonly alert?: string;
  readonly subject?: string;
}

/** `mycelix-analytics serve` with two workers, as it is run in earnest. */
export interface WorkerGateway {
  readonly url: string;
  /** The process that was started. */
  readonly pid: number;
  readonly lines: readonly LogLine[];
  /** What was written that is no line of the log. */
  readonly said: readonly string[];
  /** The processes of workers that live, by their numbers. */
  workers(): ReadonlyMap<number, number>;
  /** The process of the worker that was named last to lead. */
  leader(): number;
  /** Asks over a connection of its own, so that the workers take turns. `client` is its address. */
  ask(query: string, options?: AskOptions): Promise<Exchange>;
  /** The same as an operator. */
  operate<Data>(query: string): Promise<Data>;
  metrics(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Settles with the exit code when it has ended. */
  readonly ended: Promise<number | null>;
}

export interface AskOptions {
  readonly client?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: object;
}

export function startServe(environment: Readonly<Record<string, string>>) {
  return spawn(process.execPath, startWords, {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      WORKERS: '2',
      OPERATOR_KEYS: `ada:${operatorSecret}`,
      TRUST_PROXY: '127.0.0.1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts it and waits until all workers are ready. */
export async function startWorkers(environment: Readonly<Record<string, string>>): Promise<WorkerGateway> {
  const child = startServe(environment);
  const lines: LogLine[] = [];
  const said: string[] = [];
  let rest = '';
  child.stdout.on('data', (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts)
      if (part.startsWith('{')) lines.push(JSON.parse(part));
      else said.push(part);
  });
  child.stderr.on('data', (text) => said.push(String(text)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  await until('two workers that are ready', () => {
    if (child.exitCode !== null) throw new Error(`Expected a gateway, got ${said.join('\n')}`);
    return said.includes('Ready.');
  });
  const ready = () =>
    new Set(lines.filter(({ msg }) => msg === 'a worker is ready').map(({ worker }) => worker));
  // The log and what is said otherwise come over two streams.
  if (environment.LOG_LEVEL === 'info' || environment.LOG_LEVEL === 'debug')
    await until('the lines of both', () => ready().size === 2);
  const url = /http:\/\/[\d.:]+/.exec(said.join('\n'))?.[0] ?? '';
  const ask = (query: string, { client = '192.0.2.1', headers = {}, extensions }: AskOptions = {}) =>
    exchange(url, {
      parameters: { query, ...(extensions && { extensions }) },
      headers: { connection: 'close', 'x-forwarded-for': client, ...headers },
    });
  return {
    url,
    pid: child.pid ?? 0,
    lines,
    said,
    workers() {
      const ready = lines.filter(({ msg }) => msg === 'a worker is ready');
      const last = new Map(ready.map(({ worker, pid }) => [worker ?? 0, pid ?? 0]));
      return new Map([...last].filter(([, pid]) => isAlive(pid)));
    },
    leader: () => lines.findLast(({ msg }) => msg.startsWith('a worker leads'))?.pid ?? 0,
    ask,
    async operate<Data>(query: string) {
      const { json, text } = await ask(query, { headers: { authorization: `Bearer ${operatorSecret}` } });
      if (!json?.data || json.errors) throw new Error(`Expected an answer, got ${text}`);
      return json.data as Data;
    },
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** A process that has ended may still be listed until somebody asks for its exit code. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}
