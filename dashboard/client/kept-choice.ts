import { useSyncExternalStore } from 'react';

interface Option {
  readonly key: string;
}

/**
 * A choice that this browser keeps for all pages and for the next visit.
 * @returns the hook that reads and changes it.
 */
export function keptChoice<Chosen extends Option>(
  name: string,
  options: readonly Chosen[],
  usual: Chosen,
): () => readonly [chosen: Chosen, choose: (option: Chosen) => void] {
  const listeners = new Set<() => void>();
  const now = () => {
    const key = localStorage.getItem(name);
    return options.find((option) => option.key === key) ?? usual;
  };
  const choose = ({ key }: Chosen) => {
    localStorage.setItem(name, key);
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return () => [useSyncExternalStore(subscribe, now), choose];
}
