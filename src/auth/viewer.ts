/** Who is asking. Decided once for each request, from its `Authorization` header and nothing else. */
export type Viewer =
  | { readonly kind: 'public' }
  /** A signed-in address: it may see what is its own, as a listener and as an artist. */
  | { readonly kind: 'listener'; readonly address: string }
  /** Somebody who is on call. `name` is for the audit trail. */
  | { readonly kind: 'operator'; readonly name: string };

export const publicViewer: Viewer = Object.freeze({ kind: 'public' });

export function listener(address: string): Viewer {
  return Object.freeze({ kind: 'listener', address });
}

export function operator(name: string): Viewer {
  return Object.freeze({ kind: 'operator', name });
}

/** Addresses are opaque: this is all that is known of their form, and they are compared as they are written. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(value);
}
