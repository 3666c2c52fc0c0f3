import type { Config } from '../../config/config.js';
import type { CliContext } from '../command.js';

/** Says what a gateway answers at which address, and as whom operators may ask it; `operatorKey` is one that was made for it. */
export function showAddresses(
  stdout: CliContext['stdout'],
  url: string,
  { operatorKeys, jwt }: Pick<Config, 'operatorKeys' | 'jwt'>,
  operatorKey: string | null = null,
): void {
  stdout.write(`Dashboard             ${url}/dashboard\n`);
  stdout.write(`GraphQL and Sandbox   ${url}/graphql\n`);
  stdout.write(`GraphiQL              ${url}/graphiql\n`);
  stdout.write(`Health                ${url}/healthz  ${url}/readyz\n`);
  if (operatorKey) stdout.write(`Operator key          ${operatorKey}   (Authorization: Bearer …)\n`);
  else if (operatorKeys.length === 0 && !jwt)
    stdout.write('Operator key          none: OPERATOR_KEYS is not set, so nobody may ask as an operator\n');
}
