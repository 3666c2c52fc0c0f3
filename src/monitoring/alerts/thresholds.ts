import { defaultStalenessHours } from '../../views/view-freshness.js';
import { requireBetween } from '../limit.js';

/** From when on something is worth an alert. */
export interface ThresholdValues {
  /** A query that takes longer than this is slow, in milliseconds. */
  readonly slowQueryMs: number;
  /** How much of the pool may be in use, in percent. */
  readonly connectionPoolWarning: number;
  /** How old the views may be, in hours. */
  readonly viewStalenessHours: number;
}

export interface ThresholdStore {
  current(): ThresholdValues;
  /**
   * Changes what is given and leaves the rest; nothing is changed when one value does not fit.
   * @throws GatewayError BAD_USER_INPUT
   */
  set(
    changes: {
      readonly [Name in keyof ThresholdValues]?: number | null | undefined;
    },
  ): ThresholdValues;
}

const defaults: ThresholdValues = Object.freeze({
  slowQueryMs: 1_000,
  connectionPoolWarning: 80,
  viewStalenessHours: defaultStalenessHours,
});

const ranges: Readonly<Record<keyof ThresholdValues, readonly [least: number, most: number]>> = {
  slowQueryMs: [1, 3_600_000],
  connectionPoolWarning: [1, 100],
  viewStalenessHours: [0.001, 8_760],
};

/** The thresholds of this process. A restart brings the defaults back. */
export function createThresholds(): ThresholdStore {
  let values = defaults;
  return {
    current: () => values,
    set(changes) {
      const next = { ...values };
      for (const [name, [least, most]] of Object.entries(ranges)) {
        const key = name as keyof ThresholdValues;
        const change = changes[key];
        if (change !== undefined && change !== null) next[key] = requireBetween(name, change, least, most);
      }
      values = Object.freeze(next);
      return values;
    },
  };
}
