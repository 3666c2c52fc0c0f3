import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { chromiumPath } from './chromium.js';

export interface Tab {
  /** What the page asked for since it was opened. */
  readonly asked: readonly string[];
  evaluate(expression: string): Promise<unknown>;
  /** Brings it before all others. */
  show(): Promise<void>;
}

export interface Tabs {
  open(url: string): Promise<Tab>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly method: string; readonly url: string } };
  readonly result?: Readonly<Record<string, unknown>>;
}

/**
 * A Chromium with tabs as people have them: those behind another are hidden. Playwright has each page believe that it is
 * looked at, so this one is spoken to directly.
 */
export function startTabs(): Tabs {
  const folder = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  const child = spawn(
    chromiumPath as string,
    ['--headless', '--no-sandbox', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${folder}`],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const [, , , commands, messages] = child.stdio;
  const waiting = new Map<number, (message: Message) => void>();
  const requests = new Map<string, string[]>();
  let sent = 0;
  let rest = '';
  messages?.on('data', (bytes: Buffer) => {
    const parts = (rest + bytes.toString()).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      const request = message.params?.request;
      if (message.method === 'Network.requestWillBeSent' && request)
        requests.get(message.sessionId ?? '')?.push(`${request.method} ${request.url}`);
    }
  });
  const send = (method: string, params: object, sessionId?: string) =>
    new Promise<Readonly<Record<string, unknown>>>((resolve) => {
      const id = ++sent;
      waiting.set(id, ({ result }) => resolve(result ?? {}));
      (commands as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  return {
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
      const attached = await send('Target.attachToTarget', { targetId, flatten: true });
      const sessionId = attached.sessionId as string;
      const asked: string[] = [];
      requests.set(sessionId, asked);
      await send('Network.enable', {}, sessionId);
      await send('Page.navigate', { url }, sessionId);
      return {
        asked,
        async evaluate(expression) {
          const { result } = await send('Runtime.evaluate', { expression, returnByValue: true }, sessionId);
          return (result as { readonly value?: unknown } | undefined)?.value;
        },
        show: async () => void (await send('Target.activateTarget', { targetId })),
      };
    },
    async close() {
      const isOver = new Promise((resolve) => child.once('exit', resolve));
      await send('Browser.close', {});
      await isOver;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
