import { platformStats } from '../../catalogue/platform-stats.js';
import type { RowOf } from '../../catalogue/view.js';
import { Node } from '../node/node.js';
import { rowTypeOf } from '../rows/row-type.js';

export type PlatformStats = RowOf<typeof platformStats>;
export const PlatformStats = rowTypeOf(platformStats, 'public', [Node]);
