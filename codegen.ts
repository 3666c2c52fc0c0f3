import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and documents of the published operations, for front ends, the dashboard and the tests. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    // generate.ts adds the documents, as text with its hash.
    'src/client/operations.ts': {
      documents: 'schema/operations/*.graphql',
      plugins: ['typescript-operations'],
    },
    // What only the dashboard asks.
    'dashboard/health-operation.ts': {
      documents: 'dashboard/health.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: { documentMode: 'string' },
    },
  },
  config: {
    useTypeImports: true,
    strictScalars: true,
    skipTypename: true,
    dedupeFragments: true,
    scalars: {
      Address: 'string',
      BigInt: 'number',
      DateTime: 'string',
      Decimal: 'string',
      JSON: 'unknown',
      TimeZone: 'string',
    },
  },
};
export default config;
