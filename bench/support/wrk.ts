import { spawn } from 'node:child_process';

export interface WrkOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Whether each request names the tag of the answer, so that all are answered with 304. */
  readonly isRevalidating: boolean;
}

/** Asks for one address over many connections. @throws Error when an answer was not of the status that was meant */
export async function runWrk(
  url: string,
  { connections, seconds, isRevalidating }: WrkOptions,
): Promise<{ readonly count: number; readonly perSecond: number }> {
  const headers = { 'accept-encoding': 'identity' };
  const tag = (await fetch(url, { headers })).headers.get('etag') ?? '';
  const child = spawn('wrk', [
    ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'],
    ...(isRevalidating ? ['-H', `If-None-Match: ${tag}`] : []),
    url,
  ]);
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const count = Number(/(\d+) requests in/.exec(output)?.[1]);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
  if (!count || /Non-2xx|Socket errors/.test(output))
    throw new Error(`Expected answers only, got:\n${output}`);
  const { status } = await fetch(url, { headers: { ...headers, 'if-none-match': tag } });
  if (status !== 304) throw new Error(`Expected 304 for the tag of ${url}, got ${status}`);
  return { count, perSecond };
}
