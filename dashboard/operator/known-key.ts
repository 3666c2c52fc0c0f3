import { useEffect } from 'react';
import { RequestFailure } from '../../src/client/index.ts';
import { GatewayHealthDocument } from '../../src/client/operations.ts';
import { askAsOperator } from '../client/polling.ts';

/** Why the gateway does not take a key; null when it does, or when it cannot be asked. */
export async function whyRefused(key: string): Promise<string | null> {
  try {
    await askAsOperator(GatewayHealthDocument, { limit: 1 }, key);
    return null;
  } catch (error) {
    const isWrong = error instanceof RequestFailure && ['unauthenticated', 'refused'].includes(error.kind);
    return isWrong ? 'The gateway does not know this operator key.' : null;
  }
}

/** Tells of a stored key that was taken away meanwhile. */
export function useKnownKey(key: string | null, onRefused: (why: string) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each key
  useEffect(() => {
    if (key !== null) void whyRefused(key).then((why) => why && onRefused(why));
  }, [key]);
}
