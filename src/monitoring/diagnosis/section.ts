import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { GatewayError } from '../../errors.js';

/** One topic of monitoring. A topic the server cannot report says `available: false` and why, instead of zero or an error. */
@Access('operator')
@ObjectType('Section', { simpleResolvers: true, description: 'One topic of monitoring.' })
export class Section {
  @Field(() => Boolean, {
    description: 'Whether the database can report this. If not, all other fields are null.',
  })
  available!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What is missing to report it, or to report it completely; null when nothing is missing.',
  })
  needs!: string | null;
}

/** Creates the type of a section that is a list. */
export function sectionOf<Item extends object>(item: ClassType<Item>, name: string, items: string) {
  @Access('operator')
  @ObjectType(name, { simpleResolvers: true, description: items })
  class ListSection extends Section {
    @Field(() => [item], { nullable: true, description: items })
    items?: readonly Item[] | null;
  }
  return ListSection;
}

export type Available<Facts extends object> = Facts & Section;

/** A section with values; `needs` says what is missing for it to be complete. */
export function available<Facts extends object>(facts: Facts, needs: string | null = null): Available<Facts> {
  return { ...facts, available: true, needs };
}

export function unavailable(needs: string): Section {
  return { available: false, needs };
}

/**
 * Reads a section. A missing privilege or library, a timeout and a lost connection make the section unavailable
 * instead of failing the whole query.
 */
export async function readSection<Facts extends object>(
  read: () => Promise<Available<Facts> | Section>,
): Promise<Available<Partial<Facts>>> {
  try {
    return (await read()) as Available<Partial<Facts>>;
  } catch (error) {
    const needs = needsOf(error);
    if (needs === null) throw error;
    return unavailable(needs) as Available<Partial<Facts>>;
  }
}

/** What is missing, for errors that make a section unavailable; null for other errors. */
function needsOf(error: unknown): string | null {
  const { code, message } = causeOf(error);
  if (code === '42501')
    return 'A privilege that this database user does not have; the role pg_monitor includes it.';
  if (code === '55000' && /shared_preload_libraries/.test(message))
    return 'pg_stat_statements in shared_preload_libraries, and a restart of the server.';
  if (!(error instanceof GatewayError)) return null;
  if (error.code === 'TIMEOUT')
    return 'An answer within five seconds: the server is too busy, or a session holds an exclusive lock.';
  return error.code === 'UNAVAILABLE' ? 'A connection to the database, which is not available now.' : null;
}

function causeOf(error: unknown): { code: string; message: string } {
  const cause = (error as { originalError?: unknown } | null)?.originalError ?? error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return { code: String(code), message: String(message) };
}
