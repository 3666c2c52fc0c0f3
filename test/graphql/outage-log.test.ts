import { expect, test } from 'vitest';
import { GatewayError } from '../../src/errors.js';
import { warnOfOutage } from '../../src/graphql/apollo/outage-log.js';
import type { Log } from '../../src/graphql/request-context.js';

test('An outage is one warning a second for each reason, with the number of the others', () => {
  const warnings: object[] = [];
  let others = 0;
  const log = {
    warn: (line: object) => warnings.push(line),
    debug: () => {
      others += 1;
    },
  } as unknown as Log;
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  const away = new GatewayError('UNAVAILABLE', undefined, refused);
  const late = new GatewayError('TIMEOUT');
  const code = 'UNAVAILABLE';
  for (let ms = 0; ms < 2_500; ms++) {
    warnOfOutage(away, code, log, 1_000_000 + ms);
    if (ms === 700) warnOfOutage(late, 'TIMEOUT', log, 1_000_000 + ms);
  }
  expect(warnings).toEqual([
    { err: refused, code },
    { err: late, code: 'TIMEOUT' },
    { err: refused, code, others: 999 },
    { err: refused, code, others: 999 },
  ]);
  expect(others).toBe(2_500 - 3);
});
