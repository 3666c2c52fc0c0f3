import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/**
 * Asks a typed question with nothing but `fetch`. What comes back, and what has to go along, is known to the compiler.
 * @throws Error in the words of the gateway when it says no.
 */
export async function ask<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Data;
    errors?: readonly { readonly message: string }[];
  };
  if (errors || !data) throw new Error(errors?.map(({ message }) => message).join(' ') ?? 'got no data');
  return data;
}
