import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  print,
} from 'graphql';
import { accessRuleOf } from '../auth/access.js';
import { errorTable } from '../errors.js';

/** The schema as a page to read: every field with its arguments, its meaning, and who may ask for it. */
export function printReference(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const objects = types.filter(isObjectType).filter((type) => !roots.includes(type));
  const sections = [
    ...roots.map((type) => `## ${type.name}\n\n${objectTable(type)}`),
    `## Types\n\n${objects.map((type) => titled(type, objectTable(type))).join('\n\n')}`,
    `## Interfaces\n\n${types
      .filter(isInterfaceType)
      .map((type) => titled(type, interfaceTable(type)))
      .join('\n\n')}`,
    `## Inputs\n\n${types
      .filter(isInputObjectType)
      .map((type) => titled(type, inputTable(type)))
      .join('\n\n')}`,
    `## Enums\n\n${types
      .filter(isEnumType)
      .map((type) => titled(type, enumTable(type)))
      .join('\n\n')}`,
    `## Scalars\n\n${table(
      ['scalar', 'meaning'],
      types.filter(isScalarType).map((type) => [code(type.name), type.description]),
    )}`,
    `## Errors\n\n${errors}\n\n${table(
      ['code', 'status', 'what is said unless there is something more precise'],
      Object.entries(errorTable).map(([name, { status, sentence }]) => [
        code(name),
        String(status),
        sentence,
      ]),
    )}`,
  ];
  return `${heading}\n\n${sections.join('\n\n')}\n`;
}

const heading = `# Schema reference

Generated from the schema by \`npm run generate\`; do not edit. Who may ask: *everybody*, *operators*, or the *subject*: the
address that the value is about, and operators. Those who are no operators see no field and no type that only operators
may ask for. The same in GraphQL's own language: [\`schema/schema.graphql\`](../schema/schema.graphql).`;

const errors = `An error is \`{ message, path, extensions: { code, requestId } }\`, where the path is there when a field failed.
Beside these codes a client that asks by hash gets \`PERSISTED_QUERY_NOT_FOUND\` (status 200) for one that is not known yet.`;

function titled(type: GraphQLNamedType, body: string): string {
  return [`### ${type.name}`, ...(type.description ? [flat(type.description)] : []), body].join('\n\n');
}

function objectTable(type: GraphQLObjectType): string {
  return table(
    ['field', 'type', 'who may ask', 'meaning'],
    Object.values(type.getFields()).map((field) => [
      code(field.name),
      code(String(field.type)),
      audience(type, field),
      [field.description, ...field.args.map(describeArgument)].filter(Boolean).join('<br>'),
    ]),
  );
}

function interfaceTable(type: GraphQLInterfaceType): string {
  return table(
    ['field', 'type', 'meaning'],
    Object.values(type.getFields()).map((field) => [
      code(field.name),
      code(String(field.type)),
      field.description,
    ]),
  );
}

function audience(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  const rule = accessRuleOf(type, field);
  if (typeof rule === 'object') return 'subject';
  return rule === 'operator' ? 'operators' : 'everybody';
}

function describeArgument({ name, type, defaultValue, description }: GraphQLArgument): string {
  const usual = defaultValue === undefined ? '' : ` = ${print(astFromValue(defaultValue, type)!)}`;
  return `${code(`${name}: ${type}${usual}`)}${description ? ` ${description}` : ''}`;
}

function inputTable(type: GraphQLInputObjectType): string {
  const rows = Object.values(type.getFields()).map(({ name, type, description }: GraphQLInputField) => [
    code(name),
    code(String(type)),
    description,
  ]);
  return table(['field', 'type', 'meaning'], rows);
}

function enumTable(type: GraphQLEnumType): string {
  return table(
    ['value', 'meaning'],
    type.getValues().map(({ name, description }) => [code(name), description]),
  );
}

type Cell = string | null | undefined;

function table(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]) => `| ${cells.map((cell) => flat(cell ?? '')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

/** On one line, and without what would end a cell of a table. */
function flat(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
