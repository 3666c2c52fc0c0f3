/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type DatabaseHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type DatabaseHealthQuery = { monitoring: { database: { available: boolean, needs: string | null, version: string | null, isEmbedded: boolean | null, sizeBytes: number | null, connections: number | null, maxConnections: number | null, cacheHitRatio: number | null, uptimeSeconds: number | null }, tables: { available: boolean, needs: string | null, items: Array<{ table: string, partitionOf: string | null, rows: number | null, deadRatio: number | null, totalBytes: number | null, sinceAnalyzeSeconds: number | null }> | null }, unusedIndexes: { available: boolean, needs: string | null, items: Array<{ index: string, table: string, sizeBytes: number | null, ddl: string | null }> | null } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const DatabaseHealthDocument = new TypedDocumentString(`
    query DatabaseHealth {
  monitoring {
    database {
      available
      needs
      version
      isEmbedded
      sizeBytes
      connections
      maxConnections
      cacheHitRatio
      uptimeSeconds
    }
    tables {
      available
      needs
      items {
        table
        partitionOf
        rows
        deadRatio
        totalBytes
        sinceAnalyzeSeconds
      }
    }
    unusedIndexes {
      available
      needs
      items {
        index
        table
        sizeBytes
        ddl
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DatabaseHealthQuery, DatabaseHealthQueryVariables>;