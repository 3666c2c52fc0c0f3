import type { Ask, OnRows } from '../wire/ask.js';
import { askPrepared, isOutdatedPlan, parameterTexts } from '../wire/prepared.js';
import type { StatementNames } from './statement-names.js';

/** Has the server prepare the statements that come again; `next` asks for the others. */
export function withPreparedStatements(names: StatementNames, next: Ask): Ask {
  return (client, statement, onRows, onError) => {
    const { text, values } = statement;
    const name = names.nameOf(text);
    if (name === undefined) return next(client, statement, onRows, onError);
    const askedAt = performance.now();
    const took = () => names.took(text, performance.now() - askedAt);
    const end: OnRows = (rows) => {
      took();
      onRows(rows);
    };
    const fail = (error: unknown) => {
      took();
      onError(error);
    };
    const texts = parameterTexts(values);
    if (texts === null) return next(client, statement, end, fail);
    const prepared = { name, text, values: texts };
    askPrepared(client, prepared, end, (error) => {
      if (isOutdatedPlan(error)) askPrepared(client, prepared, end, fail);
      else fail(error);
    });
  };
}
