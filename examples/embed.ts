import { createGateway } from 'mycelix-analytics';

/** A gateway inside of a program of your own: over the embedded database with demo data, on any free port. */
const gateway = await createGateway({
  settings: { DATA_DIR: process.env.DATA_DIR, PORT: '0', LOG_LEVEL: 'warn' },
  demo: true,
});

gateway.events.on('slowQuery', ({ name, durationMs }) => {
  console.warn(`${name} took ${durationMs.toFixed(0)} ms`);
});
gateway.events.on('staleView', ({ view, hoursOld }) => {
  console.warn(`${view} is ${hoursOld} h old`);
});

const url = await gateway.listen();
await gateway.ready;
const response = await fetch(`${url}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ genres { genre totalPlays } }' }),
});
console.log(JSON.stringify(await response.json()));
await gateway.close();
