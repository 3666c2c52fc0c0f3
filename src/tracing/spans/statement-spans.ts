import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import { isSqlState } from '../../database/failures/sql-state.js';
import type {
  DatabaseTrace,
  FollowedStatement,
  FollowedWork,
  Step,
} from '../../database/tracing/database-trace.js';
import { failSpan } from './fail-span.js';
import type { Spans } from './spans.js';

/** Where statements go. */
export interface DatabasePlace {
  /** What its connections are for, such as `public`. */
  readonly pool: string;
  /** Undefined for the embedded database. */
  readonly connectionString?: string | undefined;
}

/** Longer texts are cut, in characters: a filter of an operator may be very long. */
const maxTextLength = 8_000;

/** Queries whose SQL is not this gateway's: other programs may have written values into it. */
const foreignQueries = new Set(['advice.plan']);

/** A span for each wait for a connection and for each statement, where the work that asks is traced. */
export function createStatementSpans(spans: Spans, place: DatabasePlace): DatabaseTrace {
  const ofPlace = attributesOf(place);
  const below = (parent: Span): FollowedWork => ({
    wait: () =>
      new SpanStep(
        spans.startBelow(parent, 'wait for a connection', {
          attributes: { 'db.client.connection.pool.name': place.pool },
        }),
        false,
      ),
    statement: (statement) =>
      new SpanStep(
        spans.startBelow(parent, statement.name, {
          kind: SpanKind.CLIENT,
          attributes: { ...ofPlace, ...attributesOfStatement(statement) },
        }),
        true,
      ),
  });
  return {
    current() {
      const span = spans.recording();
      return span && below(span);
    },
  };
}

class SpanStep implements Step {
  readonly #span: Span;
  readonly #asks: boolean;
  #isOver = false;

  constructor(span: Span, asks: boolean) {
    this.#span = span;
    this.#asks = asks;
  }

  end(rows?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#asks && rows !== undefined) this.#span.setAttribute('db.response.returned_rows', rows);
    this.#span.end();
  }

  fail(code: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#asks && isSqlState(code)) this.#span.setAttribute('db.response.status_code', code);
    failSpan(this.#span, code);
    this.#span.end();
  }
}

function attributesOf({ connectionString }: DatabasePlace): Attributes {
  const url = connectionString && URL.canParse(connectionString) ? new URL(connectionString) : null;
  const name = url && decodeURIComponent(url.pathname.slice(1));
  return {
    'db.system.name': 'postgresql',
    ...(name ? { 'db.namespace': name } : {}),
    ...(url?.hostname ? { 'server.address': url.hostname, 'server.port': Number(url.port || 5432) } : {}),
  };
}

function attributesOfStatement({ name, text, relation }: FollowedStatement): Attributes {
  const operation = /^\s*(\w+)/.exec(text ?? name)?.[1]?.toUpperCase();
  return {
    'db.query.summary': name,
    ...(operation ? { 'db.operation.name': operation } : {}),
    ...(relation === name ? {} : { 'db.collection.name': relation }),
    ...(text === null || foreignQueries.has(name)
      ? {}
      : { 'db.query.text': text.trim().slice(0, maxTextLength) }),
  };
}
