import { Kind, parse } from 'graphql';
import type { TrustedDocuments } from './trusted-documents.js';

/** Those of the trusted documents that only read. */
export function publishedQueries(documents: Pick<TrustedDocuments, 'find'>): Pick<TrustedDocuments, 'find'> {
  const known = new Map<string, boolean>();
  return {
    find(sha256) {
      const text = documents.find(sha256);
      if (text === undefined) return undefined;
      const reads = known.get(sha256) ?? onlyReads(text);
      known.set(sha256, reads);
      return reads ? text : undefined;
    },
  };
}

function onlyReads(text: string): boolean {
  try {
    return parse(text).definitions.every(
      (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
    );
  } catch {
    return false;
  }
}
