import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  validate,
} from 'graphql';
import { directiveVariables } from '../../language/included.js';
import type { Cost } from '../../limits/cost/cost.js';
import { knownCosts } from '../../limits/cost/known-costs.js';
import { ownCopy } from '../../memory.js';
import { coerceVariables } from '../execution/coerce-variables.js';
import { compileOperation, type WriteOperation, type Written } from '../execution/write-operation.js';
import { documentBytes } from './document-bytes.js';
import { isShared } from './is-shared.js';

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

export interface SharedOperationOptions extends Pick<SharedOperation, 'key' | 'reopen'> {
  /** The schema as the public sees it. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** How often it is interpreted before it is compiled. */
  readonly compileAfter: number;
}

/** Null for an operation that is not valid, or whose answer is not the same for everybody. */
export function prepareShared(options: SharedOperationOptions): SharedOperation | null {
  const { schema, document, operationName, key, reopen, compileAfter } = options;
  const operation = getOperationAST(document, operationName);
  if (
    !operation ||
    validate(schema, document, undefined, { maxErrors: 1 }).length > 0 ||
    !isShared(schema, document, operation)
  )
    return null;
  // A copy, because questions keep it longer than the document.
  const name = operation.name ? ownCopy(operation.name.value) : null;
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const deciding = decidingVariables(document, operation);
  const compiledFor = createCompiler(schema, document, operation, deciding);
  let runs = 0;
  return {
    key,
    name,
    // Each time that it is compiled it takes about as much again.
    retainedBytes: (1 + maxCompiled(deciding)) * documentBytes(document),
    reopen,
    coerce: (variables) => coerceVariables(schema, operation, variables).coerced ?? null,
    declared(variables) {
      const declared: Record<string, unknown> = {};
      for (const name of names) if (Object.hasOwn(variables, name)) declared[name] = variables[name];
      return declared;
    },
    costOf: knownCosts(schema, document, operation),
    write(context, { given, coerced }) {
      runs += 1;
      const compiled = runs > compileAfter ? compiledFor(coerced) : null;
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

type Variables = Readonly<Record<string, unknown>>;

/** An operation with more deciding variables is not compiled: each combination of their values is compiled separately. */
const maxDeciding = 2;

/**
 * The variables that decide which fields an operation has. A variable that a directive of another operation uses may have
 * the same name and any type.
 */
function decidingVariables(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly string[] {
  const used = new Set(directiveVariables(document));
  return variableDefinitions
    .filter(({ type }) => (type.kind === Kind.NON_NULL_TYPE ? isBoolean(type.type) : isBoolean(type)))
    .map(({ variable }) => variable.name.value)
    .filter((name) => used.has(name));
}

function isBoolean(type: TypeNode): boolean {
  return type.kind === Kind.NAMED_TYPE && type.name.value === 'Boolean';
}

/** Some variables alone, so that nothing keeps the others of a request alive. What is missing stays missing. */
function only(names: readonly string[], variables: Variables): Variables {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]),
  );
}

function maxCompiled(deciding: readonly string[]): number {
  return deciding.length > maxDeciding ? 0 : 2 ** deciding.length;
}

/** Compiles an operation once for each value of the variables that decide which fields it has. */
function createCompiler(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  deciding: readonly string[],
): (variables: Variables) => WriteOperation | null {
  const compiled = new Map<string, WriteOperation | null>();
  return (variables) => {
    if (deciding.length > maxDeciding) return null;
    const key = deciding.map((name) => variables[name]).join();
    let write = compiled.get(key);
    if (write === undefined) {
      write = compileOperation(schema, document, operation, only(deciding, variables));
      compiled.set(key, write);
    }
    return write;
  };
}

async function interpret(what: ExecutionArgs): Promise<Written> {
  const { data = null, errors = [] } = await execute(what);
  return { data: JSON.stringify(data), errors };
}
