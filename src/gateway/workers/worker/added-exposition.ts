import { addReports } from '../../../monitoring/prometheus/add-reports.js';
import type { Exposition } from '../../../monitoring/prometheus/exposition.js';
import { textOfSnapshots } from '../../../monitoring/prometheus/snapshot.js';
import type { Channel } from './channel.js';

/** The metrics of all workers, whichever is asked for them. */
export function addedExposition(channel: Channel, { contentType, requests }: Exposition): Exposition {
  const add = async () => addReports(await channel.ask({ about: 'metrics' }));
  return {
    contentType,
    requests,
    async all() {
      const { database, rest } = await add();
      return textOfSnapshots([...database, ...rest]);
    },
    database: async () => textOfSnapshots((await add()).database),
  };
}
