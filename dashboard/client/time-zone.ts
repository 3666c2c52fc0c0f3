import { useSyncExternalStore } from 'react';

export interface ViewerZone {
  /** The time zone that series are asked for in. */
  readonly zone: string;
  /** The time zone of the browser, where the gateway refused it; null otherwise. */
  readonly refused: string | null;
}

const utc = 'UTC';
const listeners = new Set<() => void>();
let viewerZone: ViewerZone = { zone: ownZone(), refused: null };

/** The viewer's time zone, or UTC once the gateway has refused that. */
export function useViewerZone(): ViewerZone {
  return useSyncExternalStore(subscribe, () => viewerZone);
}

/** Goes on in UTC, because the gateway does not know the time zone of this browser. */
export function refuseZone(zone: string): void {
  if (zone === utc || zone !== viewerZone.zone) return;
  viewerZone = { zone: utc, refused: zone };
  for (const listener of listeners) listener();
}

/** Browsers on systems without a time zone give none. */
function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || utc;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
