import { Secret } from './secret.js';
import { splitList } from './split-list.js';
import { parsedUrl } from './values.js';

/** Where a read replica is. */
export interface ReadUrl {
  /** What logs and metrics say of it: host and port, and the database where that is not enough. Holds no credentials. */
  readonly name: string;
  readonly url: Secret;
}

interface Place {
  readonly server: string;
  readonly database: string;
  readonly text: string;
}

/**
 * Reads the URLs of read replicas. No message repeats one, because they hold passwords.
 * @param onFault is told of everything that is wrong.
 */
export function readReadUrls(text: string, onFault: (message: string) => void): readonly ReadUrl[] {
  const places: Place[] = [];
  for (const [index, entry] of splitList(text).entries()) {
    const place = placeOf(entry);
    if (!place)
      onFault(
        `DATABASE_READ_URLS: expected URLs such as postgresql://user:password@host:5432/database, separated by commas (a comma in a password is written %2C), got something else as number ${index + 1}`,
      );
    else if (places.some(({ server, database }) => server === place.server && database === place.database))
      onFault(
        `DATABASE_READ_URLS: expected each database of each server once, got one again as number ${index + 1}`,
      );
    else places.push(place);
  }
  return Object.freeze(
    places.map(({ server, database, text }) => {
      const isOnly = places.filter((other) => other.server === server).length === 1;
      return Object.freeze({ name: isOnly ? server : `${server}/${database}`, url: new Secret(text) });
    }),
  );
}

function placeOf(text: string): Place | null {
  const url = parsedUrl(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return null;
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  const port = url.port || url.searchParams.get('port') || '5432';
  return { server: `${host}:${port}`, database: url.pathname.slice(1), text };
}
