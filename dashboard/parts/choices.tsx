import { useId } from 'react';

export interface Choice {
  readonly key: string;
  /** What is written on the button. */
  readonly short: string;
}

/** Radio buttons side by side, one of which is chosen. */
export function Choices<Option extends Choice>({
  legend,
  options,
  chosen,
  onChoose,
}: {
  /** What is chosen, for screen readers. */
  readonly legend: string;
  readonly options: readonly Option[];
  readonly chosen: Option;
  readonly onChoose: (option: Option) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="unseen">{legend}</legend>
      {options.map((option) => (
        <label key={option.key} className="choice">
          <input
            type="radio"
            name={name}
            value={option.key}
            checked={option.key === chosen.key}
            onChange={() => onChoose(option)}
          />
          <span className="choice-name">{option.short}</span>
        </label>
      ))}
    </fieldset>
  );
}
