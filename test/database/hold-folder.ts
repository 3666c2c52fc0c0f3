import { lockFolder } from '../../src/database/lock-folder.js';

// Takes the folder that is named on the command line, says so, and keeps it until the process is ended.
await lockFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
