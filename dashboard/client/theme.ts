import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const name = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** What is shown: what was chosen here, else what the system prefers. */
export function themeNow(): Theme {
  const chosen = localStorage.getItem(name);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return dark.matches ? 'dark' : 'light';
}

export function showTheme(): void {
  document.documentElement.dataset.theme = themeNow();
  for (const listener of listeners) listener();
}

export function useTheme(): readonly [theme: Theme, toggle: () => void] {
  return [useSyncExternalStore(subscribe, themeNow), toggle];
}

function toggle(): void {
  localStorage.setItem(name, themeNow() === 'dark' ? 'light' : 'dark');
  showTheme();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

dark.addEventListener('change', showTheme);
