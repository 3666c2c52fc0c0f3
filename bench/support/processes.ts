import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts the time on a processor in hundredths of a second. */
const msPerTick = 10;

interface Stat {
  readonly parent: number;
  readonly cpuMs: number;
  /** Of its children that have ended. */
  readonly endedMs: number;
}

/** Null when there is no such process, or no /proc to look into. */
function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; what follows it is separated by spaces.
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, endedUser, endedSystem] = words
      .slice(11, 15)
      .map((ticks) => Number(ticks) * msPerTick);
    return { parent: Number(words[1]), cpuMs: user! + system!, endedMs: endedUser! + endedSystem! };
  } catch {
    return null;
  }
}

/** How long a process was on a processor so far, in milliseconds. */
export function cpuMsOf(pid: number): number {
  return statOf(pid)?.cpuMs ?? Number.NaN;
}

/**
 * How long the children of a process were on a processor so far, such as the backends of a PostgreSQL server: those that it
 * has, and those that have ended, as connections do whose statement was cancelled.
 */
export function cpuMsOfChildren(pid: number): number {
  const living = childrenOf(pid).map((child) => statOf(child)?.cpuMs ?? 0);
  return living.reduce((sum, cpuMs) => sum + cpuMs, statOf(pid)?.endedMs ?? Number.NaN);
}

/** The processes that a process has started and that have not ended. */
export function childrenOf(pid: number): number[] {
  return processes()
    .filter((name) => statOf(name)?.parent === pid)
    .map(Number);
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
