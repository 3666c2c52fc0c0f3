/**
 * Loaded into the gateway before its own code (`--import`): measures how long each turn of the event loop takes while a
 * request is being answered, and tells the longest on a socket. A turn counts with its processor time where that is less
 * than its time on the clock, because other processes may have had the processor in between.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:net';

let inFlight = 0;
let longestMs = 0;
let startedAt = 0;
let usedAt = process.cpuUsage();

function begin() {
  startedAt = performance.now();
  usedAt = process.cpuUsage();
}

function turn() {
  const used = process.cpuUsage(usedAt);
  const heldMs = Math.min(performance.now() - startedAt, (used.user + used.system) / 1000);
  longestMs = Math.max(longestMs, heldMs);
  begin();
  if (inFlight > 0) setImmediate(turn);
}

subscribe('http.server.request.start', ({ response }) => {
  inFlight += 1;
  if (inFlight === 1) {
    begin();
    setImmediate(turn);
  }
  response.once('close', () => {
    inFlight -= 1;
  });
});

createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', () => {
    socket.write(`${longestMs}\n`);
    longestMs = 0;
  });
})
  .listen(process.env.HOLD_SOCKET)
  .unref();
