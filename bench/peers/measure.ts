import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cpuMsOf, cpuMsOfChildren, residentMbOf } from '../support/processes.js';
import { ask } from './asking.js';
import { fire, type Load } from './load.js';
import { type OperationName, operations, type Subject } from './operations.js';
import { type Mode, type Peer, pathOf, type RunningPeer } from './peer.js';
import { questionOf, subjectAt } from './question.js';

/** One run of one peer. */
export interface Run extends Load {
  /** Time on a processor of the peer's own process for one request. */
  readonly cpuUs: number;
  /** The same of the database server's processes, all together. */
  readonly databaseCpuUs: number;
  readonly residentMb: number;
}

export interface Range {
  readonly connections: number;
  readonly seconds: number;
  readonly addresses: readonly string[];
  /** Whether the views are refreshed meanwhile, so that a tag may become an old one. */
  readonly moves: boolean;
  /** What the processes of a peer's database server are children of. */
  readonly serverOf: (peer: Peer) => number;
}

/** More than any peer answers in a second, so that nothing comes twice in one run. */
const subjectsPerSecond = 12_000;

/** Answers without a body are shorter than this. */
const maxHeadBytes = 700;

const folder = mkdtempSync(path.join(tmpdir(), 'peers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Numbers the subjects through, so that no two runs share one. */
let asked = 0;

/** What is asked again and again where the answer shall be found in a cache. */
export const favourite = (addresses: readonly string[]): Subject => subjectAt(0, addresses);

/** The subjects of one run, which every peer gets in its turn. */
export function writeSubjects(name: OperationName, range: Range, seconds: number): string | undefined {
  if (!operations[name].varies) return undefined;
  const lines = [];
  for (let count = 0; count < seconds * subjectsPerSecond; count++) {
    asked += 1;
    lines.push(JSON.stringify(operations[name].variables(subjectAt(asked, range.addresses))));
  }
  const file = path.join(folder, 'variables');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Loads one peer and looks at the clocks before and after. */
export async function measure(
  running: RunningPeer,
  name: OperationName,
  mode: Mode,
  range: Range,
  variablesFile: string | undefined,
): Promise<Run> {
  const { prefix, suffix } = questionOf(running.peer.dialect, name);
  const subject = favourite(range.addresses);
  const variables = JSON.stringify(operations[name].variables(subject));
  const tag = mode === '304' ? await currentTag(running, name, subject) : undefined;
  const cpu = cpuMsOf(running.pid);
  const server = range.serverOf(running.peer);
  const databaseCpu = cpuMsOfChildren(server);
  const load = await fire(
    {
      url: running.url + pathOf(running.peer, name),
      prefix: variablesFile ? prefix : prefix + variables,
      suffix,
      variablesFile,
      tag,
    },
    range.connections,
    range.seconds,
  );
  if (tag && !range.moves && load.bytes > maxHeadBytes)
    throw new Error(
      `Expected heads without bodies of ${running.peer.title}, ${name}, got ${load.bytes} bytes an answer`,
    );
  const requests = Math.max(1, load.requests);
  const run = {
    ...load,
    cpuUs: ((cpuMsOf(running.pid) - cpu) * 1000) / requests,
    databaseCpuUs: ((cpuMsOfChildren(server) - databaseCpu) * 1000) / requests,
    residentMb: residentMbOf(running.pid),
  };
  if (tag && !range.moves && (await currentTag(running, name, subject)) !== tag)
    throw new Error(`Expected the tag of ${running.peer.title}, ${name} to stay, and it did not`);
  return run;
}

/** The tag of the current answer, after seeing that it brings a 304. */
async function currentTag(running: RunningPeer, name: OperationName, subject: Subject): Promise<string> {
  const first = await ask(running, name, subject);
  const tag = first.headers.get('etag');
  const again = tag ? await ask(running, name, subject, tag) : first;
  if (!tag || again.status !== 304 || again.text !== '')
    throw new Error(
      `Expected a 304 without a body of ${running.peer.title}, got ${again.status}, tag ${tag}`,
    );
  return tag;
}
