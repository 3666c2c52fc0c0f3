import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, readConfig } from '../../src/config/read-config.js';
import { findProgram } from '../support/programs.js';

const ops = fileURLToPath(new URL('../../ops/', import.meta.url));
const promtool = findProgram('promtool');
const systemd = findProgram('systemd-analyze');

describe('The systemd unit', () => {
  it.skipIf(!systemd)('is a unit that systemd understands', () => {
    const unit = path.join(ops, 'systemd/mycelix-analytics.service');
    const { status, stdout, stderr } = spawnSync(systemd as string, ['verify', unit], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).not.toContain('mycelix-analytics');
    expect(status).toBe(0);
  });

  it('comes with settings that are refused until they are filled in', () => {
    const lines = readFileSync(path.join(ops, 'systemd/environment'), 'utf8').split('\n');
    const settings = Object.fromEntries(
      lines
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    expect(() => readConfig(settings)).toThrow(ConfigurationError);
    expect(() => readConfig(settings)).toThrow(/OPERATOR_KEYS/);
    const filled = readConfig({ ...settings, OPERATOR_KEYS: `operator:${'x'.repeat(32)}` });
    expect(filled.port).toBe(4000);
  });
});

describe('The settings of Prometheus', () => {
  it.skipIf(!promtool)('for containers are what promtool accepts', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
    try {
      // As the compose file mounts them.
      copyFileSync(path.join(ops, 'container/prometheus.yml'), path.join(folder, 'prometheus.yml'));
      copyFileSync(path.join(ops, 'prometheus/alerts.yml'), path.join(folder, 'alerts.yml'));
      const { status, stdout, stderr } = spawnSync(
        promtool as string,
        ['check', 'config', 'prometheus.yml'],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      expect(status, `${stdout}${stderr}`).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
