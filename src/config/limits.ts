/** Whose limits: of those without credentials, of signed-in addresses, of those who are on call. */
export const tiers = ['public', 'listener', 'operator'] as const;
export type Tier = (typeof tiers)[number];

/** What one request, and all requests of one subject, may ask for. */
export interface Limits {
  /** The body of a POST, in bytes as they are sent. */
  readonly bodyBytes: number;
  /** Tokens of a document, counted before anything is built from them. */
  readonly tokens: number;
  /** Fields below each other, the root field being the first; introspection is counted apart. */
  readonly depth: number;
  /** Aliases in a document, whatever they stand for. */
  readonly aliases: number;
  /** Directives in a document. */
  readonly directives: number;
  /** Fields at the root of an operation. */
  readonly rootFields: number;
  /** Fragments that a document defines. */
  readonly fragments: number;
  /** Rows of one page or list. The schema has a bound of its own, 100. */
  readonly page: number;
  /** Conditions in all filters of an operation. */
  readonly conditions: number;
  /** Conditions that look for a part of a text, and words of searches. */
  readonly patterns: number;
  /** Places in an operation that ask for `totalCount`. */
  readonly counts: number;
  /** Rows of one export; `allRows` is no limit. */
  readonly exportRows: number;
  /** The cost of an operation, in units; `src/limits/cost/cost.ts` says what they are. */
  readonly cost: number;
  /** Units that one subject may spend in a second, on average. */
  readonly rate: number;
  /** Units that one subject may spend at once after a pause. */
  readonly burst: number;
}

/** As many rows as no list has. */
export const allRows = 1_000_000_000;

/** How many connections there may be at once. */
export interface ConnectionLimits {
  /** All of them. */
  readonly open: number;
  /** Those whose request is not complete, or whose answer is not read, for more than a second. */
  readonly unfinished: number;
  /** The same of one address of IPv4, or of a /64 of IPv6. */
  readonly unfinishedPerAddress: number;
}

export const defaultConnectionLimits: ConnectionLimits = Object.freeze({
  open: 10_000,
  unfinished: 1_024,
  unfinishedPerAddress: 64,
});

const ofThePublic: Limits = Object.freeze({
  bodyBytes: 131_072,
  tokens: 2_000,
  depth: 12,
  aliases: 60,
  directives: 60,
  rootFields: 40,
  fragments: 40,
  page: 100,
  conditions: 200,
  patterns: 20,
  counts: 20,
  exportRows: 10_000,
  cost: 25_000,
  rate: 50_000,
  burst: 500_000,
});

export const defaultLimits: Readonly<Record<Tier, Limits>> = Object.freeze({
  public: ofThePublic,
  listener: ofThePublic,
  operator: Object.freeze({
    bodyBytes: 1_048_576,
    tokens: 10_000,
    depth: 20,
    aliases: 500,
    directives: 500,
    rootFields: 200,
    fragments: 200,
    page: 100,
    conditions: 2_000,
    patterns: 200,
    counts: 200,
    exportRows: allRows,
    cost: 250_000,
    rate: 500_000,
    burst: 5_000_000,
  }),
});

/** The largest that each may be set to; what lies beyond would be no limit. */
const largest: Limits = {
  bodyBytes: 16_777_216,
  tokens: 100_000,
  depth: 100,
  aliases: 10_000,
  directives: 10_000,
  rootFields: 10_000,
  fragments: 10_000,
  page: 100,
  conditions: 100_000,
  patterns: 100_000,
  counts: 100_000,
  exportRows: allRows,
  cost: 1_000_000_000,
  rate: 1_000_000_000,
  burst: 1_000_000_000,
};

/**
 * Reads `public.cost:10000,operator.depth:30` over the defaults.
 * @param onFault is told of each entry that cannot be used.
 */
export function readLimits(
  entries: readonly string[],
  onFault: (message: string) => void,
): Readonly<Record<Tier, Limits>> {
  const limits: Record<Tier, Record<string, number>> = {
    public: { ...defaultLimits.public },
    listener: { ...defaultLimits.listener },
    operator: { ...defaultLimits.operator },
  };
  for (const entry of entries.flatMap(tiersOf)) {
    const [, tier, name = '', digits] =
      /^(public|listener|operator)\.([a-zA-Z]+):(\d{1,10})$/.exec(entry) ?? [];
    const most = Object.hasOwn(largest, name) ? largest[name as keyof Limits] : 0;
    const value = Number(digits);
    if (!tier || most === 0)
      onFault(
        `LIMITS: expected entries such as public.cost:10000 (${tiers.join(', ')}; ${Object.keys(largest).join(', ')}), got ${JSON.stringify(entry)}`,
      );
    else if (value < 1 || value > most)
      onFault(`LIMITS: expected ${tier}.${name} from 1 to ${most}, got ${digits}`);
    else limits[tier as Tier][name] = value;
  }
  for (const tier of tiers) {
    const { cost = 0, burst = 0 } = limits[tier];
    // What costs more than anybody ever has can never be asked for, and would be told to come back later for ever.
    if (burst < cost)
      onFault(`LIMITS: expected ${tier}.burst to be at least ${tier}.cost, ${cost}, got ${burst}`);
    Object.freeze(limits[tier]);
  }
  return Object.freeze(limits) as unknown as Readonly<Record<Tier, Limits>>;
}

/** `export.rows` is the one limit that can be set for the public and listeners together. */
function tiersOf(entry: string): string[] {
  const [, digits] = /^export\.rows:(.*)$/.exec(entry) ?? [];
  return digits === undefined ? [entry] : [`public.exportRows:${digits}`, `listener.exportRows:${digits}`];
}
