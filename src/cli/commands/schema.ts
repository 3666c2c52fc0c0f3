import type { Command } from '../command.js';

export const schema: Command = {
  name: 'schema',
  summary: 'Print the GraphQL schema in its own language; needs no database.',
  options: [],
  async run(_values, { stdout }) {
    const { printSdl } = await import('../../schema/schema.js');
    stdout.write(await printSdl());
    return 0;
  },
};
