import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Authenticate } from '../auth/authenticate.js';
import { publicViewer, type Viewer } from '../auth/viewer.js';
import { GatewayError } from '../errors.js';
import type { RateGate } from './overload/rate-gate.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The public until the route's `authenticate` hook has run. */
    viewer: Viewer;
  }
  interface FastifyInstance {
    /** An `onRequest` hook for routes that depend on who is asking: it runs before any body is read. */
    authenticate(request: FastifyRequest): Promise<void>;
  }
}

export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** Bounds failed logins; without it nobody does. */
  readonly rate?: RateGate | null | undefined;
}

/** Knows who is asking, on those routes that want to know: a health probe has to work with any credentials. */
export const authentication = fastifyPlugin<AuthenticationOptions>(async (app, { authenticate, rate }) => {
  app.decorateRequest('viewer');
  app.addHook('onRequest', (request, _reply, done) => {
    request.viewer = publicViewer;
    done();
  });
  app.decorate('authenticate', async (request: FastifyRequest) => {
    try {
      request.viewer = await authenticate(
        request.headers.authorization,
        rate ? (check) => rate.check(request.raw, check) : undefined,
      );
    } catch (error) {
      // Only now: good credentials pay nothing for the wrong ones of others in their network.
      const isFailedLogin = error instanceof GatewayError && error.code === 'UNAUTHENTICATED';
      if (rate && isFailedLogin) rate.spend(rate.ofFailedLogins(request.raw), 1);
      throw error;
    }
  });
});
