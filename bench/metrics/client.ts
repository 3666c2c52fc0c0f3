import { Agent, request } from 'node:http';

/** A process of its own that asks one question over and over, so that its cost is not the gateway's. */
export interface Round {
  readonly url: string;
  readonly body: string;
  readonly requests: number;
  readonly connections: number;
}

const agent = new Agent({ keepAlive: true });

function ask({ url, body }: Round): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`got ${response.statusCode}`)),
        );
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

process.on('message', async (round: Round) => {
  let left = round.requests;
  const work = async () => {
    while (left-- > 0) await ask(round);
  };
  await Promise.all(Array.from({ length: round.connections }, work));
  process.send?.('done');
});
