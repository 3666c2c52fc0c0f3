import type { Page } from 'playwright-core';

/** One answer to a question in GraphQL, as it came over the wire: browsers show a page 200 where that was a 304. */
export interface Exchange {
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  /** When the browser sent the question, in milliseconds by its own clock, which a busy machine does not delay. */
  readonly sentAtMs: number;
}

export interface Witness {
  readonly exchanges: readonly Exchange[];
  /** Everything that was asked since, answered or not. */
  readonly asked: readonly string[];
  forget(): void;
}

/** Looks at the network as the developer tools of Chromium do. */
export async function watchNetwork(page: Page): Promise<Witness> {
  const devtools = await page.context().newCDPSession(page);
  const open = new Map<string, Omit<Exchange, 'status'>>();
  // The two events of a request come from two processes, in either order.
  const early = new Map<string, Pick<Exchange, 'status'>>();
  const exchanges: Exchange[] = [];
  const asked: string[] = [];
  devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
    asked.push(`${request.method} ${request.url}`);
    const url = new URL(request.url);
    if (url.pathname !== '/graphql') return;
    const operation = url.searchParams.get('operationName') ?? operationIn(request.postData);
    const sent = { operation, method: request.method, sentAtMs: timestamp * 1_000 };
    const answered = early.get(requestId);
    if (answered) exchanges.push({ ...sent, ...answered });
    else open.set(requestId, sent);
    early.delete(requestId);
  });
  // Only here stands what came over the wire; `responseReceived` tells what the page is shown.
  devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    const sent = open.get(requestId);
    const answered = { status: statusCode };
    if (sent) exchanges.push({ ...sent, ...answered });
    else early.set(requestId, answered);
  });
  await devtools.send('Network.enable');
  return {
    exchanges,
    asked,
    forget() {
      exchanges.length = 0;
      asked.length = 0;
    },
  };
}

function operationIn(body: string | undefined): string {
  if (!body) return '';
  return (JSON.parse(body) as { readonly operationName?: string }).operationName ?? '';
}
