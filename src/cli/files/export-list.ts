import { operator } from '../../auth/viewer.js';
import { readConfig } from '../../config/read-config.js';
import { GatewayError } from '../../errors.js';
import { formats } from '../../export/formats/index.js';
import { exportLists } from '../../export/lists/index.js';
import { type ExportPlan, planExport } from '../../export/plan-export.js';
import { runExport } from '../../export/run-export.js';
import { createSchema } from '../../schema/schema.js';
import { type CliContext, type OptionValues, UsageError } from '../command.js';
import { startProgress } from '../progress.js';
import { requireWritable, writeOutput } from './export-output.js';
import { parameterOptions } from './parameter-options.js';

/**
 * Writes the list that the options name, as an operator may read it.
 * @returns the exit code.
 */
export async function exportList(
  values: OptionValues,
  { env, openDatabase, signal, stdout, stderr }: CliContext,
): Promise<number> {
  const plan = await planFrom(values, env);
  const file = values.out === '-' ? null : String(values.out);
  if (file !== null) await requireWritable(file);
  const database = await openDatabase();
  const started = performance.now();
  try {
    return await runExport(database, plan, { signal, isCounted: true }, async (opened) => {
      const { asOf, generation, rows } = opened.head;
      const progress = startProgress(stderr, `Exporting ${plan.name}`, rows);
      const soFar = () => `${opened.rowsSoFar().toLocaleString('en-US')} rows`;
      try {
        await writeOutput(opened.chunks, file, stdout, {
          signal,
          onChunk: () => progress.update(opened.rowsSoFar(), soFar()),
        });
      } finally {
        progress.stop();
      }
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      stderr.write(`${plan.name}: ${soFar()} as of ${asOf} (generation ${generation}) in ${seconds} s\n`);
      return 0;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`${plan.name}: stopped (interrupted). The file is not complete.`, { cause: error });
  } finally {
    await database.close();
  }
}

/** @throws UsageError for parameters that do not fit */
async function planFrom(values: OptionValues, env: NodeJS.ProcessEnv): Promise<ExportPlan> {
  const extension = String(values.format);
  const parameters = new Map(
    Object.entries(parameterOptions).flatMap(([parameter, { name }]) =>
      typeof values[name] === 'string' ? [[parameter, values[name]] as const] : [],
    ),
  );
  try {
    return planExport(
      {
        list: exportLists.get(String(values.NAME))!,
        extension,
        format: formats.get(extension)!,
        parameters,
        viewer: operator('cli'),
      },
      { schema: await createSchema(), limits: readConfig(env).limits.operator, describesSchema: true },
    );
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new UsageError(withOption(error.message));
  }
}

/** A message that begins with the name of a parameter names the option instead. */
function withOption(message: string): string {
  const found = Object.entries(parameterOptions).find(([parameter]) => message.startsWith(parameter));
  return found ? `--${found[1].name}${message.slice(found[0].length)}` : message;
}
