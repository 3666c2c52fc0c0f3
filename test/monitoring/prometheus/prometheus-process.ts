import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../support/postgres.js';

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [at: number, value: string];
}

export interface PrometheusProcess {
  /** The value of an expression now. */
  query(expression: string): Promise<readonly Series[]>;
  stop(): Promise<void>;
}

/** Starts a real Prometheus that scrapes a gateway every second. */
export async function startPrometheus(program: string, gatewayUrl: string): Promise<PrometheusProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
  const port = await freePort();
  const config = path.join(folder, 'prometheus.yml');
  writeFileSync(
    config,
    `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: mycelix-analytics\n    static_configs:\n      - targets: ['${new URL(gatewayUrl).host}']\n`,
  );
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    async query(expression) {
      const body = new URLSearchParams({ query: expression });
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/query`, { method: 'POST', body });
      const answer = (await response.json()) as { data?: { result: Series[] }; error?: string };
      if (!answer.data) throw new Error(`Expected a value of ${expression}, got ${answer.error}`);
      return answer.data.result;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
