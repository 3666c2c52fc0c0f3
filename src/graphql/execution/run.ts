import { type FieldNode, GraphQLError, locatedError, type ResponsePath } from 'graphql';

export type Path = ResponsePath | undefined;

/** One run of an operation. */
export interface Run {
  readonly context: unknown;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the fields that became null because of them. */
  readonly errors: GraphQLError[];
}

/** A piece of JSON, or one that has to be waited for. */
export type Text = string | Promise<string>;

export function below(path: Path, key: string | number, typename: string | undefined): ResponsePath {
  return { prev: path, key, typename };
}

/**
 * What stands in an answer in place of a value that could not be had: null where the type allows that, and the error
 * beside it.
 * @throws GraphQLError where it does not, so that null stands further up
 */
export function nullOrThrow(
  error: unknown,
  isNullable: boolean,
  nodes: readonly FieldNode[],
  path: ResponsePath,
  run: Run,
): string {
  const located = locatedError(error, nodes, pathToArray(path));
  if (!isNullable) throw located;
  run.errors.push(located);
  return 'null';
}

function pathToArray(path: ResponsePath): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let each: Path = path; each; each = each.prev) keys.unshift(each.key);
  return keys;
}

export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && typeof (value as { then?: unknown } | null)?.then === 'function';
}

/** Ignores rejections of siblings that were abandoned when one of them failed. */
export function ignoreRejections(texts: readonly Text[]): void {
  for (const text of texts) if (typeof text !== 'string') text.catch(() => {});
}

/** Puts pieces together when the last of them is there. */
export function joined(texts: readonly Text[]): Promise<string> {
  const [before, only, behind] = texts;
  // An object with one field that has to be waited for, which is what nearly all of them are.
  if (texts.length === 3 && typeof before === 'string' && typeof behind === 'string')
    return (only as Promise<string>).then((text) => before + text + behind);
  return Promise.all(texts).then((all) => all.join(''));
}
