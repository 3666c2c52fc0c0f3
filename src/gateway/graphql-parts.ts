import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { schemaFor } from '../auth/visible-schema.js';
import type { ResponseCache } from '../cache/response-cache.js';
import type { Config } from '../config/config.js';
import type { ErrorCode } from '../errors.js';
import { costPlugin } from '../graphql/apollo/cost-plugin.js';
import { createGraphql, type Graphql } from '../graphql/apollo/create-graphql.js';
import { refusalsPlugin } from '../graphql/apollo/refusals-plugin.js';
import { createDocumentStore } from '../graphql/documents/document-store.js';
import { askShared, type FailedExecution } from '../graphql/execution/shared-run.js';
import type { RequestContext } from '../graphql/request-context.js';
import { type Plan, SharedAnswers } from '../http/answers/shared-answers.js';
import { weighWithheldCounts } from '../limits/cost/withheld-counts.js';
import type { DocumentGuard } from '../limits/documents/document-guard.js';
import { readTrustedDocuments } from '../limits/documents/trusted-documents.js';
import { createSchema } from '../schema/schema.js';
import type { Tracing } from '../tracing/tracing.js';
import type { Contexts } from './contexts.js';

/** How much memory everything that is derived from documents may take, in bytes. */
const documentStoreBytes = 48_000_000;

/** The file of the published operations, unless another one is configured. */
const ownTrustedDocuments = fileURLToPath(new URL('../../schema/trusted-documents.json', import.meta.url));

/** Reads the documents that may be sent by their hashes alone; with `TRUSTED_DOCUMENTS_ONLY` the public has no others. */
export function readPublished(config: Pick<Config, 'trustedDocumentsFile'>) {
  return readTrustedDocuments(config.trustedDocumentsFile ?? ownTrustedDocuments);
}

export interface GraphqlPartsOptions {
  readonly config: Config;
  readonly published: ReturnType<typeof readPublished>;
  readonly guard: DocumentGuard;
  readonly contexts: Contexts;
  readonly cache: ResponseCache<FailedExecution>;
  readonly plan: Omit<Plan, 'now'>;
  readonly onRefused: (code: ErrorCode) => void;
  readonly now: () => Date;
  readonly log: Logger;
  /** Follows requests; null where nobody does. */
  readonly tracing: Tracing | null;
}

/** What GraphQL requests are answered with. */
export interface GraphqlParts {
  readonly graphql: Graphql<RequestContext>;
  readonly answers: SharedAnswers;
  /** All of it, with its rules of access. */
  readonly schema: GraphQLSchema;
  /** Refuses documents that ask for too much. */
  readonly guard: Pick<DocumentGuard, 'check'>;
}

/** Makes the schema, the store of documents, Apollo, and the answers that are the same for everybody. */
export async function createGraphqlParts(options: GraphqlPartsOptions): Promise<GraphqlParts> {
  const { config, published, guard, contexts, cache, plan, onRefused, now, log, tracing } = options;
  const { limits } = config;
  const schema = await createSchema();
  const schemas = { public: schemaFor(schema, 'public'), operator: schemaFor(schema, 'operator') };
  if (config.withholdListenersUnder > 0) Object.values(schemas).forEach(weighWithheldCounts);
  const documents = createDocumentStore({
    schema: schemas.public,
    maxTokens: limits.public.tokens,
    maxBytes: documentStoreBytes,
    guard,
  });
  const graphql = await createGraphql<RequestContext>({
    schemas,
    log,
    context: contexts.forRequest,
    plugins: [refusalsPlugin(onRefused), costPlugin(limits), ...(tracing ? [tracing.plugin()] : [])],
    maxTokens: {
      public: Math.max(limits.public.tokens, limits.listener.tokens),
      operator: limits.operator.tokens,
    },
    published,
    validated: documents.validated,
    describesSchema: config.describesSchema,
  });
  const Answers = tracing?.Answers ?? SharedAnswers;
  const answers = new Answers({
    cache,
    persisted: graphql.persisted.public,
    costLimit: limits.public.cost,
    onRefused,
    plan: { ...plan, now },
    find({ text, operationName, variables }) {
      const operation = documents.findShared(text, operationName);
      return operation && askShared(operation, variables, contexts.forEverybody, limits.public);
    },
  });
  return { graphql, answers, schema, guard: documents };
}
