/**
 * Receives the alerts of gateways and prints each once: `node examples/receive-alerts.mjs PORT`, with the secret in
 * ALERT_WEBHOOK_SECRET. Only what is signed with it, and was sent just now, is taken.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 9000);
const key = Buffer.from((process.env.ALERT_WEBHOOK_SECRET ?? '').replace(/^whsec_/, ''), 'base64');
if (key.length < 24) throw new Error('Expected the secret of the gateway in ALERT_WEBHOOK_SECRET.');

const toleranceSeconds = 300;
const maxBodyBytes = 65_536;
/** Ids of messages that were taken. They are sent again when the answer to them was lost. */
const taken = new Set();

function isGenuine(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers;
  if (!id || !signatures || !/^\d{1,12}$/.test(seconds ?? '')) return false;
  if (Math.abs(Date.now() / 1000 - Number(seconds)) > toleranceSeconds) return false;
  // The bytes as they came: JSON that was parsed and written again may have another signature.
  const expected = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function receive(request, response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) return void response.writeHead(413, { connection: 'close' }).end();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body)) return void response.writeHead(401).end();
  const id = request.headers['webhook-id'];
  if (!taken.has(id)) {
    const { data } = JSON.parse(body.toString());
    console.log(
      `${data.state} ${data.severity} ${data.alert} ${data.subject} (${data.gateway.instance}): ${data.message}`,
    );
    taken.add(id);
    if (taken.size > 10_000) taken.delete(taken.values().next().value);
  }
  response.writeHead(204).end();
}

const server = createServer((request, response) => {
  // Also a request that breaks off must not end the receiver.
  receive(request, response).catch(() => response.destroy());
});
server.listen(port, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${server.address().port}`));
