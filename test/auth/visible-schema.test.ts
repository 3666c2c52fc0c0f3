import { type GraphQLSchema, isObjectType, printSchema, validateSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { accessRuleOf } from '../../src/auth/access.js';
import { enforceAccess } from '../../src/auth/enforce-access.js';
import { schemaFor } from '../../src/auth/visible-schema.js';
import { buildListeningSchema } from './listening-schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = enforceAccess(await buildListeningSchema());
});

describe('The public schema', () => {
  it('holds no field that only operators may ask for', () => {
    const visible = schemaFor(schema, 'public');
    const fields = Object.values(visible.getTypeMap())
      .filter(isObjectType)
      .filter((type) => !type.name.startsWith('__'))
      .flatMap((type) => Object.values(type.getFields()).map((field) => accessRuleOf(type, field)));
    expect(fields.length).toBeGreaterThan(5);
    expect(fields).not.toContain('operator');
  });

  it('holds no type, input or enum that only such fields lead to, and no mutation', () => {
    const sdl = printSchema(schemaFor(schema, 'public'));
    for (const name of ['Health', 'Session', 'HealthFilter', 'HealthDetail', 'Mutation', 'skips', 'health'])
      expect(sdl).not.toContain(name);
  });

  it('shows what belongs to one address, because that address may ask for it', () => {
    const sdl = printSchema(schemaFor(schema, 'public'));
    expect(sdl).toContain('listener(address: String!): Listener');
    expect(sdl).toContain('plays: Int');
  });

  it('is a schema by itself', () => {
    expect(validateSchema(schemaFor(schema, 'public'))).toEqual([]);
  });
});

it('The schema of operators is the whole', () => {
  expect(schemaFor(schema, 'operator')).toBe(schema);
});
