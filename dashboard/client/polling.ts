import { createPollingClient, type TypedText } from '../../src/client/index.ts';

/** How often it is looked at least for a refresh that nobody planned, in milliseconds. */
const maxIntervalMs = 1_200;

/** Relative to the page, so that it is found below whatever path a proxy puts the gateway. */
export const polling = createPollingClient({ url: 'graphql', maxIntervalMs });

/**
 * Asks for what only operators may see, which is kept by nobody.
 * @throws RequestFailure
 */
export async function askAsOperator<Data, Variables extends object>(
  document: TypedText<Data, Variables>,
  variables: Variables,
  key: string,
): Promise<Data> {
  return (await polling.ask(document, variables, { authorization: `Bearer ${key}` })).data;
}
