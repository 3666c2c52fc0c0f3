import { parseArgs } from 'node:util';
import { ConfigurationError, readConfig } from '../config/read-config.js';
import {
  addressOf,
  anonymousAddress,
  type DatabaseAddress,
  describeFailure,
} from '../database/failures/describe-failure.js';
import { prepare } from '../database/prepare.js';
import { openDirectDatabase } from '../gateway/databases/open-database.js';
import { type CliContext, type Command, type OptionValues, UsageError } from './command.js';
import { commandHelp, overview } from './help.js';

/** Each is loaded when it is needed, because most use a small part of the gateway. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.js')).serve,
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand,
  seed: async () => (await import('./commands/seed.js')).seed,
  import: async () => (await import('./commands/import.js')).importCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  refresh: async () => (await import('./commands/refresh.js')).refresh,
  verify: async () => (await import('./commands/verify.js')).verify,
  partition: async () => (await import('./commands/partition.js')).partition,
  retire: async () => (await import('./commands/retire.js')).retire,
  doctor: async () => (await import('./commands/doctor.js')).doctor,
  schema: async () => (await import('./commands/schema.js')).schema,
};

/** What the process gives to the command line. */
export type CliSurroundings = Omit<CliContext, 'openDatabase'>;

/** Runs one command line and gives the exit code: 0 done, 1 could not be done, 2 not understood. */
export async function runCli(words: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const [name = '--help', ...rest] = words;
  if (['--help', '-h', 'help'].includes(name)) {
    stdout.write(overview(await Promise.all(Object.values(commands).map((load) => load()))));
    return 0;
  }
  if (!Object.hasOwn(commands, name)) {
    stderr.write(`${name}: expected one of ${Object.keys(commands).join(', ')}; see --help\n`);
    return 2;
  }
  const command = await commands[name]!();
  try {
    const values = readOptions(command, rest);
    if (values.help) {
      stdout.write(commandHelp(command));
      return 0;
    }
    return await command.run(values, { ...surroundings, openDatabase: () => openMigrated(surroundings.env) });
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`${name}: ${error.message}; see ${name} --help\n`);
      return 2;
    }
    stderr.write(
      `${error instanceof Error ? describeFailure(error, readAddress(surroundings.env)) : String(error)}\n`,
    );
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

function readOptions(command: Command, words: readonly string[]): OptionValues {
  const options = Object.fromEntries(
    [...command.options, { name: 'help', value: undefined }].map((option) => [
      option.name,
      { type: option.value ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  const values: Record<string, unknown> = {};
  let given: Record<string, unknown>;
  let operands: readonly string[];
  try {
    const allowPositionals = command.operand !== undefined;
    const parsed = parseArgs({ args: [...words], options, strict: true, allowPositionals });
    given = parsed.values;
    operands = parsed.positionals;
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
  for (const option of command.options) {
    const text = (given[option.name] ?? option.default) as string | undefined;
    if (text !== undefined) values[option.name] = option.parse ? option.parse(text) : text;
  }
  const { operand } = command;
  if (operand && !given.help) {
    if (operands.length > 1) throw new UsageError(`expected one ${operand.name}, got ${operands.join(' ')}`);
    values[operand.name] = operand.parse(operands[0]);
  }
  return { ...values, help: given.help };
}

async function openMigrated(env: NodeJS.ProcessEnv) {
  const database = await openDirectDatabase(readConfig(env));
  try {
    await prepare(database);
    return database;
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}

function readAddress(env: NodeJS.ProcessEnv): DatabaseAddress {
  try {
    return addressOf(readConfig(env));
  } catch {
    return anonymousAddress;
  }
}
