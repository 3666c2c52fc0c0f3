import type { Read, ReadInto } from './read.js';

const nothing = () => {};

/** Reads by one promise what is read by callbacks. */
export function asPromise(next: ReadInto): Read {
  return (statement, execution) =>
    new Promise((resolve, reject) =>
      next(statement, execution, { onRelease: nothing, onRows: resolve, onError: reject }),
    );
}
