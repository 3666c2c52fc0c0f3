/** Time zones with what makes calendars hard. */
export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  // Half and quarters of an hour.
  'Asia/Kolkata',
  'Asia/Kathmandu',
  // Changes its clocks by half an hour.
  'Australia/Lord_Howe',
  // Skipped a day.
  'Pacific/Apia',
  // Changed its clocks a minute after midnight.
  'America/St_Johns',
  // Shows midnight twice in autumn.
  'America/Havana',
  // Has no midnight in spring.
  'Asia/Beirut',
] as const;
