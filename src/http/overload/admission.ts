/** The event-loop delay above which nothing new is begun, in milliseconds. */
const lateMs = 100;
const lookEveryMs = 25;
/** The shortest delay of so many looks counts: one long task is no overload. */
const looks = 4;
/** How long a burst that has been let in may have to wait for all that was let in before, in milliseconds. */
const burstMs = 300;
/** The same under lasting overload: a standing queue only adds delay and takes memory. */
const standingMs = 30;
/** Consecutive full samples after which overload counts as lasting. */
const standsAfter = 5;
/** Looks per throughput sample. */
const paceLooks = 4;
/** Samples without pressure after which the measured throughput is discarded. */
const forgottenAfter = 10;

export interface AdmissionOptions {
  /** How many requests may be worked on at once. */
  readonly atOnce: number;
  /** How many are always admitted, however slow; half as many after half a second of overload. */
  readonly atLeast: number;
  /** Extra places for requests with credentials, so that a busy gateway can still be inspected. */
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
 * Admits what the throughput measured under recent load finishes within burstMs, or standingMs under lasting
 * overload. Without a measurement, a burst of up to atOnce requests is admitted.
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
