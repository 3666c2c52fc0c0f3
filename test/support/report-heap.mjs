/**
 * Preloaded into a gateway process (`node --expose-gc --import`): answers every message of the parent with the bytes
 * that are alive after a full garbage collection.
 */
import { setTimeout as sleep } from 'node:timers/promises';

process.on('message', async () => {
  // Buffers are freed a moment after the objects that held them.
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await sleep(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  process.send({ liveBytes: heapUsed + external });
});
// Otherwise the channel to the parent would keep the process from ending by itself.
process.channel.unref();
