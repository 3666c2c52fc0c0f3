import cluster from 'node:cluster';
import { closeSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../../../config/config.js';
import { ConfigurationError } from '../../../config/read-config.js';
import { keepAlerts } from '../../../monitoring/alerts/keep-alerts.js';
import { createThresholds } from '../../../monitoring/alerts/thresholds.js';
import { repeat } from '../../../monitoring/observation/repeat.js';
import { createAlerting } from '../../alerting.js';
import { whenStopped } from '../../when-stopped.js';
import { aliveEveryMs, type FromWorker, readFromWorker } from '../messages.js';
import type { Gathered, Question } from '../questions.js';
import { createPageFile } from '../shown-page.js';
import { writeStartValues } from '../start-values.js';
import { type Crew, createCrew, slotsFor } from './crew.js';
import { createGathering } from './gathering.js';
import { createMember, type Member, type MessageOf } from './member.js';
import { createMetricsDesk } from './metrics-desk.js';
import { watchSilence } from './silence.js';

export interface PrimaryOptions {
  readonly config: Config;
  readonly workers: number;
  readonly log: Logger;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Called once, with the URL that they answer at. */
  readonly onListening: (url: string) => void;
  /** Called once, when all of them are ready. */
  readonly onReady: () => void;
}

/** How often alerts are looked at whose problem may be over, in milliseconds. */
const settleEveryMs = 2_000;
/** The descriptor of the page in a worker: behind its standard ones and the channel. */
const pageDescriptor = 4;

/**
 * Runs a gateway of several processes until it is told to stop. This process answers nothing and has no connection to the
 * database: it starts the workers, accepts connections for them, and keeps what belongs to all of them.
 * @throws ConfigurationError or Error when a worker cannot start at all
 */
export async function runPrimary(options: PrimaryOptions): Promise<void> {
  const { config, workers, log, now, signal } = options;
  const elapsedMs = () => performance.now();
  const page = createPageFile(slotsFor(workers));
  cluster.setupPrimary({
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', page],
  });
  const thresholds = createThresholds();
  const alerting = createAlerting({ config, log, now, elapsedMs });
  const alerts = keepAlerts({ log, now, onAlert: alerting.send });
  const settling = repeat(
    () => alerts.settle(),
    settleEveryMs,
    (error) => log.error({ err: error }, 'alerts could not be settled'),
  );
  const gathering = createGathering();
  let url: string | null = null;
  let isStarted = false;
  let reportFailure = (_error: Error) => {};
  const failure = new Promise<Error>((resolve) => {
    reportFailure = resolve;
  });

  const listening = () => crew.members().filter(({ isListening }) => isListening);

  const answerTo = async (question: Question): Promise<Gathered<Question['about']>> => {
    if (question.about === 'alerts') return alerts.list();
    // All are told all of them, so that they agree whichever of two changes came first.
    const told: Question =
      question.about === 'thresholds'
        ? { about: 'thresholds', changes: thresholds.set(question.changes) }
        : question;
    const answers = await gathering.ask(listening(), told);
    return question.about === 'metrics' ? desk.gathered(answers) : ([...answers.values()] as never);
  };

  const hear: {
    readonly [Kind in FromWorker['kind']]: (member: Member, message: MessageOf<Kind>) => void;
  } = {
    listening(member, message) {
      member.isListening = true;
      if (url === null) options.onListening(message.url);
      else if (url !== message.url) log.warn({ url: message.url }, 'the gateway answers at another port now');
      url = message.url;
    },
    ready(member) {
      crew.ready(member);
      if (isStarted || crew.members().some(({ state }) => state !== 'ready')) return;
      isStarted = true;
      options.onReady();
    },
    failed(member, { message, faults }) {
      if (!isStarted) reportFailure(faults ? new ConfigurationError(faults) : new Error(message));
      else log.error({ worker: member.number, problem: message }, 'a worker could not start');
    },
    spent(member, message) {
      for (const other of crew.members()) if (other !== member) other.send(message);
    },
    noted(_member, { problems, recovered }) {
      for (const { kind, subject } of recovered) alerts.recover(kind, subject);
      for (const { times, ...problem } of problems) alerts.raise(problem, times);
    },
    ask: (member, { id, question }) =>
      void answerTo(question).then(
        (value) => member.send({ kind: 'answers', id, value }),
        (error: unknown) => log.error({ err: error }, 'what a worker asked could not be answered'),
      ),
    alive() {},
    answer: (member, { id, value }) => gathering.answered(member, id, value),
    farewell: (member, { report }) => desk.keep(member, report),
  };
  /** What one worker gets wrong must not end the others. */
  const onMessage = (member: Member, text: unknown) => {
    silence.heard(member);
    try {
      const message = readFromWorker(text);
      (hear[message.kind] as (member: Member, message: FromWorker) => void)(member, message);
    } catch (error) {
      log.error({ err: error, worker: member.number }, 'what a worker said could not be read');
    }
  };

  const crew: Crew = createCrew({
    size: workers,
    log,
    elapsedMs,
    fork: (number, slot) =>
      createMember({
        worker: cluster.fork(
          writeStartValues({
            number,
            workers,
            readyFirst: listening().length > 0,
            page: { descriptor: pageDescriptor, slots: slotsFor(workers), slot },
            thresholds: thresholds.current(),
          }),
        ),
        number,
        slot,
        onMessage,
        onEnd(member, code, end) {
          desk.ended(member);
          gathering.ended(member);
          crew.ended(member, code, end);
        },
      }),
  });
  const silence = watchSilence(crew.members, log);
  const looking = repeat(silence.look, aliveEveryMs, (error) =>
    log.error({ err: error }, 'the workers could not be looked at'),
  );
  const desk = createMetricsDesk({ crew, deliveryCounts: () => alerting.counts });

  const renew = () => void crew.renew();
  process.on('SIGHUP', renew);
  crew.start();
  try {
    const failed = await Promise.race([failure, whenStopped(signal)]);
    if (failed) throw failed;
  } finally {
    await crew.stop();
    process.off('SIGHUP', renew);
    await looking.stop();
    await settling.stop();
    await alerting.stop();
    closeSync(page);
  }
}
