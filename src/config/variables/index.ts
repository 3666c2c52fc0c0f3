import { z } from 'zod';
import { access } from './access.js';
import { database } from './database.js';
import { load } from './load.js';
import { service } from './service.js';
import { upkeep } from './upkeep.js';

/** All variables that have a fixed name, each by itself. */
export const variables = z.object({ ...database, ...service, ...upkeep, ...access, ...load });

export type Values = z.infer<typeof variables>;
