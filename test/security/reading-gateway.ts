import 'reflect-metadata';
import { createHash } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, buildSchema, Info, Int, Query, Resolver } from 'type-graphql';
import { Access } from '../../src/auth/access.js';
import { createAuthenticator } from '../../src/auth/authenticate.js';
import { enforceAccess } from '../../src/auth/enforce-access.js';
import { publicViewer } from '../../src/auth/viewer.js';
import { schemaFor } from '../../src/auth/visible-schema.js';
import { createResponseCache } from '../../src/cache/response-cache.js';
import { viewNames } from '../../src/catalogue/index.js';
import { type ConnectionLimits, defaultLimits } from '../../src/config/limits.js';
import { Secret } from '../../src/config/secret.js';
import { costPlugin } from '../../src/graphql/apollo/cost-plugin.js';
import { createGraphql } from '../../src/graphql/apollo/create-graphql.js';
import { createDocumentStore } from '../../src/graphql/documents/document-store.js';
import {
  askShared,
  type FailedExecution,
  type SharedContext,
} from '../../src/graphql/execution/shared-run.js';
import { SharedAnswers } from '../../src/http/answers/shared-answers.js';
import { createLogger } from '../../src/http/logs/logger.js';
import type { Admission } from '../../src/http/overload/admission.js';
import { createClientNames } from '../../src/http/requests/headers/client-names.js';
import { createServer } from '../../src/http/server.js';
import { createDocumentGuard, type DocumentGuard } from '../../src/limits/documents/document-guard.js';
import { FollowsViews } from '../../src/views/follows-views.js';

export const operatorSecret = 'an-operator-secret-that-is-long-enough';

/** What a resolver saw of the operation that it ran for. */
export interface Ran {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function ranIn({ operation, variableValues }: GraphQLResolveInfo): string {
  return JSON.stringify({ text: operation.loc?.source.body, variables: variableValues } as Ran);
}

/** What the answers of `held` wait for. */
let release: () => void = () => {};

/** Its fields answer with the document and the variables that were executed. */
@Resolver()
class ReadingResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => String)
  shared(
    @Arg('v', () => String, { nullable: true }) _v: string | null,
    @Arg('m', () => Int, { nullable: true }) _m: number | null,
    @Info() info: GraphQLResolveInfo,
  ): string {
    return ranIn(info);
  }

  @Access('public')
  @Query(() => String)
  direct(
    @Arg('v', () => String, { nullable: true }) _v: string | null,
    @Arg('m', () => Int, { nullable: true }) _m: number | null,
    @Info() info: GraphQLResolveInfo,
  ): string {
    return ranIn(info);
  }

  /** Is answered when the test says so. */
  @Access('public')
  @Query(() => String)
  held(): Promise<string> {
    return new Promise((resolve) => {
      const before = release;
      release = () => {
        before();
        resolve('released');
      };
    });
  }
}

export interface ReadingGatewayOptions {
  readonly admission?: Admission;
  readonly connectionLimits?: ConnectionLimits;
  readonly trustProxy?: readonly string[];
  /** The documents that have addresses of their own, by their SHA-256. */
  readonly published?: ReadonlyMap<string, string>;
}

export interface ReadingGateway {
  readonly port: number;
  /** Lets everything be answered that asked for `held`. */
  release(): void;
  /** Whether the guard has let a text pass. */
  wasAllowed(text: string): boolean;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** The real server, guard, cache and Apollo over a schema that tells what it executed, and no database. */
export async function startReadingGateway({
  admission,
  connectionLimits,
  trustProxy = [],
  published = new Map(),
}: ReadingGatewayOptions = {}): Promise<ReadingGateway> {
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'warn' }, { write: (line) => void lines.push(line) });
  const schema = enforceAccess(await buildSchema({ resolvers: [ReadingResolver], validate: false }));
  const allowed = new Set<string>();
  const guard = recording(createDocumentGuard({ limits: defaultLimits }), allowed);
  const publicSchema = schemaFor(schema, 'public');
  const documents = createDocumentStore({
    schema: publicSchema,
    maxTokens: defaultLimits.public.tokens,
    maxBytes: 48_000_000,
    guard,
  });
  const graphql = await createGraphql({
    validated: documents.validated,
    schemas: { public: publicSchema, operator: schemaFor(schema, 'operator') },
    context: (request) => request,
    log,
    plugins: [costPlugin(defaultLimits)],
  });
  const cache = createResponseCache<FailedExecution>({
    maxBytes: 10_000_000,
    silentMs: () => 0,
    staleLimitMs: 1_000,
    look: async () => {},
  });
  await cache.showGeneration({
    generation: 1,
    state: 1,
    previousState: null,
    asOf: '2026-03-01T12:00:00.000000Z',
    finishedAt: '2026-03-01T12:00:00.000000Z',
    durationMs: 1,
    rowsChanged: Object.fromEntries(viewNames.map((view) => [view, 1])),
    phases: {},
    behind: {},
  });
  const context: SharedContext = () => ({
    context: { viewer: publicViewer },
    reading: {
      reader: undefined as never,
      states: new Set([1]),
      sources: new Set(),
      isSilent: () => false,
    },
  });
  const answers = new SharedAnswers({
    cache,
    persisted: graphql.persisted.public,
    costLimit: defaultLimits.public.cost,
    plan: { now: () => new Date(), nextAfter: () => null, hasOwnSchedule: () => false },
    find({ text, operationName, variables }) {
      const operation = documents.findShared(text, operationName);
      return operation && askShared(operation, variables, context, defaultLimits.public);
    },
  });
  const server = await createServer({
    config: { host: '127.0.0.1', port: 0, corsOrigins: [], trustProxy },
    graphql,
    answers,
    published: { find: (sha256) => published.get(sha256) },
    authenticate: createAuthenticator({
      operatorKeys: [{ name: 'ada', secret: new Secret(operatorSecret) }],
    }),
    checkReadiness: async () => ({ ready: true, reasons: [] }),
    log,
    limits: { tiers: defaultLimits, guard: documents, rate: null, clients: createClientNames([]) },
    admission,
    connectionLimits,
  });
  const url = await server.listen();
  return {
    port: Number(new URL(url).port),
    release: () => release(),
    wasAllowed: (text) => allowed.has(digest(text)),
    lines,
    async close() {
      await server.close();
      await graphql.stop();
    },
  };
}

function recording(guard: DocumentGuard, allowed: Set<string>): DocumentGuard {
  return {
    check(text, tier) {
      const fault = guard.check(text, tier);
      if (!fault) allowed.add(digest(text));
      return fault;
    },
    checkParsed(text, document, tier) {
      const fault = guard.checkParsed(text, document, tier);
      if (!fault) allowed.add(digest(text));
      return fault;
    },
  };
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
