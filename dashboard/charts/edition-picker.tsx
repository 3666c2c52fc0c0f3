import type { EditionDatesFragment } from '../../src/client/operations.ts';
import { editionName } from './edition-name.ts';

/** Chooses one of the editions of a chart. */
export function EditionPicker({
  editions,
  chosen,
  onChoose,
}: {
  /** Newest first; none while they are on their way. */
  readonly editions: readonly EditionDatesFragment[];
  /** The edition that is shown; null before it is known. */
  readonly chosen: EditionDatesFragment | null;
  readonly onChoose: (edition: EditionDatesFragment) => void;
}) {
  const position = editions.findIndex(({ id }) => id === chosen?.id);
  // The shown edition has its place in the list before the list is there.
  const listed = position < 0 && chosen ? [chosen, ...editions] : editions;
  return (
    <div className="edition-picker">
      <label>
        <span className="unseen">Edition</span>
        <select
          value={chosen?.id ?? ''}
          onChange={(event) => {
            const edition = editions.find(({ id }) => id === event.target.value);
            if (edition) onChoose(edition);
          }}
        >
          {!chosen && <option value="">Choose an edition</option>}
          {listed.map((edition) => (
            <option key={edition.id} value={edition.id}>
              {editionName(edition)}
            </option>
          ))}
        </select>
      </label>
      <Step name="Previous" to={position < 0 ? undefined : editions[position + 1]} onChoose={onChoose} />
      <Step name="Next" to={editions[position - 1]} onChoose={onChoose} />
    </div>
  );
}

function Step({
  name,
  to,
  onChoose,
}: {
  readonly name: string;
  readonly to: EditionDatesFragment | undefined;
  readonly onChoose: (edition: EditionDatesFragment) => void;
}) {
  return (
    // Not `disabled`, which would take the focus from a button that was pressed until the end.
    <button type="button" aria-disabled={!to} onClick={() => to && onChoose(to)}>
      {name}
      <span className="unseen"> edition</span>
    </button>
  );
}
