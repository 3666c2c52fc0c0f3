import { connectionOf } from '../paging/connection.js';
import { Listener } from './type.js';

/** One page of listeners. */
export const ListenerConnection = connectionOf(Listener, {
  name: 'Listener',
  plural: 'listeners',
  access: 'operator',
});
