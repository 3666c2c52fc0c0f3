import type { IncomingMessage } from 'node:http';
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

/**
 * Finds out who is asking.
 * @throws GatewayError `UNAUTHENTICATED`, `UNAVAILABLE`, or `RATE_LIMITED` after too many failed logins of a network
 */
export type AuthenticateRequest = (request: IncomingMessage) => Promise<Viewer>;

/** `rate` bounds failed logins; without it nobody does. */
export function createRequestAuthentication(
  authenticate: Authenticate,
  rate: RateGate | null,
): AuthenticateRequest {
  return async (request) => {
    try {
      return await authenticate(
        request.headers.authorization,
        rate ? (check) => rate.check(request, check) : undefined,
      );
    } catch (error) {
      // Charged after the check, so that others' failed logins never block valid credentials.
      const isFailedLogin = error instanceof GatewayError && error.code === 'UNAUTHENTICATED';
      if (rate && isFailedLogin) rate.spend(rate.ofFailedLogins(request), 1);
      throw error;
    }
  };
}

/** Lets routes of the framework know who is asking, if they want to: a health probe has to work with any credentials. */
export const authentication = fastifyPlugin<{ readonly authenticate: AuthenticateRequest }>(
  async (app, { authenticate }) => {
    app.decorateRequest('viewer');
    app.addHook('onRequest', (request, _reply, done) => {
      request.viewer = publicViewer;
      done();
    });
    app.decorate('authenticate', async (request: FastifyRequest) => {
      request.viewer = await authenticate(request.raw);
    });
  },
);
