import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number): void;
  stop(): void;
}

const lineEveryMs = 10_000;

/** Shows how far long work is: a bar on a terminal, elsewhere a line now and then. Without a total it only counts. */
export function startProgress(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  label: string,
  total?: number,
): Progress {
  if (!stream.isTTY) return lines(stream, label, total);
  const format = total
    ? `${label} [{bar}] {percentage} % | {value} of {total} | {duration_formatted}`
    : `${label} {value} | {duration_formatted}`;
  const bar = new SingleBar(
    { format, stream: stream as NodeJS.WriteStream, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total ?? 0, 0);
  return {
    update: (done) => bar.update(done),
    stop: () => bar.stop(),
  };
}

function lines(stream: NodeJS.WritableStream, label: string, total?: number): Progress {
  let done = 0;
  let saidAt = Date.now();
  const say = () => stream.write(`${label}: ${done}${total ? ` of ${total}` : ''}\n`);
  say();
  return {
    update(count) {
      done = count;
      if (Date.now() - saidAt < lineEveryMs) return;
      saidAt = Date.now();
      say();
    },
    stop: say,
  };
}
