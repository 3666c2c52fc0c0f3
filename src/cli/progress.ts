import progress from 'cli-progress';

export interface Progress {
  /** @param note what else there is to say, such as a number of rows. */
  update(value: number, note?: string): void;
  stop(): void;
}

type Output = NodeJS.WritableStream & { isTTY?: boolean };

/**
 * Shows how far something has come: a bar on a terminal, elsewhere a line every few seconds.
 * @param total null when nobody knows how much there is, as of a pipe.
 */
export function startProgress(
  output: Output,
  label: string,
  total: number | null,
  secondsBetweenLines = 10,
): Progress {
  return output.isTTY
    ? startBar(output, label, total)
    : startLines(output, label, total, secondsBetweenLines);
}

function startBar(output: Output, label: string, total: number | null): Progress {
  const bar = new progress.SingleBar(
    {
      stream: output,
      format: (options, params, payload) => {
        const share =
          total === null
            ? ''
            : `${progress.Format.BarFormat(params.progress, options)} ${percent(params.progress)} `;
        return `${label} ${share}${payload.note}`;
      },
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      // Ending at a signal is decided elsewhere.
      gracefulExit: false,
    },
    progress.Presets.shades_classic,
  );
  bar.start(total ?? 1, 0, { note: '' });
  return {
    update: (value, note = '') => bar.update(total === null ? 0 : Math.min(value, total), { note }),
    stop: () => bar.stop(),
  };
}

function startLines(output: Output, label: string, total: number | null, seconds: number): Progress {
  let said = performance.now();
  return {
    update(value, note) {
      if (performance.now() - said < seconds * 1000) return;
      said = performance.now();
      const parts = [...(total === null ? [] : [percent(value / total)]), ...(note ? [note] : [])];
      output.write(`${label}: ${parts.join(', ')}\n`);
    },
    stop() {},
  };
}

function percent(share: number): string {
  return `${Math.floor(Math.min(share, 1) * 100)} %`;
}
