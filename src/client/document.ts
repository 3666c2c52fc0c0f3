/**
 * A GraphQL document as text that knows the types of its answer and of its variables: the published operations, and what
 * GraphQL Code Generator writes with `documentMode: 'string'`. A plain string is one without types.
 */
export interface TypedText<Data, Variables> {
  toString(): string;
  /** Exists for the compiler only. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** An operation that every gateway of this version knows by its hash. */
export class PublishedDocument<Data, Variables> implements TypedText<Data, Variables> {
  declare readonly __apiType?: (variables: Variables) => Data;

  constructor(
    /** The name of its one operation. */
    readonly name: string,
    /** The SHA-256 of the text, in hexadecimal digits. */
    readonly hash: string,
    readonly text: string,
  ) {}

  toString(): string {
    return this.text;
  }
}

const mutation = /^\s*mutation\b/m;

/** Whether asking twice is not the same as asking once. */
export function isMutation(text: string): boolean {
  return mutation.test(text);
}
