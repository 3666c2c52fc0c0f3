import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Audience } from '../../auth/visible-schema.js';
import { GatewayError } from '../../errors.js';
import type { TrustedDocuments } from '../../limits/documents/trusted-documents.js';
import type { ValidatedDocuments } from '../documents/document-store.js';
import { createPersistedQueries, type PersistedQueries } from '../documents/persisted-queries.js';
import type { ContextFactory, Log, RequestContext } from '../request-context.js';
import { errorPlugin } from './error-plugin.js';
import { landingPagePlugin } from './landing-page.js';
import { maskError, maskErrorWithoutSuggestions } from './mask-error.js';
import { nameValues } from './name-values.js';
import { operationKindsPlugin } from './operation-kinds-plugin.js';
import { operatorFieldsPlugin } from './operator-fields-plugin.js';

/** How many tokens a document may have unless told otherwise. It is counted before anything is built from them. */
const defaultTokens = 10_000;

/** How many faults of one document are told; suggesting names takes time. */
const maxValidationErrors = 5;

export interface GraphqlOptions<Context extends RequestContext> {
  /** The same schema twice, as each audience sees it; access rules are enforced in both. */
  readonly schemas: Readonly<Record<Audience, GraphQLSchema>>;
  readonly context: ContextFactory<Context>;
  readonly log: Log;
  /** Further plugins, the same for both audiences. */
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  readonly maxTokens?: Readonly<Record<Audience, number>>;
  /** Documents that need not be brought before they are asked for by their hash. */
  readonly published?: TrustedDocuments | null;
  /** Where valid documents are kept; by Apollo's own means unless set. */
  readonly validated?: ValidatedDocuments;
  /** Whether the public may find out what is in its schema: by introspection, or by suggestions in errors. */
  readonly describesSchema?: boolean;
}

/**
 * Persisted queries are found by their hash where a request is read, so that their texts are guarded like any others.
 * An unknown hash reaches Apollo only so that it answers PERSISTED_QUERY_NOT_FOUND.
 */
const emptyCache = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => false,
};

/** GraphQL for both audiences, started. */
export interface Graphql<Context extends RequestContext> {
  readonly servers: Readonly<Record<Audience, ApolloServer<Context>>>;
  /** Texts by their hash. */
  readonly persisted: Readonly<Record<Audience, PersistedQueries>>;
  /** @throws GatewayError */
  contextFor(request: RequestContext): Promise<Context>;
  /** To be called when nothing comes in any more. */
  stop(): Promise<void>;
}

/** Makes and starts one server for each audience, so that what is hidden from one cannot be found through it. */
export async function createGraphql<Context extends RequestContext>(
  options: GraphqlOptions<Context>,
): Promise<Graphql<Context>> {
  const { published = null } = options;
  const persisted = {
    public: createPersistedQueries(published),
    operator: createPersistedQueries(published),
  };
  const servers = {
    public: createApollo(options, 'public', [operatorFieldsPlugin(options.schemas.operator)]),
    operator: createApollo(options, 'operator', []),
  };
  await Promise.all([servers.public.start(), servers.operator.start()]);
  return {
    servers,
    persisted,
    async contextFor(request) {
      try {
        return await options.context(request);
      } catch (error) {
        if (error instanceof GatewayError) throw error;
        request.log.error({ err: error }, 'the context of a request could not be made');
        throw new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
      }
    },
    async stop() {
      await Promise.all([servers.public.stop(), servers.operator.stop()]);
    },
  };
}

function createApollo<Context extends RequestContext>(
  { schemas, log, plugins = [], maxTokens, describesSchema = true, validated }: GraphqlOptions<Context>,
  audience: Audience,
  ownPlugins: readonly ApolloServerPlugin<Context>[],
): ApolloServer<Context> {
  const isDescribed = audience === 'operator' || describesSchema;
  return new ApolloServer<Context>({
    schema: schemas[audience],
    introspection: isDescribed,
    includeStacktraceInErrorResponses: false,
    formatError: isDescribed
      ? (formatted, error) => maskError(nameValues(formatted, schemas[audience]), error)
      : maskErrorWithoutSuggestions,
    logger: logOf(log),
    parseOptions: { maxTokens: maxTokens?.[audience] ?? defaultTokens },
    validationOptions: { maxErrors: maxValidationErrors },
    persistedQueries: { cache: emptyCache },
    documentStore: validated,
    // Signals end the process through main, in an order that Apollo cannot know.
    stopOnTerminationSignals: false,
    plugins: [
      operationKindsPlugin(schemas.operator),
      ...plugins,
      ...ownPlugins,
      errorPlugin(),
      landingPagePlugin(),
      // It would wrap the resolver of every field, for headers that are set elsewhere.
      ApolloServerPluginCacheControlDisabled(),
      // Each of these could otherwise be switched on by the environment and send operations elsewhere.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
    ],
  });
}

/** Apollo hands over single values, and wants them printed. */
function logOf(log: Log) {
  return {
    debug: (message: unknown) => log.debug(String(message)),
    info: (message: unknown) => log.info(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown) => log.error(String(message)),
  };
}
