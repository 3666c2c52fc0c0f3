import type { CliContext } from '../command.js';

/** Says what a gateway answers at which address. */
export function showAddresses(stdout: CliContext['stdout'], url: string): void {
  stdout.write(`Dashboard             ${url}/dashboard\n`);
  stdout.write(`GraphQL and Sandbox   ${url}/graphql\n`);
  stdout.write(`GraphiQL              ${url}/graphiql\n`);
  stdout.write(`Health                ${url}/healthz  ${url}/readyz\n`);
}
