import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/read-config.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = path.join(root, 'ops/container');
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

/** The instructions of the container file by its stages, continued lines joined. */
const stages = read('Containerfile')
  .replace(/\\\n\s*/g, '')
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((stage) =>
    stage
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ what: line.split(' ')[0] as string, how: line.slice(line.indexOf(' ') + 1) })),
  );

describe('The container file', () => {
  const last = (what: string) => stages.at(-1)?.findLast((instruction) => instruction.what === what)?.how;

  it('builds in one stage and runs in another, as nobody special, for production', () => {
    expect(stages).toHaveLength(2);
    expect(last('USER')).toBe('node');
    expect(last('ENV')).toContain('NODE_ENV=production');
    expect(last('ENTRYPOINT')).toBe('["node", "--max-semi-space-size=32", "dist/main.js"]');
    expect(last('HEALTHCHECK')).toContain('/healthz');
  });

  it('runs on a Node.js that the package takes', () => {
    const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    for (const [from] of stages) expect(from?.how).toMatch(/^node:20-/);
    expect(engines.node).toBe('>=20.19');
  });

  it('carries into the second stage all that the gateway reads while it runs', () => {
    const copied = stages
      .at(-1)
      ?.flatMap(({ what, how }) => (what === 'COPY' ? how.split(' ').slice(1, -1) : []));
    const needed = ['bin', 'dashboard/dist', 'dist', 'migrations', 'node_modules', 'package.json', 'schema'];
    expect(copied).toEqual(expect.arrayContaining(needed.map((name) => `/build/${name}`)));
  });

  it('copies from the clone only what is there and not left out', () => {
    const ignored = read('Containerfile.dockerignore').trim().split('\n');
    const sources = stages[0]
      ?.filter(({ what }) => what === 'COPY')
      .flatMap(({ how }) => how.split(' ').slice(0, -1));
    expect(sources?.length).toBeGreaterThan(3);
    for (const source of sources ?? []) {
      expect(existsSync(path.join(root, source)), source).toBe(true);
      expect(ignored).not.toContain(source);
    }
    for (const heavy of ['.git', 'node_modules', '.data']) expect(ignored).toContain(heavy);
  });
});

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

describe('The compose file', () => {
  const text = read('compose.yaml');
  const { services, volumes } = parse(text, { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const all = Object.entries(services);

  it('has PostgreSQL, two gateways, Prometheus and Grafana, of versions that are named', () => {
    expect(Object.keys(services)).toEqual(['postgres', 'gateway-1', 'gateway-2', 'prometheus', 'grafana']);
    for (const [name, { image, build }] of all) {
      if (build) expect(existsSync(path.join(folder, build.context, build.dockerfile)), name).toBe(true);
      else expect(image).toMatch(/^[\w/-]+:v?\d/);
    }
  });

  it('mounts what is there, waits for what there is, and opens ports on this machine only', () => {
    for (const [name, { volumes: mounts = [], ports = [], depends_on: before = [] }] of all) {
      for (const mount of mounts) {
        const [from = ''] = mount.split(':');
        if (from.startsWith('.')) expect(existsSync(path.join(folder, from)), `${name}: ${from}`).toBe(true);
        else expect(Object.keys(volumes), name).toContain(from);
      }
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      for (const other of Array.isArray(before) ? before : Object.keys(before))
        expect(Object.keys(services), name).toContain(other);
    }
  });

  it('names in the README every secret that it needs', () => {
    const page = readFileSync(path.join(root, 'ops/README.md'), 'utf8');
    const secrets = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name as string));
    expect(secrets.size).toBe(3);
    for (const secret of secrets) expect(page).toContain(`\`${secret}\``);
  });

  it('gives the gateways settings that they take', () => {
    for (const name of ['gateway-1', 'gateway-2']) {
      const settings = Object.fromEntries(
        Object.entries(services[name]?.environment ?? {}).map(([setting, value]) => [
          setting,
          value.replace(/\$\{\w+:\?[^}]*\}/g, 'x'.repeat(32)),
        ]),
      );
      const config = readConfig(settings);
      expect(config.databaseUrl?.reveal()).toContain('@postgres:5432/music');
      expect(config.operatorKeys.map((key) => key.name)).toEqual(['operator']);
    }
  });

  it('lets Prometheus ask both gateways, and Grafana ask Prometheus and a gateway', () => {
    const { scrape_configs: jobs } = parse(read('prometheus.yml'));
    expect(jobs[0].static_configs[0].targets).toEqual(['gateway-1:4000', 'gateway-2:4000']);
    const { datasources } = parse(read('grafana/datasources.yaml'));
    expect(datasources[0].url).toBe('http://prometheus:9090');
    const { providers } = parse(read('grafana/dashboards.yaml'));
    const mount = services.grafana?.volumes?.find((line) => line.includes(providers[0].options.path));
    const from = path.join(folder, mount?.split(':')[0] as string);
    const boards = readdirSync(from).filter((file) => file.endsWith('.json'));
    expect(boards).toEqual(['dashboard.json', 'series.json']);
    // A board asks whatever data source of its type Grafana knows, and here that is one.
    const types = boards.map((file) => {
      const { templating } = JSON.parse(readFileSync(path.join(from, file), 'utf8'));
      return templating.list.find(({ name }: { name: string }) => name === 'datasource').query;
    });
    expect(datasources.map(({ type }: { type: string }) => type)).toEqual(types);
    expect(services.grafana?.environment?.GF_PLUGINS_PREINSTALL).toMatch(
      /^yesoreyeram-infinity-datasource@\d/,
    );
    expect(datasources[1].url).toBe('http://gateway-1:4000');
  });
});
