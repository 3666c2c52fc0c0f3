import { listenerActivity } from '../../catalogue/listener-activity.js';
import type { RowOf } from '../../catalogue/view.js';
import { Node } from '../node/node.js';
import { connectionOf } from '../rows/connection.js';
import { type ListArguments, listArgumentsOf } from '../rows/list-arguments.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Listener = RowOf<typeof listenerActivity>;
export const Listener = rowTypeOf(listenerActivity, { subject: (listener) => listener.listenerAddress }, [
  Node,
]);

export type ListenerListArguments = ListArguments<typeof listenerActivity>;
export const ListenerListArguments = listArgumentsOf(listenerActivity);

export const ListenerConnection = connectionOf(Listener, listenerActivity.row, 'operator');
