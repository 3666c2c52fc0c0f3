import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { peers, startPeer } from '../peers/peer.js';
import { type LoopRequest, wireOf } from './requests.js';

export interface Measured {
  /** The longest turn of the gateway's event loop while it answered, in milliseconds. */
  readonly heldMs: number;
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly body: string;
}

export interface MeasuredGateway {
  /** Sends a request and says how long it held the event loop. One at a time. */
  measure(request: LoopRequest): Promise<Measured>;
  stop(): Promise<void>;
}

const preload = pathToFileURL(path.join(import.meta.dirname, 'measure-hold.js')).href;

/** Starts the gateway over a database, with what measures it inside of its process. */
export async function startMeasuredGateway(databaseUrl: string): Promise<MeasuredGateway> {
  const socketPath = path.join(tmpdir(), `hold-${randomUUID()}.sock`);
  const gateway = await startPeer(peers.find(({ name }) => name === 'gateway')!, {
    DATABASE_URL: databaseUrl,
    REFRESH_SCHEDULE: 'off',
    LOG_LEVEL: 'fatal',
    NODE_ENV: 'development',
    NODE_OPTIONS: `--import ${preload}`,
    HOLD_SOCKET: socketPath,
  });
  const socket = connect(socketPath);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async measure(request) {
      await takeLongest(socket);
      const { status, body } = await send(gateway.url, request, agent);
      return { heldMs: await takeLongest(socket), status, body };
    },
    async stop() {
      socket.destroy();
      agent.destroy();
      await gateway.stop();
    },
  };
}

function takeLongest(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new Error('Expected the gateway to go on, got the end of its process.'));
    socket.once('close', onClose);
    socket.once('data', (text) => {
      socket.off('close', onClose);
      resolve(Number(text));
    });
    socket.write('take');
  });
}

function send(url: string, request: LoopRequest, agent: Agent) {
  const { method, path: at, headers, body } = wireOf(request);
  return new Promise<{ status: number; body: string }>((resolve) => {
    const outgoing = httpRequest(`${url}${at}`, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < 2_000) text += chunk;
      });
      response.once('close', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    outgoing.once('error', () => resolve({ status: 0, body: '' }));
    outgoing.end(body);
  });
}
