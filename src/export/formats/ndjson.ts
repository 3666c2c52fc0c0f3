import type { Format } from './format.js';
import { jsonValueOf } from './json-values.js';

/** An object a line, with the values that GraphQL answers. */
export const ndjson: Format = {
  contentType: 'application/x-ndjson',
  start(columns) {
    const values = columns.map(jsonValueOf);
    const keys = columns.map(({ field }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(field)}:`);
    return {
      begin: () => '',
      encode(rows) {
        let text = '';
        for (const row of rows) {
          for (let n = 0; n < keys.length; n += 1)
            text += keys[n] + JSON.stringify(values[n]?.(row[n] ?? null) ?? null);
          text += '}\n';
        }
        return text;
      },
      end: () => '',
    };
  },
};
