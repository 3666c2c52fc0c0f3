import { ObjectType } from 'type-graphql';
import { Access } from '../auth/access.js';

/** The door to everything below `monitoring`; each of its fields is resolved by the folder that knows it. */
@Access('operator')
@ObjectType({ description: 'The health of the database and of the gateway. For operators.' })
export class Monitoring {}
