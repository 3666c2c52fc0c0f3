import { lockFolder } from '../../dist/database/embedded/lock-folder.js';

// Tries to take the folder that is named on the command line, says what came of it, and stays until it is ended.
await lockFolder(process.argv[2] ?? '').then(
  () => process.stdout.write('held\n'),
  (error) => process.stdout.write(`${error.message}\n`),
);
setInterval(() => {}, 60_000);
