import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type AccessRule, accessRuleOf, type SubjectOf } from './access.js';
import { refusal } from './refusal.js';
import { publicViewer, type Viewer } from './viewer.js';

/** What a context has to hold so that the rules can be applied; without a viewer everybody is the public. */
export interface ViewerContext {
  readonly viewer: Viewer;
}

type Field = GraphQLFieldConfig<unknown, ViewerContext>;

/**
 * Puts the access rule of every field in front of its resolver. Fields that are public stay as they are, so that
 * they cost nothing.
 * @throws Error naming every field of every object type that has no rule, because such a field is nobody's.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  requireRules(schema);
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field: Field, fieldName, typeName, within) => {
      const rule = accessRuleOf(within.getType(typeName) as GraphQLObjectType, field);
      if (rule === undefined || rule === 'public') return field;
      const what = `${typeName}.${fieldName}`;
      return {
        ...field,
        resolve: guarded(what, rule, field.resolve ?? defaultFieldResolver),
        subscribe: field.subscribe && guarded(what, rule, field.subscribe),
      };
    },
  });
}

/** The fields of a schema's object types, such as `Song.title`, that have no access rule. */
export function listFieldsWithoutRule(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields())
        .filter((field) => !isRule(accessRuleOf(type as GraphQLObjectType, field)))
        .map((field) => `${type.name}.${field.name}`),
    );
}

/** Whether a viewer may have a value, given its rule and what the field was asked with. */
export function mayAccess(viewer: Viewer, rule: AccessRule, source: unknown, args: unknown): boolean {
  if (rule === 'public' || viewer.kind === 'operator') return true;
  if (rule === 'operator' || viewer.kind === 'public') return false;
  return (rule.subject as SubjectOf<unknown, unknown>)(source, args) === viewer.address;
}

function guarded(
  what: string,
  rule: AccessRule,
  resolve: GraphQLFieldResolver<unknown, ViewerContext>,
): GraphQLFieldResolver<unknown, ViewerContext> {
  return (source, args, context, info) => {
    const viewer = context?.viewer ?? publicViewer;
    if (!mayAccess(viewer, rule, source, args)) throw refusal(viewer, what, rule);
    return resolve(source, args, context, info);
  };
}

function requireRules(schema: GraphQLSchema): void {
  const fields = listFieldsWithoutRule(schema);
  if (fields.length > 0)
    throw new Error(`Expected an access rule (@Access) on every field, got none on ${fields.join(', ')}.`);
}

function isRule(rule: unknown): rule is AccessRule {
  if (rule === 'public' || rule === 'operator') return true;
  return typeof (rule as { subject?: unknown } | undefined)?.subject === 'function';
}
