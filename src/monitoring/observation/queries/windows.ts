import { type PackedTally, type Sample, Tally } from './tally.js';

/** Maximum length of a window, in milliseconds. */
export const maxWindowMs = 3_600_000;

/** Resolutions and the number of slices kept of each: one second for short windows, ten seconds for long ones. */
const resolutions = [
  { sliceMs: 1_000, slices: 121 },
  { sliceMs: 10_000, slices: 361 },
] as const;

/** Maximum number of distinct names; further names are counted together as `other`. */
export const maxNames = 100;
export const otherNames = 'other';

/** Maximum number of histogram buckets in all slices, 6 bytes each; beyond it the oldest slices are dropped. */
const maxBuckets = 3_000_000;

interface Slice {
  readonly index: number;
  readonly tallies: ReadonlyMap<string, PackedTally>;
  readonly buckets: number;
}

interface Track {
  readonly sliceMs: number;
  readonly slices: number;
  past: Slice[];
  index: number;
  now: Map<string, Tally>;
  /** Queries are kept from this time on: the start, the last clearing, or the end of the last slice dropped for its size. */
  keptSinceMs: number;
}

/** The statistics of a window. */
export interface Window {
  readonly byName: ReadonlyMap<string, Tally>;
  readonly all: Tally;
  /**
   * Length of the time that was counted, in milliseconds: the requested length rounded up to whole slices, or less after a
   * start, after a clearing, or when older slices were dropped.
   */
  readonly coveredMs: number;
}

export interface WindowOptions {
  /** A monotonic clock, in milliseconds. */
  readonly elapsedMs: () => number;
  readonly maxBuckets?: number;
}

/** Query statistics of the last hour by name, in time slices, so that any window can be read. */
export class Windows {
  readonly #options: WindowOptions;
  readonly #names = new Set<string>();
  #tracks: Track[] = [];
  #buckets = 0;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.clear();
  }

  clear(): void {
    const nowMs = this.#options.elapsedMs();
    this.#buckets = 0;
    this.#names.clear();
    this.#tracks = resolutions.map((resolution) => ({
      ...resolution,
      past: [],
      index: Math.floor(nowMs / resolution.sliceMs),
      now: new Map(),
      keptSinceMs: nowMs,
    }));
  }

  add(name: string, sample: Sample): void {
    const nowMs = this.#options.elapsedMs();
    const known = this.#nameOf(name);
    for (const track of this.#tracks) {
      this.#advance(track, nowMs);
      let tally = track.now.get(known);
      if (!tally) {
        tally = new Tally();
        track.now.set(known, tally);
      }
      tally.add(sample);
    }
  }

  /** Statistics of queries finished within the last `windowMs`, rounded up to whole slices. */
  read(windowMs: number): Window {
    const nowMs = this.#options.elapsedMs();
    for (const track of this.#tracks) this.#advance(track, nowMs);
    const fits = (track: Track) => windowMs <= track.sliceMs * (track.slices - 1);
    const track = this.#tracks.find(fits) ?? (this.#tracks.at(-1) as Track);
    const from = Math.max(Math.floor((nowMs - windowMs) / track.sliceMs), track.index - track.slices);
    const byName = new Map<string, Tally>();
    const all = new Tally();
    const add = (name: string, packed: PackedTally) => {
      const tally = byName.get(name) ?? new Tally();
      tally.merge(packed);
      byName.set(name, tally);
      all.merge(packed);
    };
    for (const slice of track.past)
      if (slice.index >= from) for (const [name, packed] of slice.tallies) add(name, packed);
    for (const [name, tally] of track.now) add(name, tally.pack());
    return { byName, all, coveredMs: nowMs - Math.max(from * track.sliceMs, track.keptSinceMs) };
  }

  /** Number of buckets in past slices. */
  get bucketsKept(): number {
    return this.#buckets;
  }

  #nameOf(name: string): string {
    if (this.#names.has(name)) return name;
    if (this.#names.size >= maxNames) return otherNames;
    this.#names.add(name);
    return name;
  }

  /** Closes the current slice when its time is over, and drops old slices. */
  #advance(track: Track, nowMs: number): void {
    const index = Math.floor(nowMs / track.sliceMs);
    if (index === track.index) return;
    if (track.now.size > 0) this.#close(track);
    track.index = index;
    const oldest = index - track.slices;
    while (track.past[0] && track.past[0].index < oldest) this.#drop(track);
    // Dropped time does not count as covered, so that it is not mistaken for time without queries.
    const long = this.#tracks.at(-1) as Track;
    const limit = this.#options.maxBuckets ?? maxBuckets;
    while (this.#buckets > limit && long.past[0]) {
      long.keptSinceMs = (long.past[0].index + 1) * long.sliceMs;
      this.#drop(long);
    }
  }

  #close(track: Track): void {
    const tallies = new Map([...track.now].map(([name, tally]) => [name, tally.pack()]));
    const buckets = [...tallies.values()].reduce((sum, tally) => sum + tally.buckets.length, 0);
    track.past.push({ index: track.index, tallies, buckets });
    track.now = new Map();
    this.#buckets += buckets;
  }

  #drop(track: Track): void {
    this.#buckets -= track.past.shift()?.buckets ?? 0;
  }
}
