import type { GraphQLArgument, GraphQLSchema } from 'graphql';
import { accessRuleOf } from '../../auth/access.js';
import { mayAccess } from '../../auth/enforce-access.js';
import { refusal } from '../../auth/refusal.js';
import type { Viewer } from '../../auth/viewer.js';
import { badInput } from '../../errors.js';
import { coerceJson, coerceText } from './coerce.js';
import { fieldOf } from './field-of.js';

/** The parameters of one export, and who gave them. The schema says what they may be and who may ask. */
export class Parameters {
  constructor(
    readonly given: ReadonlyMap<string, string>,
    readonly schema: GraphQLSchema,
    private readonly viewer: Viewer,
    /** Whether errors may name what is in the schema. */
    readonly describesSchema: boolean,
  ) {}

  text(name: string): string | null {
    return this.given.get(name) ?? null;
  }

  /** @throws GatewayError `BAD_USER_INPUT` when it is missing */
  required(name: string, expected: string): string {
    const text = this.text(name);
    if (text === null || text === '') throw badInput(`${name}: expected ${expected}, got none`);
    return text;
  }

  /** A parameter in JSON, as the argument of a field takes it. */
  json(type: string, field: string, name: string): unknown {
    const text = this.text(name);
    return text === null ? null : coerceJson(text, this.argument(type, field, name), this.describesSchema);
  }

  /** A parameter in plain text, as the argument of a field takes it; its default when it is missing. */
  plain(type: string, field: string, name: string, argument = name): unknown {
    const text = this.text(name);
    const definition = this.argument(type, field, argument);
    return text === null ? definition.defaultValue : coerceText(name, text, definition, this.describesSchema);
  }

  /** @throws GatewayError `UNAUTHENTICATED` or `FORBIDDEN` by the rule of a field */
  requireAccess(type: string, field: string, source: unknown = null, args: unknown = {}): void {
    const { owner, definition } = fieldOf(this.schema, type, field);
    const rule = accessRuleOf(owner, definition) ?? 'operator';
    if (!mayAccess(this.viewer, rule, source, args)) throw refusal(this.viewer, `${type}.${field}`, rule);
  }

  private argument(type: string, field: string, name: string): GraphQLArgument {
    const argument = fieldOf(this.schema, type, field).definition.args.find((each) => each.name === name);
    if (!argument) throw new Error(`Expected an argument ${name} of ${type}.${field}.`);
    return argument;
  }
}
