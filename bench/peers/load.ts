import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

/** One request, or one with changing variables, as a load generator sends it. */
export interface Shot {
  readonly url: string;
  /** The body, in two parts where variables go between them. */
  readonly prefix: string;
  readonly suffix: string;
  /** A file with the JSON of other variables in every line. */
  readonly variablesFile?: string | undefined;
  /** Sent as If-None-Match. */
  readonly tag?: string | undefined;
}

export interface Load {
  readonly requests: number;
  readonly seconds: number;
  /** Of an answer with its head, on average. */
  readonly bytes: number;
  /** Connections that broke, time-outs, and answers with a status of 400 or more. */
  readonly errors: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** wrk takes far less of the processor beside the server than anything in JavaScript, so it is used where it is. */
export const generator = spawnSync('wrk', ['-v']).error ? 'autocannon' : 'wrk';

const folder = import.meta.dirname;
let running: ChildProcess | null = null;

/** Sends the shot over a number of connections, each as soon as it has its answer, for some seconds. */
export async function fire(shot: Shot, connections: number, seconds: number): Promise<Load> {
  const env = {
    ...process.env,
    PREFIX: shot.prefix,
    SUFFIX: shot.suffix,
    TAG: shot.tag ?? '',
    VARIABLES: shot.variablesFile ?? '',
    URL: shot.url,
    SECONDS: String(seconds),
    CONNECTIONS: String(connections),
  };
  const [command, words] =
    generator === 'wrk'
      ? [
          'wrk',
          [
            ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'],
            ...['-s', path.join(folder, 'wrk.lua'), shot.url],
          ],
        ]
      : [process.execPath, [path.join(folder, 'autocannon.js')]];
  const child = spawn(command, words, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  running = child;
  let output = '';
  child.stderr.on('data', (text) => {
    output += text;
  });
  await new Promise<void>((resolve) => child.on('close', () => resolve()));
  running = null;
  const line = output.split('\n').find((each) => each.startsWith('{"requests"'));
  if (!line) throw new Error(`Expected figures from ${generator}, got ${JSON.stringify(output)}`);
  return JSON.parse(line) as Load;
}

export function stopFiring(): void {
  running?.kill();
}
