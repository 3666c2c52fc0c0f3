import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type RequestOptions, request } from 'node:http';
import path from 'node:path';
import { untilReady } from '../refresh/gateway-process.js';
import { startWords } from '../support/start-words.js';

const root = path.join(import.meta.dirname, '..', '..');
const operatorSecret = 'the-secret-of-an-operator-in-the-tests';

/** One HTTP request to /graphql; a POST where it has a body. */
export interface Sent {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A gateway process that tells how much memory it uses. */
export interface MeasuredGateway {
  /** Bytes of live objects and buffers after a full garbage collection. */
  liveBytes(): Promise<number>;
  /** Bytes that the cache of answers has counted. */
  countedBytes(): Promise<number>;
  /** Sends requests, several at once, and gives the number of answers for each status. */
  send(count: number, requestOf: (index: number) => Sent): Promise<Readonly<Record<number, number>>>;
  stop(): Promise<void>;
}

export async function startMeasuredGateway(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<MeasuredGateway> {
  const reporter = path.join(root, 'test', 'support', 'report-heap.mjs');
  const child = spawn(process.execPath, ['--expose-gc', '--import', reporter, ...startWords], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      REFRESH_SCHEDULE: 'off',
      OPERATOR_KEYS: `ada:${operatorSecret}`,
      LOG_LEVEL: 'error',
      RATE_LIMIT: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const url = new URL(await untilReady(child));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });

  const sendOne = ({ query, headers = {}, body }: Sent) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const options: RequestOptions = {
        agent,
        host: url.hostname,
        port: url.port,
        path: query === undefined ? '/graphql' : `/graphql?${query}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      };
      const sending = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      });
      sending.on('error', reject);
      if (body === undefined) sending.end();
      else sending.end(body);
    });

  return {
    async liveBytes() {
      child.send('measure');
      const [{ liveBytes }] = (await once(child, 'message')) as [{ liveBytes: number }];
      return liveBytes;
    },
    async countedBytes() {
      const { text } = await sendOne({
        body: JSON.stringify({ query: '{ monitoring { cache { bytes } } }' }),
        headers: { authorization: `Bearer ${operatorSecret}` },
      });
      return Number(JSON.parse(text).data.monitoring.cache.bytes);
    },
    async send(count, requestOf) {
      const statuses: Record<number, number> = {};
      let next = 0;
      const worker = async () => {
        while (next < count) {
          const { status } = await sendOne(requestOf(next++));
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
      return statuses;
    },
    async stop() {
      agent.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
