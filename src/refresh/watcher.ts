import pg from 'pg';
import type { Generation } from '../views/freshness.js';

/** What the watcher needs of its surroundings. */
export interface WatcherOptions {
  /** Where to LISTEN, directly and not through a transaction pooler; null where there is nothing to listen to. */
  readonly listenUrl: string | null;
  /** Looks at the ledger. */
  readonly findGeneration: () => Promise<Generation | null>;
  /** How often the ledger is looked at, announced or not, in milliseconds. */
  readonly lookEveryMs?: number;
}

export interface Watcher {
  /** Begins to listen and to look. */
  start(): void;
  /** Calls `tell` once for each new generation. */
  onGeneration(tell: (generation: Generation) => void): void;
  /** The newest generation that is known. */
  current(): Generation | null;
  /** How long ago the ledger was last seen, in milliseconds; infinite before that. */
  silentMs(): number;
  /** Looks now, as after a refresh of this very process; does nothing before the start. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const channel = 'analytics_refresh';
const defaultLookEveryMs = 3_000;
const answerLimitMs = 2_000;

/**
 * Knows which generation the views show. Announcements tell it at once; what was announced while the connection was
 * down, or was swallowed by a pooler, is found by looking at the ledger every few seconds. The same beat tells whether
 * the connection still lives: one that does not answer is dropped, and the next beat opens another.
 */
export function createWatcher(options: WatcherOptions): Watcher {
  const listeners: ((generation: Generation) => void)[] = [];
  let current: Generation | null = null;
  let listener: pg.Client | null = null;
  let isStarted = false;
  let isStopped = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let seenAt = Number.NEGATIVE_INFINITY;

  const lookOnce = async () => {
    const askedAt = performance.now();
    const found = await options.findGeneration();
    seenAt = askedAt;
    if (!isStopped && found && found.state !== current?.state) {
      current = found;
      for (const tell of listeners) tell(found);
    }
  };

  /** Looks one after the other; asked again meanwhile, it looks once more, because the answer may be too old. */
  const look = (): Promise<void> => {
    if (!isStarted) return Promise.resolve();
    lookAgain = true;
    looking ??= (async () => {
      try {
        while (lookAgain && !isStopped) {
          lookAgain = false;
          await lookOnce().catch(() => {});
        }
      } finally {
        looking = null;
      }
    })();
    return looking;
  };

  const drop = (client: pg.Client) => {
    if (listener === client) listener = null;
    client.end().catch(() => {});
  };

  const connect = async (url: string) => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'mycelix-analytics listener',
      connectionTimeoutMillis: answerLimitMs,
      query_timeout: answerLimitMs,
      keepAlive: true,
    });
    client.on('error', () => drop(client));
    client.on('end', () => drop(client));
    client.on('notification', () => void look());
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      if (isStopped) drop(client);
      else listener = client;
    } catch {
      drop(client);
    }
  };

  const beat = async () => {
    if (options.listenUrl !== null) {
      const client = listener;
      if (client) await client.query('select 1').catch(() => drop(client));
      else await connect(options.listenUrl);
    }
    await look();
  };

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const beatOnAndOn = () => {
    running = beat().then(() => {
      if (!isStopped) timer = setTimeout(beatOnAndOn, options.lookEveryMs ?? defaultLookEveryMs);
    });
  };

  return {
    start() {
      isStarted = true;
      beatOnAndOn();
    },
    onGeneration: (tell) => void listeners.push(tell),
    current: () => current,
    silentMs: () => performance.now() - seenAt,
    look,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      if (listener) await listener.end().catch(() => {});
    },
  };
}
