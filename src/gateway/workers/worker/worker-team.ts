import { createShownElsewhere } from '../../../cache/shown-elsewhere.js';
import { type SharedLimiter, shareLimiter } from '../../../limits/rate/shared-limiter.js';
import { createThresholds } from '../../../monitoring/alerts/thresholds.js';
import type { OwnObservation } from '../../../monitoring/observation/observe.js';
import type { Team } from '../../team.js';
import { aliveEveryMs } from '../messages.js';
import type { Question } from '../questions.js';
import { openShownPage } from '../shown-page.js';
import type { StartValues } from '../start-values.js';
import { addedExposition } from './added-exposition.js';
import { addedFigures, describeWindow } from './added-figures.js';
import { openChannel } from './channel.js';
import { noteProblems } from './note-problems.js';

/** The other workers, as one of them sees them. */
export interface WorkerTeam extends Team {
  /** Says that it answers at this URL. */
  listening(url: string): void;
  ready(): void;
  failed(message: string, faults: readonly string[] | null): Promise<void>;
  /** Says what it has counted, and leaves the others. The process ends with that. */
  leave(): Promise<void>;
}

export interface WorkerTeamOptions {
  readonly process: NodeJS.Process;
  readonly start: StartValues;
  readonly elapsedMs: () => number;
  readonly onStop: () => void;
}

/** How often others are told what clients were given and what is wrong, in milliseconds. */
const tellEveryMs = 100;

export function joinTeam({ process, start, elapsedMs, onStop }: WorkerTeamOptions): WorkerTeam {
  let observation: OwnObservation | null = null;
  let limiter: SharedLimiter | null = null;
  let isLeading = false;
  let beginToLead: (() => void) | null = null;
  const thresholds = createThresholds(start.thresholds);

  const answer = async (question: Question): Promise<unknown> => {
    if (!observation) return undefined;
    const { figures, exposition } = observation;
    switch (question.about) {
      case 'metrics':
        return exposition.report();
      case 'window':
        return describeWindow(await figures.window(question.windowMs));
      case 'slow':
        return figures.listSlow();
      case 'errors':
        return figures.listErrors();
      case 'pool':
        return figures.pool();
      case 'cache':
        return figures.cacheCounts();
      case 'replicas':
        return figures.replicas();
      case 'clear':
        await figures.clearQueries();
        return null;
      case 'thresholds':
        thresholds.set(question.changes);
        return null;
      case 'alerts':
        return undefined;
    }
  };

  const channel = openChannel(process, {
    lead() {
      if (isLeading) return;
      isLeading = true;
      beginToLead?.();
    },
    stop: onStop,
    spent: (spendings) => limiter?.debitSpendings(spendings),
    answer,
  });
  const problems = noteProblems(() => channel.ask({ about: 'alerts' }));
  const tell = () => {
    const spendings = limiter?.takeSpendings() ?? [];
    if (spendings.length > 0) channel.send({ kind: 'spent', spendings });
    const noted = problems.take();
    if (noted) channel.send(noted);
  };
  const sayAlive = () => channel.send({ kind: 'alive' });
  sayAlive();
  const timers = [setInterval(tell, tellEveryMs).unref(), setInterval(sayAlive, aliveEveryMs).unref()];

  return {
    shownElsewhere(silentMs) {
      const { descriptor, slots, slot } = start.page;
      const page = openShownPage(descriptor, slots, slot);
      return createShownElsewhere({ newest: page.newest, write: page.write, silentMs, elapsedMs });
    },
    shared: { alerts: problems, thresholds },
    shareSpending(own) {
      limiter = shareLimiter(own);
      return limiter;
    },
    whenLeading(begin) {
      beginToLead = begin;
      if (isLeading) begin();
    },
    addUp(own) {
      observation = own;
      return {
        ...own,
        figures: addedFigures(channel, own.figures),
        exposition: addedExposition(channel, own.exposition),
      };
    },
    listening: (url) => channel.send({ kind: 'listening', url }),
    ready: () => channel.send({ kind: 'ready' }),
    failed: (message, faults) =>
      channel.flush({ kind: 'failed', message, faults: faults && [...faults] }).then(channel.close),
    async leave() {
      for (const timer of timers) clearInterval(timer);
      tell();
      const report = await observation?.exposition.report();
      if (report) await channel.flush({ kind: 'farewell', report });
      channel.close();
    },
  };
}
