import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * The floors of the house, from the ground up. A room may use the rooms of the floors below it, and of its own floor
 * none but itself, except on the ground floor and where the house is put together.
 */
const floors: readonly (readonly string[])[] = [
  ['client'],
  ['config', 'errors', 'composed-key', 'deadline-signal', 'memory', 'language', 'scalars', 'auth'],
  ['database'],
  ['catalogue'],
  ['views'],
  ['edge', 'replicas'],
  ['refresh', 'analytics', 'monitoring', 'cache', 'limits', 'demo', 'import', 'doctor'],
  ['graphql', 'export'],
  ['http'],
  ['schema', 'tracing'],
  ['gateway'],
  ['cli'],
  ['main', 'index'],
];
const sharedFloors = new Set([1]);

interface Import {
  readonly file: string;
  readonly to: string;
  /** Whether loading the file loads what it imports: not for types, nor for what is imported when it is needed. */
  readonly isLoaded: boolean;
}

function listImports(folder = source, names = /\.ts$/): Import[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => names.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const specifiers = text.matchAll(
        /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|\nimport '([^']+)'/g,
      );
      return [...specifiers].map((match) => {
        const specifier = match[1] ?? match[2] ?? match[3] ?? '';
        const to = specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : specifier;
        const isLoaded = match[2] === undefined && !takesTypes(match[0]);
        return { file, to: specifier.startsWith('.') ? to : `package:${to}`, isLoaded };
      });
    });
}

/** Whether an import takes nothing but types. */
function takesTypes(statement: string): boolean {
  const names = /^\s*(?:import|export)\s*\{([^}]*)\}/.exec(statement)?.[1];
  if (names === undefined) return /^\s*(?:import|export)\s+type\b/.test(statement);
  return names.split(',').every((name) => /^\s*(type\s|$)/.test(name));
}

/** Everything that is loaded with a file of `src`, packages included. */
function loadedWith(entry: string, imports: readonly Import[]): ReadonlySet<string> {
  const loaded = new Set([entry]);
  for (const each of loaded)
    for (const { file, to, isLoaded } of imports)
      if (file === each && isLoaded) loaded.add(to.replace(/^(?!package:)(.*)\.js$/, '$1.ts'));
  return loaded;
}

/** `analytics/read.ts` is in the room `analytics`, `main.ts` is the room `main`. */
function roomOf(file: string): string {
  return (file.split(path.sep)[0] ?? '').replace(/\.[jt]s$/, '');
}

function floorOf(room: string): number {
  return floors.findIndex((floor) => floor.includes(room));
}

/** Why an import goes the wrong way, or null when it does not. */
function faultOf({ file, to }: Pick<Import, 'file' | 'to'>): string | null {
  if (to.startsWith('package:')) return null;
  const [from, target] = [roomOf(file), roomOf(to)];
  if (from === target) return null;
  if (to.startsWith('..')) return null;
  if (floorOf(target) < floorOf(from)) return null;
  if (floorOf(target) === floorOf(from) && sharedFloors.has(floorOf(from))) return null;
  return `${file} imports ${to}`;
}

describe('The source', () => {
  const imports = listImports();

  it('has no room without a floor', () => {
    const rooms = new Set(imports.map(({ file }) => roomOf(file)));
    expect([...rooms].filter((room) => floorOf(room) < 0)).toEqual([]);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('imports in one direction: from the rooms above to the rooms below', () => {
    expect(imports.map(faultOf).filter((fault) => fault !== null)).toEqual([]);
  });

  it('opens connections in the room of the database, and alone where one has to be watched or examined', () => {
    const drivers = /^package:(pg|pg-copy-streams|@electric-sql\/pglite)(\/|$)/;
    const outside = imports
      .filter(({ file, to }) => drivers.test(to) && roomOf(file) !== 'database' && !isTypeOnly(file))
      .map(({ file }) => file);
    expect(outside.sort()).toEqual(['doctor/server/pooler.ts', 'refresh/watcher.ts']);
  });

  it('knows what the driver does not document in one folder', () => {
    const outside = imports
      .filter(({ file, to }) => /(^|\/)wire\/driver\.js$/.test(to) && !file.startsWith('database/wire/'))
      .map(({ file }) => file);
    expect(outside).toEqual([]);
    const serializers = imports.filter(({ to }) => to === 'package:pg-protocol').map(({ file }) => file);
    expect(serializers).toEqual(['database/wire/prepared.ts']);
  });

  it('shares nothing between the client for front ends and the gateway, and gives pages nothing but that client', () => {
    const own = ({ to }: Import) => to.startsWith(`client${path.sep}`);
    const apollo = ({ file, to }: Import) =>
      /^package:@apollo\/client/.test(to) && file.startsWith('client/apollo/');
    const ofClient = imports.filter(({ file }) => roomOf(file) === 'client');
    expect(ofClient.length).toBeGreaterThan(10);
    expect(ofClient.filter((each) => !own(each) && !apollo(each))).toEqual([]);
    expect(imports.filter((each) => roomOf(each.file) !== 'client' && own(each))).toEqual([]);
    const pages = listImports(path.join(source, '../dashboard'), /(?<!dist.*)\.tsx?$/);
    const fromSource = pages.filter(({ to }) => /^(\.\.\/)+src\//.test(to));
    expect(fromSource.length).toBeGreaterThan(10);
    expect(fromSource.filter(({ to }) => !to.startsWith('../src/client/'))).toEqual([]);
  });

  it('imports files with their extension, as Node resolves them', () => {
    const relative = imports.filter(({ to }) => !to.startsWith('package:'));
    expect(relative.filter(({ to }) => !/\.(js|json)$/.test(to))).toEqual([]);
  });

  it('reads the environment nowhere but at the door', () => {
    const readers = new Set(
      imports.map(({ file }) => file).filter((file) => /process\.env/.test(textOf(file))),
    );
    expect([...readers].filter((file) => !['main.ts'].includes(file))).toEqual([]);
  });

  it('loads the gateway for no command but the one that serves', () => {
    const commands = new Set(
      imports.map(({ file }) => file).filter((file) => file.startsWith('cli/commands/')),
    );
    expect(commands.size).toBeGreaterThan(10);
    const heavy = ['gateway/open-app.ts', 'database/embedded/embedded.ts', 'package:type-graphql'];
    for (const command of ['main.ts', ...commands]) {
      const loaded = loadedWith(command, imports);
      expect(
        heavy.filter((part) => loaded.has(part)),
        command,
      ).toEqual([]);
    }
    const served = loadedWith('cli/serving/serve-alone.ts', imports);
    expect(served).toContain('gateway/open-app.ts');
    expect(served).toContain('package:type-graphql');
  });

  it.each([
    ['catalogue/view.ts', 'analytics/read.js'],
    ['refresh/describe.ts', 'analytics/read.js'],
    ['analytics/read.ts', 'graphql/apollo/create-graphql.js'],
    ['graphql/apollo/create-graphql.ts', 'schema/schema.js'],
    ['database/reader/with-metrics.ts', 'catalogue/view.js'],
    ['gateway/app.ts', 'cli/run.js'],
  ])('would not pass with an import from %s to %s', (file, to) => {
    expect(faultOf({ file, to })).not.toBeNull();
  });
});

function textOf(file: string): string {
  return readFileSync(path.join(source, file), 'utf8');
}

/** Whether a file takes from a driver nothing but its types. */
function isTypeOnly(file: string): boolean {
  return [...textOf(file).matchAll(/import (.*) from '(?:pg|pg-copy-streams|@electric-sql\/pglite)/g)].every(
    (match) => match[1]?.startsWith('type '),
  );
}
