import { lazy, Suspense } from 'react';
import type { PlotProps } from './plot.tsx';

const Plot = lazy(() => import('./plot.tsx').then((module) => ({ default: module.Plot })));

/** A plot whose code is loaded when the first one is shown, so that the numbers of a page need not wait for it. */
export function LazyPlot(props: PlotProps) {
  return (
    <Suspense fallback={<Room props={props} />}>
      <Plot {...props} />
    </Suspense>
  );
}

/** As much room as the plot will take. */
function Room({ props: { series, buckets } }: { readonly props: PlotProps }) {
  return (
    <div className="plot loading">
      <div />
      <p className="unseen">Loading {series[0]?.name}</p>
      {buckets && <p className="reading hint">{buckets.reading(null)}</p>}
    </div>
  );
}
