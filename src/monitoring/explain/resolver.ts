import { collectSubFields } from '@graphql-tools/utils';
import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Info, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../context.js';
import { Monitoring } from '../type.js';
import { ExplainedStatement } from './type.js';

@Resolver(() => Monitoring)
export class ExplainResolver {
  @FieldResolver(() => [ExplainedStatement], {
    description:
      'The SQL statements that a query of this schema runs, in execution order, with their plans. The query is executed in a read-only transaction. One at a time per gateway.',
  })
  explain(
    @Arg('query', () => String, {
      description:
        'A GraphQL document with one query for analytics, as it would be sent to this gateway. SQL is not accepted.',
    })
    query: string,
    @Arg('variables', () => GraphQLJSON, {
      nullable: true,
      description: 'The variables, as an object.',
    })
    variables: unknown,
    @Arg('analyze', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description:
        'Whether to run the statements again with EXPLAIN ANALYZE and measure time, rows and pages.',
    })
    analyze: boolean | null,
    @Ctx() { explainer, contextOver }: MonitoringContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ExplainedStatement[]> {
    return explainer.explain({
      schema: info.schema,
      text: query,
      variables,
      analyze: analyze ?? false,
      wanted: wantedFields(info),
      contextOver,
    });
  }
}

/** Names of the selected fields of each statement. */
function wantedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const type = getNamedType(info.returnType) as GraphQLObjectType;
  const { fields } = collectSubFields(info.schema, info.fragments, info.variableValues, type, [
    ...info.fieldNodes,
  ]);
  return new Set([...fields.values()].flat().map((field) => field.name.value));
}
