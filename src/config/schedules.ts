import { Cron } from 'croner';

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
  refreshSchedule: string | undefined,
): string[] {
  const faults = Object.entries(schedules)
    .filter(([, schedule]) => !isCronExpression(schedule))
    .map(
      ([view, schedule]) =>
        `${viewSchedulePrefix}${view.toUpperCase()}: expected a cron expression such as "0 * * * *", got ${JSON.stringify(schedule)}`,
    );
  if (refreshSchedule === 'off' && Object.keys(schedules).length > 0)
    faults.push(`${viewSchedulePrefix}<VIEW>: expected only where REFRESH_SCHEDULE is not off`);
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
