import { useSyncExternalStore } from 'react';

const name = 'operator-key';
const listeners = new Set<() => void>();

/** The operator key, for as long as this tab is open; no other tab sees it, and it is never written to disk for long. */
export function useOperatorKey(): readonly [key: string | null, set: (key: string | null) => void] {
  const key = useSyncExternalStore(subscribe, () => sessionStorage.getItem(name));
  return [key, setKey];
}

function setKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(name);
  else sessionStorage.setItem(name, key);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
