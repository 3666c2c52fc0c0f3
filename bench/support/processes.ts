import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time on a processor in hundredths of a second. */
const msPerTick = 10;

interface Stat {
  readonly parent: number;
  readonly cpuMs: number;
}

/** Null when there is no such process, or no /proc to look into. */
function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; what follows it is separated by spaces.
    const [, parent, , , , , , , , , , user, system] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(parent), cpuMs: (Number(user) + Number(system)) * msPerTick };
  } catch {
    return null;
  }
}

/** How long a process was on a processor so far, in milliseconds. */
export function cpuMsOf(pid: number): number {
  return statOf(pid)?.cpuMs ?? Number.NaN;
}

/** The same for each child that a process has now: the backends of a PostgreSQL server, say. */
export function cpuMsOfChildren(pid: number): ReadonlyMap<string, number> {
  const children = new Map<string, number>();
  for (const name of processes()) {
    const stat = statOf(name);
    if (stat?.parent === pid) children.set(name, stat.cpuMs);
  }
  return children;
}

/** What the children did in between. What one did that has ended meanwhile is not known any more. */
export function cpuMsBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): number {
  let sum = 0;
  for (const [name, cpuMs] of after) sum += Math.max(0, cpuMs - (before.get(name) ?? 0));
  return sum;
}

/** 0 when it cannot be seen, as for a process of another machine. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}

/** Resident memory in MB. */
export function residentMbOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
