import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RowReader, rowSplitter } from '../../src/database/wire/row-client.js';

const message = (code: string, body: string) => {
  const head = Buffer.alloc(5);
  head.write(code, 'latin1');
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
};

/**
 * Sends messages in pieces, and tells what came where. As the driver does, whoever hears that a turn ends (Z) gives the
 * next to the next in line: every other one reads rows.
 */
function split(messages: readonly Buffer[], cuts: readonly number[]) {
  const bytes = Buffer.concat(messages);
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const heard: string[] = [];
  let forwarded = Buffer.alloc(0);
  let turn = 0;
  const reader: RowReader = {
    readRow: (from, start, end) => void heard.push(`row of ${turn}: ${from.toString('latin1', start, end)}`),
  };
  const connection: { rowReader: RowReader | null } = { rowReader: null };
  const take = rowSplitter(connection, (part) => {
    forwarded = Buffer.concat([forwarded, part]);
    while (forwarded.length >= 5 && forwarded.length >= forwarded.readUInt32BE(1) + 1) {
      const end = forwarded.readUInt32BE(1) + 1;
      const code = forwarded.toString('latin1', 0, 1);
      heard.push(`${code} of ${turn}: ${forwarded.toString('latin1', 5, end)}`);
      forwarded = forwarded.subarray(end);
      if (code !== 'Z') continue;
      turn += 1;
      connection.rowReader = turn % 2 === 1 ? reader : null;
    }
  });
  let from = 0;
  for (const end of ends) {
    take(bytes.subarray(from, end));
    from = end;
  }
  expect(forwarded).toHaveLength(0);
  return heard;
}

describe('What comes over a connection', () => {
  const body = fc.string({ unit: fc.constantFrom('a', 'D', 'Z', '\u0000', '\u00ff'), maxLength: 30 });
  const messages = fc.array(fc.tuple(fc.constantFrom('D', 'D', 'D', 'T', 'C', 'Z'), body), { maxLength: 30 });

  it('reaches who is to have it, whole and in order, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat()), (sent, cuts) => {
        let turn = 0;
        const expected = sent.map(([code, text]) => {
          const line = `${code === 'D' && turn % 2 === 1 ? 'row' : code} of ${turn}: ${text}`;
          if (code === 'Z') turn += 1;
          return line;
        });
        expect(
          split(
            sent.map(([code, text]) => message(code, text)),
            cuts,
          ),
        ).toEqual(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});
