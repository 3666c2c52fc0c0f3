import type { Viewer } from './viewer.js';

/**
 * Does what somebody asked for and leaves a line that says who did what, when, and for how long, whether it went well
 * or not. `detail` is written as it is, so it holds nothing secret.
 */
export type Audit = <Result>(
  action: string,
  detail: Readonly<Record<string, unknown>>,
  work: () => Result | Promise<Result>,
) => Promise<Result>;

export interface AuditOptions {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly now: () => Date;
  readonly write: (line: Readonly<Record<string, unknown>>) => void;
}

/** The audit of one request. */
export function createAudit({ viewer, requestId, now, write }: AuditOptions): Audit {
  const who = viewer.kind === 'operator' ? viewer.name : viewer.kind;
  return async (action, detail, work) => {
    const startedAt = now();
    const start = performance.now();
    const end = (outcome: Readonly<Record<string, unknown>>) =>
      write({
        audit: true,
        action,
        who,
        detail,
        startedAt: startedAt.toISOString(),
        durationMs: Math.round((performance.now() - start) * 1000) / 1000,
        requestId,
        ...outcome,
      });
    try {
      const result = await work();
      end({ outcome: 'done' });
      return result;
    } catch (error) {
      end({ outcome: 'failed', code: codeOf(error) });
      throw error;
    }
  };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
