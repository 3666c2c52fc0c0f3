import { gql, type TypedDocumentNode } from '@apollo/client';
import type { TypedText } from '../document.js';

/** The document as Apollo Client's hooks and queries take it, with the same types. */
export function toDocumentNode<Data, Variables extends Record<string, unknown>>(
  document: TypedText<Data, Variables>,
): TypedDocumentNode<Data, Variables> {
  return gql(String(document));
}
