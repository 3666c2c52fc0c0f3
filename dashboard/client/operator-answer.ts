import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestFailure, TypedText } from '../../src/client/index.ts';
import { askAsOperator } from './polling.ts';

export interface OperatorTile<Data> {
  readonly data: Data | null;
  readonly failure: RequestFailure | null;
  /** Asks at once. */
  readonly again: () => void;
}

/** Asks every so often, as long as somebody looks. What operators see is of this moment, and no refresh announces it. */
export function useOperatorAnswer<Data, Variables extends object>(
  document: TypedText<Data, Variables>,
  variables: Variables,
  key: string,
  everyMs: number,
): OperatorTile<Data> {
  const [tile, setTile] = useState<Omit<OperatorTile<Data>, 'again'>>({ data: null, failure: null });
  const text = JSON.stringify(variables);
  const askNow = useRef(() => {});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let isAsking = false;
    const look = async () => {
      clearTimeout(timer);
      if (isAsking) return;
      isAsking = true;
      const found = await askAsOperator(document, JSON.parse(text) as Variables, key).then(
        (data) => ({ data, failure: null }),
        (failure: RequestFailure) => ({ data: null, failure }),
      );
      isAsking = false;
      if (isOver) return;
      setTile((before) => ({ data: found.data ?? before.data, failure: found.failure }));
      plan(found.failure?.retryAfterMs ?? 0);
    };
    const plan = (leastMs = 0) => {
      if (!isOver && !globalThis.document.hidden)
        timer = setTimeout(() => void look(), Math.max(everyMs, leastMs));
    };
    const onVisible = () => (globalThis.document.hidden ? clearTimeout(timer) : void look());
    askNow.current = () => void look();
    globalThis.document.addEventListener('visibilitychange', onVisible);
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
      globalThis.document.removeEventListener('visibilitychange', onVisible);
    };
  }, [document, text, key, everyMs]);

  const again = useCallback(() => askNow.current(), []);
  return { ...tile, again };
}
