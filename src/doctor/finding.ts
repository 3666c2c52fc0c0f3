/** `ok` serves; `hint` serves, but could be better; `fault` keeps the gateway from serving. */
export type Level = 'ok' | 'hint' | 'fault';

/** What one check found. */
export interface Finding {
  readonly level: Level;
  readonly title: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const ok = (title: string): Finding => ({ level: 'ok', title });
export const hint = (title: string, advice?: string): Finding => ({ level: 'hint', title, advice });
export const fault = (title: string, advice?: string): Finding => ({ level: 'fault', title, advice });
