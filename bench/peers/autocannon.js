/** The same as wrk.lua for machines without wrk, in a process of its own; it takes more of the processor. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const { PREFIX = '', SUFFIX = '', TAG, VARIABLES, URL: url, SECONDS, CONNECTIONS } = process.env;
const variables = VARIABLES ? readFileSync(VARIABLES, 'utf8').trimEnd().split('\n') : null;
let next = 0;
const result = await autocannon({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(TAG ? { 'if-none-match': TAG } : {}) },
  connections: Number(CONNECTIONS),
  duration: Number(SECONDS),
  ...(variables
    ? {
        requests: [
          {
            setupRequest: (request) => ({
              ...request,
              body: `${PREFIX}${variables[next++ % variables.length]}${SUFFIX}`,
            }),
          },
        ],
      }
    : { body: PREFIX + SUFFIX }),
});
const { latency } = result;
process.stderr.write(
  `${JSON.stringify({
    requests: result.requests.total,
    bytes: result.throughput.total / Math.max(1, result.requests.total),
    seconds: result.duration,
    errors: result.errors + result.timeouts + result['4xx'] + result['5xx'],
    p50Ms: latency.p50,
    p90Ms: latency.p90,
    p99Ms: latency.p99,
    maxMs: latency.max,
  })}\n`,
);
