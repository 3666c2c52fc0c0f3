/**
 * Packs the gateway as it would be published, installs it into an empty folder, and uses it as a stranger would: the
 * command, the embedded database, a program that embeds it, the compiler. Needs the registry; `npm run test:package`.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'stranger-'));
const startedAt = performance.now();
let server: ChildProcess | undefined;

const clientProgram = `
  import { createPollingClient, PlatformStatsDocument } from 'mycelix-analytics/client';
  const client = createPollingClient({ url: 'http://127.0.0.1:4000/graphql' });
  client.question(PlatformStatsDocument, {});
  console.log(typeof client.ask);
`;

const inFolder = (command: string, ...words: string[]) =>
  execFileSync(command, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
/** @returns what npm said besides. */
const install = (...words: string[]) => {
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Expected npm to install ${words.join(' ')}, got ${stderr}`);
  return stderr;
};
const say = (what: string) =>
  process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${what}\n`);
const expect = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`Expected ${what}.`);
  say(what);
};

try {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).replace(/^[^[]*/s, ''),
  ) as [{ filename: string; size: number; unpackedSize: number; entryCount: number }];
  say(`packed: ${packed.size} bytes, ${packed.unpackedSize} unpacked, ${packed.entryCount} files`);

  writeFileSync(
    path.join(folder, 'package.json'),
    '{ "name": "stranger", "private": true, "type": "module" }\n',
  );
  const tarball = path.join(folder, packed.filename);
  const besides = install(tarball);
  say(`installed: ${inFolder('du', '-sm', 'node_modules').split('\t')[0]} MB with all that it needs`);
  // Some dependencies of ours stand in package.json only because newer ones ask for another Node.js.
  expect(
    !/EBADENGINE|deprecated/.test(besides),
    `no package of another Node.js, and none that is given up (${besides.length} bytes of other words)`,
  );
  const notices = readFileSync(
    path.join(folder, 'node_modules/mycelix-analytics/dashboard/dist/THIRD-PARTY-LICENCES.txt'),
    'utf8',
  );
  expect(/^ {2}react \d.*\(MIT\)$/m.test(notices), 'the licences of what the pages are made of are with it');
  // For the program below only.
  install('--save-dev', 'typescript@5.9', '@types/node@20');

  expect(inFolder('npx', 'mycelix-analytics', '--help').includes('serve'), 'the command helps');
  expect(inFolder('npx', 'mycelix-analytics', 'schema').includes('type Query'), 'it prints its schema');

  const url = await serve();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ platformStats { totalPlays } trendingSongs(first: 1) { title } }' }),
  });
  const { data } = (await response.json()) as { data: { platformStats: { totalPlays: number } } };
  expect(data.platformStats.totalPlays >= 200_000, 'the embedded database answers');
  for (const page of ['dashboard', 'graphiql'])
    expect((await fetch(`${url}/${page}`)).status === 200, `/${page} is there`);
  server?.kill('SIGTERM');
  await new Promise((resolve) => server?.once('exit', resolve));

  cpSync(path.join(root, 'examples/embed.ts'), path.join(folder, 'embed.ts'));
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        target: 'ES2022',
        module: 'NodeNext',
        strict: true,
        // What is published has to be right by itself, without the types of packages that only we have installed.
        skipLibCheck: false,
        types: ['node'],
      },
      files: ['embed.ts'],
    }),
  );
  inFolder('npx', 'tsc', '-p', '.');
  say('a program that embeds it compiles, declarations and all');
  writeFileSync(path.join(folder, 'client.ts'), clientProgram);
  inFolder('npx', 'tsc', ...'--target es2022 --module nodenext --strict --types node client.ts'.split(' '));
  const printed = inFolder(process.execPath, 'client.js');
  expect(printed === 'function\n', 'so does one that uses the client without Apollo Client, and runs');
  const answer = inFolder('env', `DATA_DIR=${path.join(folder, '.data')}`, process.execPath, 'embed.js');
  expect(answer.includes('"totalPlays"'), 'and runs');
} finally {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

/** Starts it with no environment but a port. @returns the URL, when it can serve. */
async function serve(): Promise<string> {
  const child = spawn(process.execPath, ['node_modules/mycelix-analytics/dist/main.js', 'serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = child;
  let said = '';
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Expected it to serve, got exit code ${code}.`)));
    child.stdout.on('data', (piece) => {
      said += piece;
      const url = /(http:\S+)\/graphql/.exec(said)?.[1];
      if (url && said.includes('Ready.')) resolve(url);
    });
  });
}
