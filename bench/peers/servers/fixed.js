/** Answers of a fixed size for any question, from memory: what node:http can do at most. A 304 to whoever has the tag. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { host, port, ready } from './listen.js';

const bodies = new Map(
  Object.entries(JSON.parse(readFileSync(process.env.BODIES, 'utf8'))).map(([name, text]) => [
    `/${name}`,
    Buffer.from(text),
  ]),
);
const etag = '"fixed"';

createServer((request, response) => {
  const body = bodies.get(request.url);
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag });
    response.end();
  } else {
    response.writeHead(body ? 200 : 404, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body?.length ?? 0,
      etag,
    });
    response.end(body);
  }
}).listen(port, host, () => ready(port));
