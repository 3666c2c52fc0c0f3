/** How late the turns of the process may be before nothing new is begun, in milliseconds. */
const lateMs = 100;
const lookEveryMs = 25;
/** One long turn is no overload: the shortest delay of so many looks counts. */
const looks = 4;
/** How long a burst that has been let in may have to wait for all that was let in before, in milliseconds. */
const burstMs = 300;
/** The same once too much has been asked for on end: a queue that stands helps nobody, and what waits in it fills the memory. */
const standingMs = 30;
/** After how many paces on end without room a queue counts as standing. */
const standsAfter = 5;
/** How often the pace is taken, in looks. */
const paceLooks = 4;
/** After how many paces without pressure what is known of the pace counts as out of date. */
const forgottenAfter = 10;

export interface AdmissionOptions {
  /** How many requests may be worked on at once. */
  readonly atOnce: number;
  /** How many always may, however slowly they go; half as many once there has not been room for all for half a second. */
  readonly atLeast: number;
  /** How many of those who present credentials are let in beside them, so that a busy gateway can be looked at. */
  readonly withCredentials?: number;
}

/** Lets in as much work as can be done in time; the rest is better refused at once than late. */
export interface Admission {
  /** Whether there is room; a request that is refused for that counts as pressure. */
  hasRoom(hasCredentials: boolean): boolean;
  /** Counts one more in and gives what has to be called at its end; null when there is no room. */
  enter(hasCredentials: boolean): (() => void) | null;
  stop(): void;
}

/**
 * There is room for as much as is finished in a fraction of a second, at the pace of the last moments under pressure, and
 * for less when the pressure does not end. A gateway that was idle knows of no pace and takes a burst as it comes.
 */
export function createAdmission({ atOnce, atLeast, withCredentials = 16 }: AdmissionOptions): Admission {
  const delays: number[] = Array.from({ length: looks }, () => 0);
  let running = 0;
  let credentialed = 0;
  let least = Math.min(atLeast, atOnce);
  let room = atOnce;
  let finished = 0;
  let pace: number | null = null;
  let calm = 0;
  let wasFull = false;
  let fullFor = 0;
  let look = 0;
  let lookedAt = performance.now();
  let pacedAt = lookedAt;

  const takePace = (now: number) => {
    const perMs = finished / (now - pacedAt);
    if (wasFull || running > least) {
      pace = pace === null ? perMs : pace + (perMs - pace) * 0.3;
      calm = 0;
    } else if (++calm >= forgottenAfter) pace = null;
    fullFor = wasFull ? fullFor + 1 : 0;
    const isStanding = fullFor >= standsAfter;
    least = Math.min(atOnce, isStanding ? Math.ceil(atLeast / 2) : atLeast);
    const backlogMs = isStanding ? standingMs : burstMs;
    room = pace === null ? atOnce : Math.min(atOnce, Math.max(least, pace * backlogMs));
    finished = 0;
    wasFull = false;
    pacedAt = now;
  };
  const timer = setInterval(() => {
    const now = performance.now();
    delays[look++ % looks] = now - lookedAt - lookEveryMs;
    lookedAt = now;
    if (look % paceLooks === 0) takePace(now);
  }, lookEveryMs).unref();
  const isLate = () => delays.every((delay) => delay > lateMs);

  const leave = () => {
    running -= 1;
    finished += 1;
  };
  const isFull = () => running >= least && (running >= room || isLate());
  const isOpen = (hasCredentials: boolean) => {
    if (!isFull()) return true;
    wasFull = true;
    return hasCredentials && credentialed < withCredentials;
  };
  return {
    hasRoom: isOpen,
    enter(hasCredentials) {
      if (!isOpen(hasCredentials)) return null;
      if (!isFull()) {
        running += 1;
        return leave;
      }
      credentialed += 1;
      return () => {
        credentialed -= 1;
      };
    },
    stop: () => clearInterval(timer),
  };
}
