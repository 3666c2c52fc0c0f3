import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { composedKey } from '../../composed-key.js';
import type { Cost } from '../../limits/cost/cost.js';
import { knownCosts } from '../../limits/cost/known-costs.js';
import { ownCopy, textBytes } from '../../memory.js';
import { coerceVariables } from '../execution/coerce-variables.js';
import { compileOperation, type WriteOperation, type Written } from '../execution/write-operation.js';
import { documentBytes } from './document-bytes.js';
import { isShared } from './shared-operation.js';

/** An operation whose answer is the same for everybody until the views move. */
export interface SharedOperation {
  /** Tells operations apart: the document and, where it has several, the name. */
  readonly key: string;
  readonly name: string | null;
  /** The memory of everything that is made of the operation, in bytes. */
  readonly retainedBytes: number;
  /** The variables with their defaults, in the order of their definitions; null when they do not fit. */
  coerce(variables: Readonly<Record<string, unknown>>): Record<string, unknown> | null;
  /** Of some variables, those that the operation declares. */
  declared(variables: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Looks the operation up again, and parses it anew if it was evicted. Answers hold this and not the document, which is large. */
  readonly reopen: () => SharedOperation;
  /** What it costs; `variables` are coerced. */
  costOf(variables: Readonly<Record<string, unknown>>): Cost;
  write(context: unknown, variables: SharedVariables): Promise<Written> | Written;
}

/** Variables as they came, and as `coerce` made them. */
export interface SharedVariables {
  readonly given: Readonly<Record<string, unknown>>;
  readonly coerced: Readonly<Record<string, unknown>>;
}

export interface SharedOperations {
  /** Null for whatever is wrong, personal or a mutation: that is for Apollo to answer. */
  find(text: string, operationName: string | null): SharedOperation | null;
}

export interface SharedOperationsOptions {
  /** The schema as the public sees it. */
  readonly schema: GraphQLSchema;
  /** How many tokens a document may have. */
  readonly maxTokens: number;
  /** How much memory the operations that are kept may take, in bytes. */
  readonly maxBytes: number;
  /** Whether a document is refused before it is compared with the schema; none is unless said. */
  readonly isRefused?: (text: string, document: DocumentNode) => boolean;
  /** How often an operation is interpreted before it is compiled, because compiling costs as much as many runs. */
  readonly compileAfter?: number;
}

/** Keeps operations parsed, validated, and compiled once they are asked for again and again. */
export function createSharedOperations(options: SharedOperationsOptions): SharedOperations {
  const known = new LRUCache<string, { readonly operation: SharedOperation | null }>({
    maxSize: options.maxBytes,
    // Of what is not shared only the text is kept.
    sizeCalculation: ({ operation }, key) => 300 + textBytes(key) * 2 + (operation?.retainedBytes ?? 0),
  });
  const open = (key: string, text: string, operationName: string | null): SharedOperation | null => {
    let entry = known.get(key);
    if (!entry) {
      const [ownText, ownName] = [ownCopy(text), operationName === null ? null : ownCopy(operationName)];
      entry = {
        operation: prepare(options, opener(open, key, ownText, ownName), key, ownText, ownName),
      };
      known.set(key, entry);
    }
    return entry.operation;
  };
  return { find: (text, operationName) => open(composedKey(operationName, text), text, operationName) };
}

/** Separate function so that the closure captures texts, not the document. */
function opener(
  open: (key: string, text: string, operationName: string | null) => SharedOperation | null,
  key: string,
  text: string,
  operationName: string | null,
) {
  return () => open(key, text, operationName) as SharedOperation;
}

function prepare(
  { schema, maxTokens, isRefused, compileAfter = 2 }: SharedOperationsOptions,
  reopen: SharedOperation['reopen'],
  key: string,
  text: string,
  operationName: string | null,
): SharedOperation | null {
  const document = parsed(text, maxTokens);
  if (!document || isRefused?.(text, document)) return null;
  const operation = getOperationAST(document, operationName);
  if (
    !operation ||
    validate(schema, document, undefined, { maxErrors: 1 }).length > 0 ||
    !isShared(schema, document, operation)
  )
    return null;
  const name = operation.name?.value ?? null;
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);

  let compiled: WriteOperation | null = null;
  let runs = 0;
  return {
    key,
    name,
    // Compiled it takes about as much again.
    retainedBytes: 2 * documentBytes(document),
    reopen,
    coerce: (variables) => coerceVariables(schema, operation, variables).coerced ?? null,
    declared(variables) {
      const declared: Record<string, unknown> = {};
      for (const name of names) if (Object.hasOwn(variables, name)) declared[name] = variables[name];
      return declared;
    },
    costOf: knownCosts(schema, document, operation),
    write(context, { given, coerced }) {
      if (runs === compileAfter) compiled = compileOperation(schema, document, operation);
      runs += 1;
      if (compiled) return compiled(context, coerced);
      return interpret({
        schema,
        document,
        contextValue: context,
        variableValues: given,
        operationName: name,
      });
    },
  };
}

async function interpret(what: ExecutionArgs): Promise<Written> {
  const { data = null, errors = [] } = await execute(what);
  return { data: JSON.stringify(data), errors };
}

function parsed(text: string, maxTokens: number) {
  try {
    return parse(text, { maxTokens });
  } catch {
    return null;
  }
}
