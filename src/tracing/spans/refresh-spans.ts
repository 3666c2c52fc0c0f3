import { type Attributes, type HrTime, type Span, SpanKind } from '@opentelemetry/api';
import { viewNames } from '../../catalogue/index.js';
import type { ViewName } from '../../catalogue/view.js';
import { codeOf } from '../../database/failures/failures.js';
import { phaseOrder } from '../../refresh/describe.js';
import type { RefreshResult, refreshViews } from '../../refresh/refresh-views.js';
import { failSpan } from './fail-span.js';
import type { Spans } from './spans.js';

/** A span for each refresh, with a span for each of its phases. */
export function traceRefresh(spans: Spans, refresh: typeof refreshViews): typeof refreshViews {
  return async (database, options) => {
    const attributes = { 'mycelix.refresh.trigger': options.trigger };
    const parent = spans.current();
    const span = parent
      ? spans.startBelow(parent, 'refresh', { attributes })
      : spans.startRoot('refresh', { attributes });
    try {
      const result = await spans.within(span, () => refresh(database, options));
      if (span.isRecording()) noteResult(spans, span, result);
      return result;
    } catch (error) {
      failSpan(span, codeOf((error as { originalError?: unknown }).originalError ?? error));
      throw error;
    } finally {
      span.end();
    }
  };
}

function noteResult(spans: Spans, span: Span, result: RefreshResult): void {
  span.setAttribute('mycelix.refresh.outcome', result.outcome);
  span.setAttribute('mycelix.generation', result.generation);
  if (result.kind) span.setAttribute('mycelix.refresh.kind', result.kind);
  // Who joined a refresh sees it where it ran.
  if (result.outcome === 'refreshed') addPhases(spans, span, result);
}

/**
 * The database measures the phases and tells their durations at the end. They follow each other, and the views are
 * published one after the other within the last one, so that is how the spans are laid: the last one ends now.
 */
function addPhases(spans: Spans, parent: Span, { phases = {}, rowsChanged = {} }: RefreshResult): void {
  const views = viewNames.filter((view) => view in phases);
  const steps = phaseOrder.filter((name) => name in phases && !views.includes(name as ViewName));
  const total = steps.reduce((sum, name) => sum + (phases[name] ?? 0), 0);
  let at = Date.now() - total;
  for (const name of steps) {
    const durationMs = phases[name] ?? 0;
    const phase = addSpan(spans, parent, `refresh ${name}`, at, durationMs);
    if (name === 'publish') {
      let viewAt = at;
      for (const view of views) {
        const viewMs = phases[view] ?? 0;
        const changed = rowsChanged[view];
        const rows = typeof changed === 'number' ? { 'mycelix.refresh.rows_changed': changed } : {};
        addSpan(spans, phase, `publish ${view}`, viewAt, viewMs, { 'mycelix.view': view, ...rows });
        viewAt += viewMs;
      }
    }
    at += durationMs;
  }
}

function addSpan(
  spans: Spans,
  parent: Span,
  name: string,
  startMs: number,
  durationMs: number,
  attributes: Attributes = {},
): Span {
  const span = spans.startBelow(parent, name, {
    kind: SpanKind.INTERNAL,
    startTime: hrTimeOf(startMs),
    attributes,
  });
  span.end(hrTimeOf(startMs + durationMs));
  return span;
}

function hrTimeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
