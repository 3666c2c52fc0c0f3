import type { Tile } from './dashboard.js';

export interface TileAnswer {
  readonly status: number;
  readonly tag: string | null;
  readonly bytes: number;
}

/** Asks for one tile and expects an answer without errors. */
export async function askTile(url: string, tile: Tile, tag?: string | null): Promise<TileAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(tag ? { 'if-none-match': tag } : {}) },
    body: JSON.stringify(tile),
  });
  const text = await response.text();
  if ((!response.ok && response.status !== 304) || text.includes('"errors":'))
    throw new Error(`Expected an answer to ${tile.query}, got ${response.status} ${text}`);
  return { status: response.status, tag: response.headers.get('etag'), bytes: Buffer.byteLength(text) };
}
