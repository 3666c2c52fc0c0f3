import { MapperKind, mapSchema } from '@graphql-tools/utils';
import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Storage = ReturnType<typeof getMetadataStorage>;
type Resolver = Storage['queries'][number] | Storage['fieldResolvers'][number];
type Parameter = NonNullable<Resolver['params']>[number];

/** What a field was resolved with. */
interface Call {
  readonly root: unknown;
  readonly args: Readonly<Record<string, unknown>>;
  readonly context: object;
  readonly info: GraphQLResolveInfo;
}

type Read = (call: Call) => unknown;

/**
 * Has fields call the methods of their resolvers with what GraphQL has coerced. type-graphql would copy every input
 * into an instance of its class and every argument into a promise first, for validators and middleware that there are
 * none of here; that takes longer than many a method. Whatever is not that plain stays as it is.
 * @param resolvers the classes that the schema was built from. The storage of type-graphql has those of the whole
 *   process, and a program that the gateway runs in may have fields of the same names.
 */
export function callDirectly(schema: GraphQLSchema, resolvers: readonly unknown[]): GraphQLSchema {
  const storage = getMetadataStorage();
  const instances = new Map<object, object>();
  const direct = new Map<string, GraphQLFieldResolver<unknown, object>>();
  const add = (typeName: string | undefined, resolver: Resolver) => {
    if (!resolvers.includes(resolver.target)) return;
    const reads = (resolver.params ?? []).map((parameter) => readerOf(storage, parameter));
    const isPlain = !resolver.middlewares?.length && !resolver.roles && reads.every((read) => read !== null);
    if (typeName === undefined || !isPlain) return;
    const target = resolver.target as new () => object;
    const instance = instances.get(target) ?? new target();
    instances.set(target, instance);
    direct.set(`${typeName}.${resolver.schemaName}`, callerOf(instance, resolver, reads as Read[]));
  };
  for (const query of storage.queries) add('Query', query);
  for (const mutation of storage.mutations) add('Mutation', mutation);
  for (const field of storage.fieldResolvers)
    if (field.kind === 'external')
      add(storage.objectTypes.find(({ target }) => target === field.getObjectType?.())?.name, field);
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      const resolve = direct.get(`${typeName}.${fieldName}`);
      return resolve ? { ...field, resolve } : field;
    },
  });
}

function callerOf(
  instance: object,
  { methodName, params = [] }: Resolver,
  reads: readonly Read[],
): GraphQLFieldResolver<unknown, object> {
  const method = (instance as Record<string, (...values: unknown[]) => unknown>)[methodName] as () => unknown;
  const inOrder: Read[] = [];
  params.forEach(({ index }, at) => {
    inOrder[index] = reads[at] as Read;
  });
  return (root, args, context, info) => {
    const call = { root, args, context, info };
    return method.apply(instance, inOrder.map((read) => read(call)) as []);
  };
}

/** How the value of a parameter is had; null where type-graphql would make something of it. */
function readerOf(storage: Storage, parameter: Parameter): Read | null {
  switch (parameter.kind) {
    case 'arg': {
      const { name, validateFn } = parameter;
      return validateFn ? null : ({ args }) => args[name];
    }
    case 'args': {
      const type = storage.argumentTypes.find(({ target }) => target === parameter.getType());
      if (!type?.fields || parameter.validateFn || Object.getPrototypeOf(type.target).prototype) return null;
      const names = type.fields.map(({ name }) => name);
      return ({ args }) => {
        const values: Record<string, unknown> = {};
        for (const name of names) values[name] = args[name];
        return values;
      };
    }
    case 'context': {
      const { propertyName } = parameter;
      if (propertyName === undefined) return ({ context }) => context;
      return ({ context }) => (context as Readonly<Record<string, unknown>>)[propertyName];
    }
    case 'root': {
      const { propertyName, getType } = parameter;
      return propertyName === undefined && !getType ? ({ root }) => root : null;
    }
    case 'info':
      return ({ info }) => info;
    default:
      return null;
  }
}
