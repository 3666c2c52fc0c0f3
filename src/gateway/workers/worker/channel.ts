import { type FromWorker, readToWorker, type ToWorker } from '../messages.js';
import { type Gathered, gatheredSchemas, type Question } from '../questions.js';

/** What a worker does when it is told something. */
export interface Hearing {
  lead(): void;
  stop(): void;
  spent(spendings: Extract<ToWorker, { kind: 'spent' }>['spendings']): void;
  /** Null while it cannot say. */
  answer(question: Question): unknown;
}

/** The way from a worker to the primary process. */
export interface Channel {
  send(message: FromWorker): void;
  /** Settles once the message is on its way, so that the process may end. */
  flush(message: FromWorker): Promise<void>;
  /**
   * Asks all workers.
   * @throws Error when the primary process does not answer in time
   */
  ask<About extends Question['about']>(
    question: Question & { readonly about: About },
  ): Promise<Gathered<About>>;
  close(): void;
}

/** How long the primary process may take to answer, in milliseconds; it waits for the others for a fraction of it. */
const answerLimitMs = 3_000;

export function openChannel(process: NodeJS.Process, hearing: Hearing): Channel {
  const waiting = new Map<number, (value: unknown) => void>();
  let lastId = 0;

  const flush = (message: FromWorker) =>
    new Promise<void>((resolve) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
      else resolve();
    });
  const send = (message: FromWorker) => void flush(message);

  const hear = async (message: ToWorker) => {
    if (message.kind === 'lead') hearing.lead();
    else if (message.kind === 'stop') hearing.stop();
    else if (message.kind === 'spent') hearing.spent(message.spendings);
    else if (message.kind === 'answers') waiting.get(message.id)?.(message.value);
    else send({ kind: 'answer', id: message.id, value: await hearing.answer(message.question) });
  };
  process.on('message', (message) => void hear(readToWorker(message)));

  return {
    send,
    flush,
    async ask(question) {
      lastId += 1;
      const id = lastId;
      const value = await new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error('Expected the primary process to answer, got nothing.'));
        }, answerLimitMs);
        waiting.set(id, (answers) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answers);
        });
        send({ kind: 'ask', id, question });
      });
      return gatheredSchemas[question.about].parse(value) as Gathered<typeof question.about>;
    },
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}
