import { type DocumentNode, execute, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Database } from '../../database/database.js';
import { badInput, GatewayError } from '../../errors.js';
import { adviseStatement } from '../advice/advise-statement.js';
import { describeStatement, type Examination } from './describe.js';
import { explainAsJson, explainAsText } from './explain-statement.js';
import { explainingDatabase } from './explaining-database.js';
import { inReading } from './reading.js';
import { createTurn } from './turn.js';
import type { ExplainedStatement } from './type.js';

/** A document whose statements are to be explained. */
export interface Question {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: unknown;
  /** Whether the statements are run once more and measured. */
  readonly analyze: boolean;
  /** What of the answer was asked for; the rest is not worked out. */
  readonly wanted: ReadonlySet<string>;
  /** The context of the request as it would be over another database. */
  readonly contextOver: (database: Database) => unknown;
}

export interface Explainer {
  /** @throws GatewayError; `RATE_LIMITED` while another document is being explained. */
  explain(question: Question): Promise<ExplainedStatement[]>;
}

export interface ExplainerOptions {
  /** A database that the public does not wait for. */
  readonly reserve: Database;
  /** How long one statement may take; what is asked directly has as long. */
  readonly statementLimitMs?: number;
}

/** More statements than any sensible document costs, and more time than anybody waits. */
const limits = { maxStatements: 200, limitMs: 30_000 };

/** Explains what documents cost: one at a time, in transactions that cannot write. */
export function createExplainer({ reserve, statementLimitMs = 10_000 }: ExplainerOptions): Explainer {
  const turn = createTurn('explain');
  return {
    async explain(question) {
      const variables = variablesOf(question.variables);
      return turn.take(() =>
        inReading(reserve, statementLimitMs, async (reading) => {
          const explaining = explainingDatabase<Examination>(reading, limits, async (statement) => ({
            json: await explainAsJson(reading.database, statement, question.analyze),
            text: question.wanted.has('plan')
              ? await explainAsText(reading.database, statement, question.analyze)
              : null,
            suggestions: question.wanted.has('indexSuggestions')
              ? await adviseStatement(reading, statement)
              : [],
          }));
          const { errors } = await execute({
            schema: question.schema,
            document: question.document,
            variableValues: variables,
            contextValue: question.contextOver(explaining.database),
          });
          if (explaining.failure) throw explaining.failure;
          if (errors?.[0]) throw asOwnError(errors[0]);
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

/** What was wrong with the inner document is wrong with the argument; what broke inside of it broke here. */
function asOwnError(error: GraphQLError): GatewayError {
  let root: Error = error;
  while (root instanceof GraphQLError && !(root instanceof GatewayError) && root.originalError)
    root = root.originalError;
  if (root instanceof GatewayError) return root;
  if (root instanceof GraphQLError) return badInput(`query: ${error.message}`);
  return new GatewayError('INTERNAL_SERVER_ERROR', undefined, root);
}
