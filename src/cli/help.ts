import type { Command } from './command.js';

const program = 'mycelix-analytics';

/** What `--help` prints: each command in one line, and where the settings come from. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `Usage: ${program} <command> [options]`,
    '',
    'GraphQL gateway for the analytics of Mycelix Music.',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    `${program} <command> --help says more. Settings come from the environment; DATABASE_URL names a`,
    'PostgreSQL server, without it the embedded database in DATA_DIR (.data) is used.',
    '',
  ].join('\n');
}

/** What `<command> --help` prints. */
export function commandHelp(command: Command): string {
  const { operand } = command;
  const rows = [
    ...(operand ? [{ left: operand.name, right: operand.description }] : []),
    ...command.options.map((option) => ({
      left: `--${option.name}${option.value ? ` ${option.value}` : ''}`,
      right: `${option.description}${option.default === undefined ? '' : ` (default ${option.default})`}`,
    })),
    { left: '--help', right: 'Show this.' },
  ];
  const width = Math.max(...rows.map((row) => row.left.length));
  return [
    `Usage: ${program} ${command.name}${operand ? ` ${operand.name}` : ''} [options]`,
    '',
    command.summary,
    ...(command.details ? ['', command.details] : []),
    '',
    'Options:',
    ...rows.map((row) => `  ${row.left.padEnd(width)}  ${row.right}`),
    '',
  ].join('\n');
}
