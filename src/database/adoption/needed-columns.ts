export type ColumnFamily = 'text' | 'instant' | 'integer' | 'bigint' | 'money';

/** What the views need of the user's tables: column → family of types. Everything else in them is left alone. */
export const neededColumns: Readonly<Record<string, Readonly<Record<string, ColumnFamily>>>> = {
  artists: { artist_address: 'text', name: 'text', created_at: 'instant' },
  songs: {
    song_id: 'text',
    title: 'text',
    artist_address: 'text',
    genre: 'text',
    strategy: 'text',
    created_at: 'instant',
  },
  plays: {
    id: 'bigint',
    song_id: 'text',
    listener_address: 'text',
    played_at: 'instant',
    duration: 'integer',
    amount_paid: 'money',
  },
};

/** The columns of plays that are counted. A change of one of them has to be captured. */
export const countedColumns = ['song_id', 'listener_address', 'played_at', 'duration', 'amount_paid'];

interface Family {
  readonly accepts: RegExp;
  readonly expected: string;
  /** Types that such a value may be held in under another name or in another form. */
  readonly resembles: RegExp;
  readonly type: string;
  /** Converts a column of a resembling type. */
  convert(column: string, type: string): string;
}

const cast = (type: string) => (column: string) => `${column}::${type}`;

export const columnFamilies: Readonly<Record<ColumnFamily, Family>> = {
  text: {
    accepts: /^(text|character varying.*|character\(.*)$/,
    expected: 'text or varchar',
    resembles: /^(text|character.*|citext|uuid)$/,
    type: 'text',
    convert: cast('text'),
  },
  instant: {
    accepts: /^timestamp(\(\d\))? with time zone$/,
    expected: 'timestamptz',
    resembles: /^(timestamp.*|date)$/,
    type: 'timestamptz',
    convert: (column, type) =>
      type.startsWith('timestamp') && type.endsWith('without time zone')
        ? `${column} at time zone 'UTC'`
        : `${column}::timestamptz`,
  },
  integer: {
    accepts: /^(smallint|integer|bigint)$/,
    expected: 'integer',
    resembles: /^(smallint|integer|bigint|numeric.*|real|double precision|interval)$/,
    type: 'integer',
    convert: (column, type) =>
      type === 'interval' ? `extract(epoch from ${column})::integer` : `${column}::integer`,
  },
  bigint: {
    accepts: /^(integer|bigint)$/,
    expected: 'bigint',
    resembles: /^(smallint|integer|bigint|numeric.*)$/,
    type: 'bigint',
    convert: cast('bigint'),
  },
  money: {
    accepts: /^numeric\(\d+,\d+\)$/,
    expected:
      'numeric with a precision and a scale, such as numeric(18,8), because other types cannot be summed exactly',
    resembles: /^(numeric.*|money|real|double precision|integer|bigint)$/,
    type: 'numeric(18,8)',
    convert: cast('numeric(18,8)'),
  },
};
