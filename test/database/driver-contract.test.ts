import { EventEmitter } from 'node:events';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announcedProcess } from '../../src/database/wire/announced-process.js';
import { driverOf } from '../../src/database/wire/driver.js';
import { versionsOf } from '../support/pinned.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

// What src/database/wire uses of pg without its documentation saying so. A new version of pg has to pass this.
describe('The driver', () => {
  it.each(['pg', 'pg-protocol'])('%s is the version that was examined', (name) => {
    const { asked, installed } = versionsOf(name);
    expect(asked).toBe(installed);
  });

  it('has a connection with the members that are used', () => {
    const { connection, processID, secretKey } = driverOf(new pg.Client());
    const functions = ['attachListeners', 'close', 'parse', 'bind', 'describe', 'execute', 'sync'] as const;
    for (const name of functions) expect(connection[name], name).toBeTypeOf('function');
    for (const name of ['cork', 'uncork', 'write', 'destroy'] as const)
      expect(connection.stream[name], name).toBeTypeOf('function');
    expect(connection.parsedStatements).toEqual({});
    expect(connection.rowReader).toBeUndefined();
    expect({ processID, secretKey }).toEqual({ processID: null, secretKey: null });
  });

  it('reads messages from whatever its connection listens to', () => {
    const { connection } = driverOf(new pg.Client());
    const stream = new EventEmitter();
    connection.attachListeners(stream);
    const states: unknown[] = [];
    (connection as unknown as EventEmitter).on('readyForQuery', ({ status }) => states.push(status));
    const idle = Buffer.from([...Buffer.from('Z'), 0, 0, 0, 5, ...Buffer.from('I')]);
    stream.emit('data', idle.subarray(0, 3));
    stream.emit('data', Buffer.concat([idle.subarray(3), idle]));
    expect(states).toEqual(['I', 'I']);
  });

  it('says Bind, Execute and Sync as the protocol has them', () => {
    expect(serialize.bind({ statement: 's', values: ['v', null] }).toString('latin1')).toBe(
      'B\0\0\0\x1c\0s\0\0\x02\0\0\0\0\0\x02\0\0\0\x01v\xff\xff\xff\xff\0\x01\0\0',
    );
    expect(serialize.execute({}).toString('latin1')).toBe('E\0\0\0\x09\0\0\0\0\0');
    expect(serialize.sync().toString('latin1')).toBe('S\0\0\0\x04');
  });
});

describe('A connection of the driver', () => {
  let server: PostgresServer;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startPostgres(18);
    client = new pg.Client(server.url);
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
  });

  it('knows the process and the key that a request to cancel names, and the host and port to send it to', async () => {
    const { rows } = await client.query('select pg_backend_pid() as pid');
    expect(announcedProcess(client)).toBe(rows[0].pid);
    expect(driverOf(client).secretKey).toBeTypeOf('number');
    expect(driverOf(client)).toMatchObject({ host: '127.0.0.1', port: server.port });
  });

  it('gives a query of another make its turn, its connection and all that it hears', async () => {
    const heard: string[] = [];
    const { connection } = driverOf(client);
    let submitted: unknown;
    await new Promise<void>((resolve, reject) => {
      client.query({
        name: 'contract',
        text: 'select 1 as one',
        submit(given: unknown) {
          submitted = given;
          connection.parse({ name: 'contract', text: 'select 1 as one' });
          connection.bind({ statement: 'contract', values: [] });
          connection.describe({ type: 'P', name: '' });
          connection.execute({});
          connection.sync();
        },
        handleRowDescription: ({ fields }: { fields: { name: string; dataTypeID: number }[] }) =>
          void heard.push(`columns ${fields.map(({ name, dataTypeID }) => `${name} ${dataTypeID}`)}`),
        handleDataRow: ({ fields }: { fields: string[] }) => void heard.push(`row ${fields}`),
        handleCommandComplete: () => void heard.push('complete'),
        handleReadyForQuery: () => resolve(),
        handleError: reject,
      } as unknown as pg.Submittable);
    });
    expect(submitted).toBe(connection);
    expect(heard).toEqual(['columns one 23', 'row 1', 'complete']);
    // By the name and the text of the query the driver remembers what the server knows.
    expect(connection.parsedStatements).toEqual({ contract: 'select 1 as one' });
  });
});
