import { collectSubFields } from '@graphql-tools/utils';
import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { Monitoring } from '../../type.js';
import { readSection } from '../section.js';
import { Tables } from './table-type.js';
import { listTables } from './tables.js';

@Resolver(() => Monitoring)
export class TablesResolver {
  @FieldResolver(() => Tables, {
    description: 'Rows, sizes, bloat and maintenance of each table and materialized view.',
  })
  tables(
    @Arg('partitions', () => Boolean, {
      defaultValue: false,
      description: 'Whether to list partitions in addition to their partitioned table.',
    })
    withPartitions: boolean,
    @Ctx() { monitoringReader }: MonitoringContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Tables> {
    return readSection(() => listTables(monitoringReader, { withPartitions, withBloat: selectsBloat(info) }));
  }
}

/** Bloat is the most expensive part, so it is computed only when selected. */
function selectsBloat(info: GraphQLResolveInfo): boolean {
  const fieldsOf = (type: GraphQLObjectType, nodes: GraphQLResolveInfo['fieldNodes']) =>
    collectSubFields(info.schema, info.fragments, info.variableValues, type, [...nodes]).fields;
  const section = getNamedType(info.returnType) as GraphQLObjectType;
  const items = [...fieldsOf(section, info.fieldNodes).values()]
    .flat()
    .filter((node) => node.name.value === 'items');
  const item = getNamedType(section.getFields().items?.type) as GraphQLObjectType;
  return [...fieldsOf(item, items).values()].flat().some((node) => node.name.value.startsWith('bloat'));
}
