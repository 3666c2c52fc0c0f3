import hashes from 'virtual:hashes';
import { ApolloClient, ApolloLink, type DocumentNode, InMemoryCache } from '@apollo/client';
import { BaseHttpLink } from '@apollo/client/link/http';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Kind } from 'graphql';
import { map } from 'rxjs';

/** What came with the data of an answer; handed in with a question's context, and filled by its answer. */
export interface Around {
  extensions?: Readonly<Record<string, unknown>> | undefined;
  response?: Response | undefined;
}

/** Longer than the gateway itself lets a question of the public run. */
const patienceMs = 20_000;

/** The published documents are asked for word for word, so that their hashes hold: no `__typename` is added. */
class UnchangedDocuments extends InMemoryCache {
  override transformDocument(document: DocumentNode): DocumentNode {
    return document;
  }
}

const withFreshness = new ApolloLink((operation, forward) => {
  operation.extensions.freshness = true;
  return forward(operation).pipe(
    map((result) => {
      const { around, response } = operation.getContext();
      Object.assign(around as Around, { extensions: result.extensions, response });
      return result;
    }),
  );
});

const http = new BaseHttpLink({
  // Relative to the page, so that it is found below whatever path a proxy puts the gateway.
  uri: 'graphql',
  includeExtensions: true,
  // Without it a GET is refused, because a page elsewhere could send it, too.
  headers: { 'apollo-require-preflight': '1' },
  // Asks with the kept answer's `ETag` whether it still stands, which costs a 304 as long as nothing moved.
  fetchOptions: { cache: 'no-cache' } satisfies RequestInit,
  fetch: (url, { signal, ...init } = {}) => {
    const isTooLate = AbortSignal.timeout(patienceMs);
    return fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, isTooLate]) : isTooLate });
  },
});

const byHash = new PersistedQueryLink({ generateHash: publishedHash, useGETForHashedQueries: true });

/**
 * What the public may ask goes by GET and hash, so that browsers keep the answers; what only operators may, by POST. The
 * board shows all answers of one refresh at once, so it keeps them itself, and Apollo's cache is passed by.
 */
export const client = new ApolloClient({
  cache: new UnchangedDocuments(),
  link: ApolloLink.split(
    (operation) => Boolean(operation.getContext().around),
    ApolloLink.from([withFreshness, byHash, http]),
    http,
  ),
  defaultOptions: { query: { fetchPolicy: 'no-cache' }, mutate: { fetchPolicy: 'no-cache' } },
});

export function operationOf({ definitions }: DocumentNode) {
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION && definition.name)
      return { name: definition.name.value, isMutation: definition.operation === 'mutation' };
  throw new Error('Expected an operation with a name, got none.');
}

function publishedHash(document: DocumentNode): string {
  const { name } = operationOf(document);
  const hash = hashes[name];
  if (!hash) throw new Error(`Expected a published operation, got ${name}.`);
  return hash;
}
