import { useSyncExternalStore } from 'react';

/** A place on the page: `#/song/7?x=1` is the path `['song', '7']` with the parameters `x=1`. */
export interface Route {
  readonly path: readonly string[];
  readonly parameters: URLSearchParams;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [path = '', parameters] = hash.replace(/^#\/?/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    parameters: new URLSearchParams(parameters),
  };
}

export function hrefOf(...path: readonly string[]): string {
  return `#/${path.map(encodeURIComponent).join('/')}`;
}

/** What somebody typed need not be well-formed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
