import type { z } from 'zod';
import type { OperatorKey } from '../config.js';
import { Secret } from '../secret.js';
import { splitList } from '../split-list.js';
import { fault, quoted } from '../values.js';

const shortestOperatorSecret = 32;

/** Splits `name:secret,name:secret`. The secrets stay out of every message. */
export function operatorKeys(text: string, context: z.RefinementCtx): OperatorKey[] {
  const names = new Set<string>();
  return splitList(text).map((entry, index) => {
    const separator = entry.indexOf(':');
    const name = separator < 0 ? '' : entry.slice(0, separator);
    const secret = entry.slice(separator + 1);
    if (!/^[\w.-]{1,64}$/.test(name))
      fault(
        context,
        `OPERATOR_KEYS: expected name:secret, got something else in entry ${index + 1} (a name is 1 to 64 letters, digits, _ . -)`,
      );
    else if (names.has(name))
      fault(context, `OPERATOR_KEYS: expected each name once, got ${quoted(name)} twice`);
    else if (secret.length < shortestOperatorSecret)
      fault(
        context,
        `OPERATOR_KEYS: expected a secret of at least ${shortestOperatorSecret} characters for ${quoted(name)}, got ${secret.length}`,
      );
    names.add(name);
    return { name, secret: new Secret(secret) };
  });
}
