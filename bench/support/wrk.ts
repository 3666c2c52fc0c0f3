import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface WrkOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Whether each request names the tag of the answer, so that all are answered with 304. */
  readonly isRevalidating: boolean;
  /** Asks for 1 to 100 rows in turns, so that no two requests on their way are the same and share an execution. */
  readonly isVarying?: boolean;
}

const varying = `
local rows = 0
request = function()
  rows = rows % 100 + 1
  return wrk.format("GET", wrk.path .. "?variables=%7B%22first%22%3A" .. rows .. "%7D")
end`;

/** Asks for one address over many connections. @throws Error when an answer was not of the status that was meant */
export async function runWrk(
  url: string,
  { connections, seconds, isRevalidating, isVarying = false }: WrkOptions,
): Promise<{ readonly count: number; readonly perSecond: number }> {
  const headers = { 'accept-encoding': 'identity' };
  const tag = (await fetch(url, { headers })).headers.get('etag') ?? '';
  const folder = mkdtempSync(path.join(tmpdir(), 'wrk-'));
  const script = path.join(folder, 'varying.lua');
  if (isVarying) writeFileSync(script, varying);
  const child = spawn('wrk', [
    ...['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s'],
    ...(isVarying ? ['-s', script] : []),
    ...(isRevalidating ? ['-H', `If-None-Match: ${tag}`] : []),
    url,
  ]);
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  rmSync(folder, { recursive: true });
  const count = Number(/(\d+) requests in/.exec(output)?.[1]);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]);
  if (!count || /Non-2xx|Socket errors/.test(output))
    throw new Error(`Expected answers only, got:\n${output}`);
  const { status } = await fetch(url, { headers: { ...headers, 'if-none-match': tag } });
  if (status !== 304) throw new Error(`Expected 304 for the tag of ${url}, got ${status}`);
  return { count, perSecond };
}
