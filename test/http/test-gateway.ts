import type { FastifyPluginAsync } from 'fastify';
import { createAuthenticator } from '../../src/auth/authenticate.js';
import { enforceAccess } from '../../src/auth/enforce-access.js';
import { schemaFor } from '../../src/auth/visible-schema.js';
import type { Config, JwtConfig } from '../../src/config/config.js';
import type { ConnectionLimits } from '../../src/config/limits.js';
import { Secret } from '../../src/config/secret.js';
import { createGraphql } from '../../src/graphql/apollo/create-graphql.js';
import type { ContextFactory, RequestContext } from '../../src/graphql/request-context.js';
import { createLogger } from '../../src/http/logs/logger.js';
import type { CheckReadiness } from '../../src/http/readiness.js';
import { createServer, type Server } from '../../src/http/server.js';
import { buildListeningSchema } from '../auth/listening-schema.js';

export const operatorSecret = 'an-operator-secret-that-is-long-enough';

export interface TestGatewayOptions {
  readonly config?: Partial<Config>;
  readonly jwt?: JwtConfig;
  readonly checkReadiness?: CheckReadiness;
  readonly context?: ContextFactory<RequestContext>;
  readonly plugins?: readonly FastifyPluginAsync[];
  readonly stalledLimitMs?: number;
  readonly connectionLimits?: ConnectionLimits;
}

export interface TestGateway {
  readonly url: string;
  readonly server: Server;
  /** Every line that was logged so far. */
  readonly lines: string[];
  close(): Promise<void>;
}

/** A whole gateway on a free port, over a schema of its own instead of a database. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'trace' }, { write: (line) => void lines.push(line) });
  const schema = enforceAccess(await buildListeningSchema());
  const graphql = await createGraphql({
    schemas: { public: schemaFor(schema, 'public'), operator: schemaFor(schema, 'operator') },
    context: options.context ?? ((request) => request),
    log,
  });
  const config = { host: '127.0.0.1', port: 0, corsOrigins: [], trustProxy: [], ...options.config };
  const server = await createServer({
    config,
    graphql,
    authenticate: createAuthenticator({
      operatorKeys: [{ name: 'ada', secret: new Secret(operatorSecret) }],
      jwt: options.jwt,
    }),
    checkReadiness: options.checkReadiness ?? (async () => ({ ready: true, reasons: [] })),
    log,
    plugins: options.plugins,
    stalledLimitMs: options.stalledLimitMs,
    connectionLimits: options.connectionLimits,
  });
  return {
    url: await server.listen(),
    server,
    lines,
    async close() {
      await server.close();
      await graphql.stop();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
  };
}

/** Asks a gateway a GraphQL question as any client would. */
export async function ask(
  url: string,
  query: string,
  { variables, ...headers }: { variables?: object; authorization?: string; [header: string]: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
    body: JSON.stringify({ query, variables }),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  };
}
