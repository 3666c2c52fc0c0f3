/**
 * Many pollers in one process: each has a connection of its own, asks for one tile at its own beat, and says which
 * answer it has already. Every second asks by GET. Started with an IPC channel; sends what it saw every ten seconds.
 */
import { Agent, request } from 'node:http';

const { url, tiles, pollers, everyMs, reportMs } = JSON.parse(process.env.POLLERS);
const target = new URL('/graphql', url);

let latencies = [];
let statuses = {};
let errors = {};
let late = 0;

function requestOf(tile, byGet) {
  if (!byGet)
    return {
      method: 'POST',
      path: target.pathname,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(tile),
    };
  const search = new URLSearchParams({ query: tile.query, variables: JSON.stringify(tile.variables) });
  // Apollo wants to know that a GET does not come from a plain form of another site.
  return {
    method: 'GET',
    path: `${target.pathname}?${search}`,
    headers: { 'apollo-require-preflight': 'true' },
  };
}

function startPoller(index) {
  const { body, headers, ...shape } = requestOf(
    tiles[index % tiles.length],
    Math.floor(index / tiles.length) % 2 === 1,
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let tag;
  let busy = false;
  const poll = () => {
    if (busy) {
      late += 1;
      return;
    }
    busy = true;
    const started = performance.now();
    const fail = (error) => {
      busy = false;
      const name = error.code ?? error.message;
      errors[name] = (errors[name] ?? 0) + 1;
    };
    const sent = request({
      ...shape,
      host: target.hostname,
      port: target.port,
      agent,
      headers: { ...headers, ...(tag ? { 'if-none-match': tag } : {}) },
    });
    sent.on('error', fail);
    sent.on('response', (response) => {
      response.resume();
      response.on('error', fail);
      response.on('end', () => {
        busy = false;
        latencies.push(performance.now() - started);
        statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
        if (response.statusCode === 200) tag = response.headers.etag;
      });
    });
    sent.end(body);
  };
  setTimeout(
    () => {
      poll();
      setInterval(poll, everyMs);
    },
    (index / pollers) * everyMs,
  );
}

for (let index = 0; index < pollers; index++) startPoller(index);
setInterval(() => {
  process.send({ latencies, statuses, errors, late });
  latencies = [];
  statuses = {};
  errors = {};
  late = 0;
}, reportMs);
process.on('disconnect', () => process.exit());
