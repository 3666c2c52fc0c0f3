/** The lists that can be had as files. */
export const listNames = [
  'artists',
  'songs',
  'genres',
  'top-songs-week',
  'listeners',
  'series',
  'chart',
  'statements',
] as const;

/** The kinds of files, by their extensions. */
export const formatNames = ['csv', 'ndjson', 'parquet'] as const;

export type ListName = (typeof listNames)[number];
export type FormatName = (typeof formatNames)[number];
