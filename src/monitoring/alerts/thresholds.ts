import { defaultStalenessHours } from '../../views/view-freshness.js';
import { requireBetween } from '../limit.js';

/** Thresholds at which alerts are raised. */
export interface ThresholdValues {
  /** Queries slower than this count as slow, in milliseconds. */
  readonly slowQueryMs: number;
  /** Pool utilization at which a warning is raised, in percent. */
  readonly connectionPoolWarning: number;
  /** Age at which the views count as stale, in hours. */
  readonly viewStalenessHours: number;
}

export interface ThresholdStore {
  current(): ThresholdValues;
  /**
   * Changes the given thresholds. When one value is out of range, none is changed.
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

/** Thresholds of this process, reset by a restart: to their defaults, or to those of the processes beside it. */
export function createThresholds(start: ThresholdValues = defaults): ThresholdStore {
  let values = start;
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
