import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './test-gateway.js';

let gateway: TestGateway;
let plain: ApolloServer;
let ours: readonly AuditResult[];
let theirs: readonly AuditResult[];

beforeAll(async () => {
  gateway = await startTestGateway();
  plain = new ApolloServer({ typeDefs: 'type Query { a: Int }', stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(plain, { listen: { port: 0, host: '127.0.0.1' } });
  ours = await audit(`${gateway.url}/graphql`);
  theirs = await audit(url);
});

afterAll(async () => {
  await gateway.close();
  await plain.stop();
});

function audit(url: string): Promise<readonly AuditResult[]> {
  return Promise.all(serverAudits({ url }).map((each) => each.fn()));
}

const named = (results: readonly AuditResult[], status: AuditResult['status']) =>
  results.filter((result) => result.status === status).map((result) => `${result.id} ${result.name}`);

it('GraphQL over HTTP breaks no MUST of the specification', () => {
  expect(ours.length).toBeGreaterThan(50);
  expect(named(ours, 'error')).toEqual([]);
});

it('GraphQL over HTTP leaves no SHOULD undone that Apollo Server by itself does', () => {
  expect(named(theirs, 'warn')).toEqual(expect.arrayContaining(named(ours, 'warn')));
});

it('GraphQL over HTTP leaves no MAY undone that Apollo Server by itself does', () => {
  expect(named(theirs, 'notice')).toEqual(expect.arrayContaining(named(ours, 'notice')));
});
