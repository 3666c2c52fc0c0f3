import { type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { composedKey } from '../../composed-key.js';
import type { Tier } from '../../config/limits.js';
import type { GatewayError } from '../../errors.js';
import type { DocumentGuard } from '../../limits/documents/document-guard.js';
import { ownCopy, textBytes } from '../../memory.js';
import { documentBytes } from './document-bytes.js';
import { prepareShared, type SharedOperation } from './shared-operation.js';

/**
 * Everything that is derived from the texts of documents: whether they are within the limits, their syntax trees, and
 * their operations with costs and compiled executions. What belongs to a document is evicted with it.
 */
export interface DocumentStore extends Pick<DocumentGuard, 'check'> {
  /** The operation, if everybody gets the same answer to it; null for whatever is wrong, personal or a mutation. */
  findShared(text: string, operationName: string | null): SharedOperation | null;
  /** The documents that Apollo found to be valid. */
  readonly validated: ValidatedDocuments;
}

/** What Apollo keeps parsed and validated documents in, under keys of its own. */
export interface ValidatedDocuments {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

export interface DocumentStoreOptions {
  /** The schema as the public sees it. */
  readonly schema: GraphQLSchema;
  /** How many tokens a document of the public may have. */
  readonly maxTokens: number;
  /** How much memory everything in the store may take, in bytes. */
  readonly maxBytes: number;
  /** Refuses documents before they are compared with a schema; none is refused unless set. */
  readonly guard?: DocumentGuard;
  /** How often an operation is interpreted before it is compiled, because compiling costs as much as many runs. */
  readonly compileAfter?: number;
}

/** What is known of a document. */
interface Entry {
  /** Shared by everything that is made of the document, because a copy for each would take most of the memory. */
  readonly text: string;
  readonly faults: Readonly<Partial<Record<Tier, GatewayError | null>>>;
  /**
   * The names of its operations; null stands for one without a name. Empty if the public may not execute the document. The
   * list is null until it is parsed.
   */
  readonly names: readonly (string | null)[] | null;
  /** Prepared operations by the request's `operationName`; null if the answer is not the same for everybody. */
  readonly operations: ReadonlyMap<string | null, SharedOperation | null>;
  /** Of a document that Apollo found to be valid. */
  readonly document: DocumentNode | null;
  /** Apollo's keys of the document. */
  readonly keys: readonly string[];
}

const unknown: Entry = Object.freeze({
  text: '',
  faults: {},
  names: null,
  operations: new Map(),
  document: null,
  keys: [],
});

/** What an entry takes beside what is in it, and a fault with its stack, in bytes. */
const entryBytes = 500;
const faultBytes = 3_000;

/** Refusals of longer texts are not cached, in characters. */
const maxRefusedLength = 64_000;

function sizeOf({ faults, operations, document, keys }: Entry, text: string): number {
  let size = entryBytes + textBytes(text);
  for (const fault of Object.values(faults)) if (fault) size += faultBytes;
  for (const operation of operations.values()) size += operation?.retainedBytes ?? textBytes(text);
  for (const key of keys) size += 2 * textBytes(key);
  return size + (document ? documentBytes(document) : 0);
}

export function createDocumentStore(options: DocumentStoreOptions): DocumentStore {
  const { schema, maxTokens, maxBytes, guard, compileAfter = 2 } = options;
  const textsByKey = new Map<string, string>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: sizeOf,
    dispose({ keys }, _text, reason) {
      if (reason !== 'set') for (const key of keys) textsByKey.delete(key);
    },
  });
  const entryOf = (text: string) => entries.get(text) ?? unknown;
  /** Adds to what is known of a document. */
  const add = (text: string, more: Partial<Entry>): Entry => {
    const before = entries.get(text) ?? { ...unknown, text: ownCopy(text) };
    const entry = { ...before, ...more };
    entries.set(entry.text, entry);
    // It has become larger than the whole store.
    if (!entries.has(text)) for (const key of entry.keys) textsByKey.delete(key);
    return entry;
  };

  const publicFault = (text: string, document: DocumentNode): GatewayError | null => {
    const { faults } = entryOf(text);
    if (faults.public !== undefined || !guard) return faults.public ?? null;
    const fault = guard.checkParsed(text, document, 'public');
    add(text, { faults: { ...faults, public: fault } });
    return fault;
  };

  /** Finds out which operations there are; `document` is null where the public may not execute it. */
  const open = (given: string): { readonly entry: Entry; readonly document: DocumentNode | null } => {
    const { text } = add(given, {});
    const document = parseOrNull(text, maxTokens);
    const isAllowed = document !== null && publicFault(text, document) === null;
    const entry = add(text, { names: isAllowed ? operationNames(document) : [] });
    return { entry, document: isAllowed ? document : null };
  };

  const prepare = (
    text: string,
    operationName: string | null,
    document: DocumentNode | null,
  ): SharedOperation | null =>
    document &&
    prepareShared({
      schema,
      document,
      operationName,
      key: composedKey(operationName, text),
      reopen: reopenerOf(store, text, operationName),
      compileAfter,
    });

  const store: DocumentStore = {
    check(text, tier) {
      const { faults } = entryOf(text);
      const known = faults[tier];
      if (known !== undefined || !guard) return known ?? null;
      const fault = guard.check(text, tier);
      if (!fault || text.length <= maxRefusedLength) add(text, { faults: { ...faults, [tier]: fault } });
      return fault;
    },
    findShared(given, operationName) {
      const before = entryOf(given);
      const known = before.operations.get(operationName);
      if (known !== undefined) return known;
      const { entry, document } = before.names === null ? open(given) : { entry: before, document: null };
      const { text, names, operations } = entry;
      // Unknown operation names are not cached.
      const name = nameAmong(names ?? [], operationName);
      if (name === undefined) return null;
      const operation = prepare(text, name, document ?? parseOrNull(text, maxTokens));
      add(text, { operations: new Map(operations).set(name, operation) });
      return operation;
    },
    validated: {
      async get(key) {
        const text = textsByKey.get(key);
        return text === undefined ? undefined : (entryOf(text).document ?? undefined);
      },
      async set(key, document) {
        const text = document.loc?.source.body;
        if (text === undefined) return;
        const before = entryOf(text);
        add(text, {
          document: before.document ?? document,
          keys: before.keys.includes(key) ? before.keys : [...before.keys, key],
        });
        if (entries.has(text)) textsByKey.set(key, text);
      },
      async delete(key) {
        return textsByKey.delete(key);
      },
    },
  };
  return store;
}

/** Separate function so that the closure captures texts, not the document. */
function reopenerOf(store: DocumentStore, text: string, operationName: string | null) {
  return () => store.findShared(text, operationName) as SharedOperation;
}

function operationNames({ definitions }: DocumentNode): (string | null)[] {
  return definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? null] : [],
  );
}

/**
 * The requested operation's name, null for the only one; undefined if none matches. The string is the
 * document's, not the request's.
 */
function nameAmong(
  names: readonly (string | null)[],
  operationName: string | null,
): string | null | undefined {
  if (operationName !== null) return names.find((name) => name === operationName);
  return names.length === 1 ? null : undefined;
}

function parseOrNull(text: string, maxTokens: number): DocumentNode | null {
  try {
    return parse(text, { maxTokens });
  } catch {
    return null;
  }
}
