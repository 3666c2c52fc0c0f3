import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { GatewayError } from '../../errors.js';

/** Facts of one kind. Whether they can be seen is part of the answer: what cannot be seen is no zero and no error. */
@Access('operator')
@ObjectType('Section', { simpleResolvers: true, description: 'Facts of one kind.' })
export class Section {
  @Field(() => Boolean, {
    description: 'Whether the server lets this be seen. If not, all other values are null.',
  })
  available!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'What it needs to be seen, or to be seen whole, in a sentence; null when nothing is lacking.',
  })
  needs!: string | null;
}

/** The type of a section that is a list. */
export function sectionOf<Item extends object>(item: ClassType<Item>, name: string, items: string) {
  @Access('operator')
  @ObjectType(name, { simpleResolvers: true, description: items })
  class ListSection extends Section {
    @Field(() => [item], { nullable: true, description: items })
    items?: readonly Item[] | null;
  }
  return ListSection;
}

export type Seen<Facts extends object> = Facts & Section;

/** Facts that were seen; `needs` says what is missing from them, if anything is. */
export function seen<Facts extends object>(facts: Facts, needs: string | null = null): Seen<Facts> {
  return { ...facts, available: true, needs };
}

export function unseen(needs: string): Section {
  return { available: false, needs };
}

/**
 * Reads a section. What a server refuses for want of a right, of a library or of time becomes a section that says so,
 * so that the other sections of the same question are answered.
 */
export async function look<Facts extends object>(
  read: () => Promise<Seen<Facts> | Section>,
): Promise<Seen<Partial<Facts>>> {
  try {
    return (await read()) as Seen<Partial<Facts>>;
  } catch (error) {
    const needs = needsOf(error);
    if (needs === null) throw error;
    return unseen(needs) as Seen<Partial<Facts>>;
  }
}

/** What would have kept an error from happening; null for one that is a fault of the gateway. */
function needsOf(error: unknown): string | null {
  const { code, message } = causeOf(error);
  if (code === '42501') return 'A right that this database user does not have: the role pg_monitor has it.';
  if (code === '55000' && /shared_preload_libraries/.test(message))
    return 'pg_stat_statements among shared_preload_libraries, and a restart of the server.';
  if (!(error instanceof GatewayError)) return null;
  if (error.code === 'TIMEOUT')
    return 'An answer within five seconds: the server is too busy, or somebody holds an exclusive lock.';
  return error.code === 'UNAVAILABLE' ? 'A connection to the database, which cannot be had now.' : null;
}

function causeOf(error: unknown): { code: string; message: string } {
  const cause = (error as { originalError?: unknown } | null)?.originalError ?? error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return { code: String(code), message: String(message) };
}
