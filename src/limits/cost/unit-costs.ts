import type { FilterLoad } from './filter-load.js';

/**
 * What a field costs for each object that it is read from, in units. A unit is about 10 µs of the database; decision 16
 * says how the weights were measured.
 */
export const unitCosts = {
  /** A value. */
  value: 1,
  /** An object, which a loader reads together with others. */
  object: 5,
  /** The open statement of an artist, which is added up from the plays of all of its songs. */
  openStatement: 20,
  /** A list or a connection: behind it stands a statement of its own. */
  list: 50,
  /** The plays of one subject along time, without its buckets; those of many subjects are read together. */
  series: 20,
  /** A bucket of them, also where only the sums are asked for. */
  bucket: 1,
  /** Counting the plays of a week once more, for the revised figures of an edition. */
  revision: 5_000,
  /** Counting over all pages of what belongs to one object, such as the songs of an artist. */
  totalCount: 100,
  /** Counting over all rows of a view. */
  totalCountOfView: 300,
  /** Looking at all rows of a view for a filter, in each statement. */
  scan: 400,
  /** A condition on each of these rows. */
  condition: 140,
  /** A condition that looks for a part of a text. */
  pattern: 2_700,
  /** Each character of that part. */
  patternCharacter: 25,
  /** A word of a search: the next is looked for only where the ones before it were found. */
  searchedWord: 1_500,
  /** A value of a list in a condition, up to 16 of each list. */
  listedValue: 140,
  /** Sorting all rows by a column, because no index has that order. */
  sort: 1_000,
  /** Each further column to sort by. */
  furtherColumn: 150,
  /** A condition where only the rows of one object are looked at. */
  conditionOfObject: 1,
  patternOfObject: 20,
  /** How many characters of a part cost a unit there. */
  charactersOfObject: 50,
  /** Where small counts of listeners are withheld: whether that of an artist is shown. */
  withheldOfArtist: 10,
  /** Whether that of each artist is, for a filter or an ordering. */
  withheldOfAllArtists: 4_000,
  /** Whether that of the platform is. */
  withheldOfPlatform: 2_000,
  /** The description of the schema, or a part of it: at least this much. */
  introspection: 1_000,
} as const;

/** What a filter costs each statement that looks at all rows of a view with it. */
export function filterUnits({ conditions, patterns, characters, values }: FilterLoad): number {
  if (conditions === 0) return 0;
  return (
    unitCosts.scan +
    (conditions - patterns) * unitCosts.condition +
    patterns * unitCosts.pattern +
    characters * unitCosts.patternCharacter +
    values * unitCosts.listedValue
  );
}

/** The same for the rows of one object, which an index finds. */
export function filterUnitsOfObject({ conditions, patterns, characters, values }: FilterLoad): number {
  return (
    (conditions - patterns) * unitCosts.conditionOfObject +
    patterns * unitCosts.patternOfObject +
    Math.ceil((characters + values) / unitCosts.charactersOfObject)
  );
}

/** What a search costs; the words of it are its patterns. */
export function searchUnits({ patterns }: FilterLoad): number {
  return patterns === 0 ? 0 : unitCosts.scan + unitCosts.pattern + (patterns - 1) * unitCosts.searchedWord;
}

/** What reading the plays of one subject in so many buckets costs. */
export function seriesUnits(buckets: number): number {
  return unitCosts.series + buckets * unitCosts.bucket;
}

/** What sorting all rows by so many columns costs. */
export function sortUnits(columns: number): number {
  return columns === 0 ? 0 : unitCosts.sort + (columns - 1) * unitCosts.furtherColumn;
}
