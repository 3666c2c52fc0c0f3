import { views } from '../../../catalogue/index.js';
import type { View } from '../../../catalogue/view.js';

/** Indexes of the migrations beside the keys. They may be unused until a client sorts by their columns. */
export const viewOrderIndexes: readonly string[] = views.flatMap(
  ({ name, columns, sortedBy, foundBy }: View) =>
    [...Object.keys(sortedBy), ...foundBy].map((field) => `${name}_${columns[field]!.name}_idx`),
);

/**
 * Leading columns by which the refresh and the gateway look up plays and songs. Identified by columns because an
 * adopted table may have the user's own index in place of ours.
 */
export const lookupColumns: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: 'plays', columns: ['played_at'] },
  { table: 'plays', columns: ['song_id', 'played_at'] },
  { table: 'plays', columns: ['listener_address', 'played_at'] },
  { table: 'plays', columns: ['analytics_writer'] },
  { table: 'songs', columns: ['artist_address'] },
];

/** The engine's schema; all indexes in it belong to the engine. */
export const engineSchema = 'analytics';
