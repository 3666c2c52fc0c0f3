import { afterAll, beforeAll } from 'vitest';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';

/** What a gateway said, as a client sees it. */
export interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
    readonly extensions?: Record<string, unknown>;
  };
}

const json = { 'content-type': 'application/json' };

/** Sends a body as it is. */
export async function post(url: string, body: string, headers: Record<string, string> = json): Promise<Said> {
  return said(await fetch(`${url}/graphql`, { method: 'POST', headers, body }));
}

/** Sends parameters as JSON, of the public unless headers say who asks. */
export function send(url: string, parameters: unknown, headers: Record<string, string> = {}): Promise<Said> {
  return post(url, JSON.stringify(parameters), { ...json, ...headers });
}

export async function get(
  url: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = json,
): Promise<Said> {
  return said(await fetch(`${url}/graphql?${new URLSearchParams(parameters)}`, { headers }));
}

async function said(response: Response): Promise<Said> {
  const text = await response.text();
  let body: Said['body'] = {};
  try {
    body = JSON.parse(text) as Said['body'];
  } catch {
    // Pages are no JSON.
  }
  return { status: response.status, headers: response.headers, text, body };
}

/** The code of the only error, or whatever came instead. */
export function codeOf({ body, status }: Said): unknown {
  return body.errors?.[0]?.extensions.code ?? `${status} without an error`;
}

export const operatorCredentials = { authorization: 'Bearer the-secret-of-an-operator-in-the-tests' };

/** A gateway over a small world of its own, for the tests of one `describe`. */
export function withGateway(environment: Readonly<Record<string, string>> = {}): () => Gateway {
  let gateway: Gateway | undefined;
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database, environment);
  });
  afterAll(() => gateway?.close());
  return () => {
    if (!gateway) throw new Error('Expected to be asked for inside of a test.');
    return gateway;
  };
}
