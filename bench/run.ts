/** `npm run bench -- NAME …`: runs one of the measurements; what follows the name is its own. */
const benches = [
  'refresh',
  'import',
  'export',
  'peers',
  'pollers',
  'edge',
  'dashboard',
  'database',
  'advice',
  'metrics',
  'cost',
  'reserve',
  'pages',
  'soak',
  'housekeeping',
  'event-loop',
  'workers',
  'withholding',
];

const [name = ''] = process.argv.splice(2, 1);
if (!benches.includes(name)) {
  process.stderr.write(`bench: expected one of ${benches.join(', ')}, got ${JSON.stringify(name)}\n`);
  process.exit(2);
}
await import(`./${name}.ts`);

export {};
