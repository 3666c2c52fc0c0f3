/** Turns the pages of a list. */
export function Pager({
  noun,
  shown,
  onPrevious,
  onNext,
}: {
  /** What is listed, for screen readers. */
  readonly noun: string;
  /** Which part of the list is shown. */
  readonly shown: string;
  /** Absent on the first page. */
  readonly onPrevious: (() => void) | undefined;
  /** Absent on the last page. */
  readonly onNext: (() => void) | undefined;
}) {
  return (
    <div className="pager">
      <span role="status" className="pager-count">
        {shown}
      </span>
      {[['Previous', onPrevious] as const, ['Next', onNext] as const].map(([name, turn]) => (
        // Not `disabled`, which would take the focus from a button that was pressed until the end.
        <button key={name} type="button" aria-disabled={!turn} onClick={turn}>
          {name}
          <span className="unseen"> {noun}</span>
        </button>
      ))}
    </div>
  );
}
