import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types and documents for a front end, from the schema and the published questions. The tests ask through them. */
const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/documents/operations.ts': {
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
