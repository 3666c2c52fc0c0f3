import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Latest, Question, Status, TypedText } from '../../src/client/index.ts';
import { polling } from './polling.ts';

/** The answer to a question, kept up to date for as long as it is on the page. */
export function useAnswer<Data, Variables extends object>(
  document: TypedText<Data, Variables>,
  variables: Variables,
): Latest<Data> {
  const text = JSON.stringify(variables);
  return useQuestion(
    useMemo(() => polling.question(document, JSON.parse(text) as Variables), [document, text]),
  );
}

/** The same for a question that is more than one document; it has to be the same object each time. */
export function useQuestion<Data>(question: Question<Data>): Latest<Data> {
  const watch = useCallback((onChange: () => void) => polling.watch(question, onChange), [question]);
  return useSyncExternalStore(watch, () => polling.latest(question));
}

export function useStatus(): Status {
  return useSyncExternalStore(polling.subscribe, polling.status);
}
