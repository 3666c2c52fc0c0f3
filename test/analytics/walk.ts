import { expect } from 'vitest';
import type { TypedText } from '../../src/client/document.js';
import type { DatabaseName } from '../support/databases.js';
import type { Asker, Gateway } from '../support/gateway.js';

/** A page of one row asks for every position; that takes long, and the statements are the same everywhere. */
export const pageSizes: Readonly<Record<DatabaseName, readonly number[]>> = {
  PGlite: [1, 7, 100],
  'PostgreSQL 18': [2, 100],
  'PostgreSQL 15': [7],
  TEST_DATABASE_URL: [1, 7, 100],
};

export interface Step {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

interface Connection {
  readonly nodes: readonly object[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A list that is walked page by page, as a front end does. */
export interface List<Data> {
  // A document is only handed through here; what its variables are, the gateway checks.
  // biome-ignore lint/suspicious/noExplicitAny: the variables of the lists differ in their orderings alone
  readonly document: TypedText<Data, any>;
  readonly variables?: object;
  readonly view: string;
  readonly key: string;
  readonly orderFields: string;
  readonly asker?: Asker;
  connectionOf(data: Data): Connection;
}

/** The keys of all rows, gathered over pages of `size` from the first to the last. */
export async function walkForwards<Data>(
  gateway: Gateway,
  list: List<Data>,
  orderBy: readonly Step[],
  size: number,
): Promise<string[]> {
  const keys: string[] = [];
  let after: string | null = null;
  for (;;) {
    const data: Data = await gateway.read(
      list.document,
      { ...list.variables, orderBy, first: size, after },
      list.asker,
    );
    const { nodes, pageInfo } = list.connectionOf(data);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    keys.push(...nodes.map((node) => keyOf(list, node)));
    if (!pageInfo.hasNextPage) return keys;
    expect(nodes).toHaveLength(size);
    after = pageInfo.endCursor;
  }
}

/** The same from the last page to the first; the keys still come in the order of the list. */
export async function walkBackwards<Data>(
  gateway: Gateway,
  list: List<Data>,
  orderBy: readonly Step[],
  size: number,
): Promise<string[]> {
  const pages: string[][] = [];
  let before: string | null = null;
  for (;;) {
    const data: Data = await gateway.read(
      list.document,
      { ...list.variables, orderBy, last: size, before },
      list.asker,
    );
    const { nodes, pageInfo } = list.connectionOf(data);
    expect(pageInfo.hasNextPage).toBe(before !== null);
    pages.unshift(nodes.map((node) => keyOf(list, node)));
    if (!pageInfo.hasPreviousPage) return pages.flat();
    expect(nodes).toHaveLength(size);
    before = pageInfo.startCursor;
  }
}

/** All keys in the order that the database itself gives them. */
export async function listKeysInOrder<Data>(
  gateway: Gateway,
  list: List<Data>,
  orderBy: readonly Step[],
): Promise<string[]> {
  const steps = orderBy.map(({ field, direction }) => `${field.toLowerCase()} ${direction} nulls last`);
  const key = list.key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const { rows } = await gateway.database.query<{ key: string }>(
    `select ${key} as key from ${list.view} order by ${[...steps, key].join(', ')}`,
  );
  return rows.map((row) => row.key);
}

/** Every field of the ordering with each direction, as the schema names them. */
export async function listOrderings<Data>(gateway: Gateway, list: List<Data>): Promise<Step[]> {
  const { data } = await gateway.ask(
    `{ __type(name: "${list.orderFields}") { enumValues { name } } }`,
    {},
    list.asker,
  );
  const { enumValues } = (data as { __type: { enumValues: { name: string }[] } }).__type;
  expect(enumValues.length).toBeGreaterThan(10);
  return enumValues.flatMap(({ name }) => [
    { field: name, direction: 'ASC' as const },
    { field: name, direction: 'DESC' as const },
  ]);
}

/** Walks a list in every ordering of one field, both ways, and compares each walk with the database's own order. */
export async function walkEveryOrdering<Data>(
  gateway: Gateway,
  list: List<Data>,
  size: number,
): Promise<void> {
  const walks = (await listOrderings(gateway, list)).map(async (step) => {
    const expected = await listKeysInOrder(gateway, list, [step]);
    expect(expected.length).toBeGreaterThan(2);
    const what = `${step.field} ${step.direction} in pages of ${size}`;
    expect(await walkForwards(gateway, list, [step], size), `${what}, forwards`).toEqual(expected);
    expect(await walkBackwards(gateway, list, [step], size), `${what}, backwards`).toEqual(expected);
  });
  await Promise.all(walks);
}

function keyOf<Data>(list: List<Data>, node: object): string {
  return String((node as Record<string, unknown>)[list.key]);
}
