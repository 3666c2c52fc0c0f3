// Starts the gateway that was built, asks it two questions, says what it logged and which files it loaded, and ends.
import { Session } from 'node:inspector/promises';

const session = new Session();
session.connect();
const loaded = [];
session.on('Debugger.scriptParsed', ({ params }) => loaded.push(params.url));
await session.post('Debugger.enable');

const { createGateway } = await import('../../dist/index.js');
const lines = [];
const { pino } = await import('pino');
const log = pino({ level: 'debug' }, { write: (line) => lines.push(line) });
const gateway = await createGateway({ settings: process.env, log });
const url = await gateway.listen();
await gateway.ready;
for (const path of ['/graphql', '/nowhere']) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: process.argv[2] },
    body: '{"query":"{ genres { genre } }"}',
  });
  await response.arrayBuffer();
}
await gateway.close();
session.disconnect();
process.stdout.write(JSON.stringify({ loaded, lines }));
