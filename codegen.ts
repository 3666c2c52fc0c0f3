import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and documents for a front end, from the schema and the published questions. The tests ask through them. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: {
    'test/documents/operations.ts': {
      documents: 'schema/operations/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
    },
    // What a front end would have: the questions that it asks.
    'examples/operations.ts': {
      documents:
        'schema/operations/{artist-analytics,platform-stats,song-analytics,top-songs-week,view-freshness}.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
    },
    'dashboard/operations.ts': {
      documents: ['schema/operations/*.graphql', 'dashboard/health.graphql'],
      plugins: ['typescript-operations', 'typed-document-node'],
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
    },
  },
};
export default config;
