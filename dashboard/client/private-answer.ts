import { useCallback, useEffect, useState } from 'react';
import type { RequestFailure } from '../../src/client/index.ts';
import type { OperatorTile } from './operator-answer.ts';
import { useStatus } from './use-answer.ts';

/**
 * Asks for something private that follows the views: at first, after each refresh, and when the gateway can be asked again.
 * Nothing keeps the answer, so it is gone with the component. An answer stays while the next one is on its way.
 * @param ask the same function for the same question
 */
export function usePrivateAnswer<Data>(
  ask: () => Promise<Data>,
  { isFinal = false }: { readonly isFinal?: boolean } = {},
): OperatorTile<Data> {
  const [tile, setTile] = useState<Omit<OperatorTile<Data>, 'again'>>({ data: null, failure: null });
  const [tries, setTries] = useState(0);
  const { freshness, failure } = useStatus();
  const isReachable = failure === null;
  // What never changes is not asked for again.
  const generation = isFinal ? null : freshness?.generation;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the others say when to ask
  useEffect(() => {
    let isOver = false;
    const show = (data: Data | null, failure: RequestFailure | null) => {
      if (!isOver) setTile((before) => ({ data: data ?? before.data, failure }));
    };
    void ask().then(
      (data) => show(data, null),
      (failure: RequestFailure) => show(null, failure),
    );
    return () => {
      isOver = true;
    };
  }, [ask, generation, isReachable, tries]);

  const again = useCallback(() => setTries((before) => before + 1), []);
  return { ...tile, again };
}
