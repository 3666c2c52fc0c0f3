import { execute, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Database } from '../../database/database.js';
import type { Reader } from '../../database/reader/reader.js';
import { badInput, GatewayError } from '../../errors.js';
import { adviseStatement } from '../advice/advise-statement.js';
import { describeStatement, type Examination } from './describe.js';
import { documentOf } from './document.js';
import { explainAsJson, explainAsText } from './explain-statement.js';
import { explainingReader } from './explaining-reader.js';
import { createOneAtATime } from './one-at-a-time.js';
import { inReadOnlyTransaction } from './read-only-transaction.js';
import type { ExplainedStatement } from './type.js';

/** A request to explain a document's statements. */
export interface ExplainRequest {
  readonly schema: GraphQLSchema;
  /** The document as it came. */
  readonly text: string;
  readonly variables: unknown;
  /** Whether to run the statements again with EXPLAIN ANALYZE. */
  readonly analyze: boolean;
  /** The selected fields of the result; others are not computed. */
  readonly wanted: ReadonlySet<string>;
  /** This request's context with another reader in place of the usual ones. */
  readonly contextOver: (reader: Reader) => unknown;
}

export interface Explainer {
  /** @throws GatewayError; `RATE_LIMITED` while another document is being explained. */
  explain(request: ExplainRequest): Promise<ExplainedStatement[]>;
}

export interface ExplainerOptions {
  /** The monitoring pool's database, so that explaining does not take connections from the public. */
  readonly monitoringPool: Database;
  /** The reason why a document exceeds the limits of an operator; null when it does not. */
  readonly documentFault: (text: string) => GatewayError | null;
  /** `statement_timeout`, the same as for ordinary queries. */
  readonly statementLimitMs?: number;
}

/** Well above what an ordinary document needs. */
const limits = { maxStatements: 200, limitMs: 30_000 };

/** Explains documents, one at a time, in read-only transactions. */
export function createExplainer({
  monitoringPool,
  documentFault,
  statementLimitMs = 10_000,
}: ExplainerOptions): Explainer {
  const oneAtATime = createOneAtATime('explain');
  return {
    async explain(request) {
      const variables = variablesOf(request.variables);
      const fault = documentFault(request.text);
      if (fault) throw new GatewayError(fault.code, `query: ${fault.message}`);
      const document = documentOf(request.schema, request.text);
      return oneAtATime.run(() =>
        inReadOnlyTransaction(monitoringPool, statementLimitMs, async (transaction) => {
          const explaining = explainingReader<Examination>(transaction.reader, limits, async (statement) => ({
            json: await explainAsJson(transaction.reader, statement, request.analyze),
            text: request.wanted.has('plan')
              ? await explainAsText(transaction.reader, statement, request.analyze)
              : null,
            suggestions: request.wanted.has('indexSuggestions')
              ? await adviseStatement(transaction, statement)
              : [],
          }));
          const { errors } = await execute({
            schema: request.schema,
            document,
            variableValues: variables,
            contextValue: request.contextOver(explaining.reader),
          });
          if (explaining.failure) throw explaining.failure;
          if (errors?.[0]) throw toGatewayError(errors[0]);
          return explaining.examined.map(describeStatement);
        }),
      );
    },
  };
}

function variablesOf(variables: unknown): Readonly<Record<string, unknown>> {
  if (variables === null || variables === undefined) return {};
  if (typeof variables === 'object' && !Array.isArray(variables))
    return variables as Readonly<Record<string, unknown>>;
  throw badInput(
    `variables: expected an object with a value for each variable, got ${Array.isArray(variables) ? 'a list' : `a ${typeof variables}`}`,
  );
}

/** GraphQL errors of the explained document become BAD_USER_INPUT, GatewayErrors pass, the rest are internal errors. */
function toGatewayError(error: GraphQLError): GatewayError {
  let root: Error = error;
  while (root instanceof GraphQLError && !(root instanceof GatewayError) && root.originalError)
    root = root.originalError;
  if (root instanceof GatewayError) return root;
  if (root instanceof GraphQLError) return badInput(`query: ${error.message}`);
  return new GatewayError('INTERNAL_SERVER_ERROR', undefined, root);
}
