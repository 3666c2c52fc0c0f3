import { maxListSize } from '../../../monitoring/limit.js';
import type { Figures } from '../../../monitoring/observation/figures.js';
import { Tally } from '../../../monitoring/observation/queries/tally.js';
import type { Window } from '../../../monitoring/observation/queries/windows.js';
import { addStatuses } from '../../../replicas/add-statuses.js';
import type { AnswerTo } from '../questions.js';
import type { Channel } from './channel.js';

/** What operators see: the figures of all workers. `own` changes the thresholds of this one first, and says what is wrong with them. */
export function addedFigures(channel: Channel, own: Figures): Figures {
  return {
    window: async (windowMs) => addWindows(await channel.ask({ about: 'window', windowMs })),
    listSlow: async () => newestOf(await channel.ask({ about: 'slow' })),
    listErrors: async () => newestOf(await channel.ask({ about: 'errors' })),
    async pool() {
      const sum = addUp(await channel.ask({ about: 'pool' }));
      return { ...sum, utilization: sum.max === 0 ? 0 : (sum.active / sum.max) * 100 };
    },
    cacheCounts: async () => addUp(await channel.ask({ about: 'cache' })),
    replicas: async () => addStatuses(await channel.ask({ about: 'replicas' })),
    listAlerts: own.listAlerts,
    async setThresholds(changes) {
      await own.setThresholds(changes);
      await channel.ask({ about: 'thresholds', changes });
      return own.setThresholds({});
    },
    clearQueries: async () => void (await channel.ask({ about: 'clear' })),
  };
}

/** What a worker says of a window. */
export function describeWindow({ byName, coveredMs }: Window): AnswerTo<'window'> {
  return { coveredMs, byName: new Map([...byName].map(([name, tally]) => [name, tally.pack()])) };
}

function addWindows(windows: readonly AnswerTo<'window'>[]): Window {
  const byName = new Map<string, Tally>();
  const all = new Tally();
  for (const window of windows)
    for (const [name, packed] of window.byName) {
      const tally = byName.get(name) ?? new Tally();
      tally.merge(packed);
      byName.set(name, tally);
      all.merge(packed);
    }
  return { byName, all, coveredMs: Math.max(0, ...windows.map(({ coveredMs }) => coveredMs)) };
}

function newestOf<Event extends { readonly occurredAt: Date }>(
  lists: readonly (readonly Event[])[],
): Event[] {
  return lists
    .flat()
    .sort((one, other) => other.occurredAt.getTime() - one.occurredAt.getTime())
    .slice(0, maxListSize);
}

function addUp<Counts extends Readonly<Record<string, number>>>(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  return sum as Counts;
}
