import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startWords } from '../support/start-words.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const operatorSecret = 'the-secret-of-an-operator-in-the-tests';

/** What `refreshViews` answered. */
export interface RefreshAnswer {
  readonly outcome: 'REFRESHED' | 'JOINED' | 'RUNNING';
  readonly generation: string;
}

/** A gateway as it is run in earnest: a process of its own. */
export interface GatewayProcess {
  /** Asks as somebody who is on call. */
  refreshViews(): Promise<RefreshAnswer>;
  /** Answers once everything that was sent before has reached the gateway. */
  ask(query: string): Promise<{ readonly status: number; readonly text: string }>;
  /** Ends the process without any chance to tidy up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Compiles what `npm start` runs, if it is older than the sources. */
export function buildGateway(): void {
  execFileSync(process.execPath, ['build.mjs'], { cwd: root });
}

/** Starts a gateway over a database and waits until it serves. It refreshes only when it is asked to. */
export async function startGatewayProcess(databaseUrl: string): Promise<GatewayProcess> {
  const child = spawn(process.execPath, startWords, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      REFRESH_SCHEDULE: 'off',
      OPERATOR_KEYS: `ada:${operatorSecret}`,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await untilReady(child);

  const ask = async (query: string) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorSecret}` },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, text: await response.text() };
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    ask,
    async refreshViews() {
      const { text } = await ask('mutation { refreshViews { outcome generation } }');
      const answer = JSON.parse(text) as { data?: { refreshViews?: RefreshAnswer } | null };
      if (!answer.data?.refreshViews) throw new Error(`Expected the report of a refresh, got ${text}`);
      return answer.data.refreshViews;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Hands on what the process says. @returns where it answers GraphQL. */
export function untilReady(child: ChildProcess, hear: (piece: string) => void = () => {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (piece: unknown) => {
      said += String(piece);
      hear(String(piece));
      const url = /^GraphQL.* (http\S+)$/m.exec(said)?.[1];
      if (url && /^Ready\.$/m.test(said)) resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) =>
      reject(new Error(`Expected a gateway that serves, got exit ${code}: ${said}`)),
    );
  });
}
