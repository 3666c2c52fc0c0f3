import { listenerActivity } from '../../catalogue/listener-activity.js';
import type { RowOf } from '../../catalogue/view.js';
import { connectionOf } from '../rows/connection.js';
import { type FilterOf, filterInputOf } from '../rows/filter-input.js';
import { type OrderOf, orderInputOf } from '../rows/order-input.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Listener = RowOf<typeof listenerActivity>;
export const Listener = rowTypeOf(listenerActivity, { subject: (listener) => listener.listenerAddress });

export type ListenerFilter = FilterOf<typeof listenerActivity>;
export const ListenerFilter = filterInputOf(listenerActivity);

export type ListenerOrder = OrderOf<typeof listenerActivity>;
export const ListenerOrder = orderInputOf(listenerActivity);

export const ListenerConnection = connectionOf(Listener, listenerActivity.row, 'operator');
