/** Tells whoever started this process where it listens, and ends with it. */
export function ready(port) {
  process.stdout.write(`ready on port ${port}\n`);
  process.on('disconnect', () => process.exit());
}

export const port = Number(process.env.PORT);
export const host = '127.0.0.1';
