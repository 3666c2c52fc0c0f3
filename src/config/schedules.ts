import { Cron } from 'croner';

/** Views whose counts of listeners are shown or withheld by each other. */
export const withholdingViews = ['mv_song_analytics', 'mv_artist_analytics', 'mv_platform_stats'];

const viewSchedulePrefix = 'REFRESH_SCHEDULE_';

/** The schedules of single views, by the name of the view in lower case. */
export function readViewSchedules(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(viewSchedulePrefix) && value
        ? [[name.slice(viewSchedulePrefix.length).toLowerCase(), value]]
        : [],
    ),
  );
}

/** What is wrong with them, a sentence each. */
export function faultsOfViewSchedules(
  schedules: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | undefined>>,
): string[] {
  const faults = Object.entries(schedules)
    .filter(([, schedule]) => !isCronExpression(schedule))
    .map(
      ([view, schedule]) =>
        `${viewSchedulePrefix}${view.toUpperCase()}: expected a cron expression such as "0 * * * *", got ${JSON.stringify(schedule)}`,
    );
  if (given.REFRESH_SCHEDULE === 'off' && Object.keys(schedules).length > 0)
    faults.push(`${viewSchedulePrefix}<VIEW>: expected only where REFRESH_SCHEDULE is not off`);
  // What is withheld of one view depends on what is shown of the others.
  const late = withholdingViews.find((view) => view in schedules);
  if (late !== undefined && !['off', undefined].includes(given.WITHHOLD_LISTENERS_UNDER))
    faults.push(
      `WITHHOLD_LISTENERS_UNDER: expected only where songs, artists and the platform are published together, got ${viewSchedulePrefix}${late.toUpperCase()}`,
    );
  return faults;
}

export function isCronExpression(text: string): boolean {
  try {
    new Cron(text, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}
