import type { ImportColumn } from './columns/column.js';
import type { Layout } from './header.js';
import type { ImportTable } from './tables.js';

/** The statements that bring the rows of a batch from a temporary table into theirs. */
export interface Staging {
  readonly table: string;
  /** Of the temporary table, in the order in which values are copied; the first is the row's position in the batch. */
  readonly columns: readonly string[];
  readonly create: string;
  /** Takes out the rows whose reference leads nowhere, and gives their positions. */
  readonly takeUnknown: string | null;
  /** Takes out the rows whose key is in the table or in a row before, and gives their positions. */
  readonly takeDoubled: string | null;
  /** Moves what is left; all of them are run. */
  readonly insert: readonly string[];
}

export function stagingFor(table: ImportTable, layout: Layout): Staging {
  const columns = layout.filter((column) => column !== null);
  const staged = `pg_temp.import_${table.name}`;
  const { key, reference } = table;
  const hasKey = columns.some((column) => column.name === key);
  const isNumbered = table.columns.find((column) => column.name === key)!.type === 'bigint';
  const filled = table.columns.filter((column) => column.isFilled && !columns.includes(column));
  const insertOf = (copied: readonly ImportColumn[], condition: string) => {
    const taken = [...copied, ...filled];
    return `insert into ${table.name} (${taken.map((column) => column.name).join(', ')}) overriding system value
     select ${taken.map(selected).join(', ')} from ${staged} where ${condition} order by position`;
  };
  const withoutKey = columns.filter((column) => column.name !== key);
  // All columns, whether the file has them or not: a session keeps the table from one import to the next.
  const definitions = table.columns.map((column) => `${column.name} ${column.type}`).join(', ');
  return {
    table: staged,
    columns: ['position', ...columns.map((column) => column.name)],
    create: `create temporary table if not exists import_${table.name} (position integer, ${definitions}) on commit delete rows`,
    takeUnknown: reference
      ? `delete from ${staged} s where not exists
           (select from ${reference.table} t where t.${reference.column} = s.${reference.column}) returning position`
      : null,
    takeDoubled: hasKey
      ? `delete from ${staged} s using (
           select position, row_number() over (partition by ${key} order by position) > 1 as is_doubled
           from ${staged} where ${key} is not null) d
         where d.position = s.position
           and (d.is_doubled or exists (select from ${table.name} t where t.${key} = s.${key}))
         returning s.position`
      : null,
    insert: !hasKey
      ? [insertOf(columns, 'true')]
      : isNumbered
        ? [
            insertOf(columns, `${key} is not null`),
            insertOf(withoutKey, `${key} is null`),
            numberAbove(table.name, staged, key),
          ]
        : [insertOf(columns, 'true')],
  };
}

function selected({ name, whenEmpty }: ImportColumn): string {
  return whenEmpty ? `coalesce(${name}, ${whenEmpty})` : name;
}

/** Lets the numbers that the database gives go on above those that the file gave. */
function numberAbove(table: string, staged: string, key: string): string {
  return `select setval(numbers, highest)
    from (select pg_get_serial_sequence('${table}', '${key}')::regclass as numbers, (select max(${key}) from ${staged}) as highest) s
    where numbers is not null and highest > coalesce(pg_sequence_last_value(numbers), 0)`;
}
