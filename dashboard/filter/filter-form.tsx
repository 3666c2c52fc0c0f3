import { words } from '../format.ts';
import { type Field, fieldOf, fields, operators, strategies } from './fields.ts';
import {
  type Condition,
  type Group,
  isGroup,
  type Join,
  newCondition,
  newGroup,
  operatorOf,
  type Part,
  typedValueOf,
} from './filter.ts';

interface PartProps<Kind extends Part> {
  readonly part: Kind;
  /** The part that takes its place; null takes it away. */
  readonly onChange: (part: Part | null) => void;
  /** How the part is called to those who cannot see where it stands, such as "2" or "2.1". */
  readonly place: string;
}

const joins: readonly { readonly join: Join; readonly label: string }[] = [
  { join: 'all', label: 'all of these hold' },
  { join: 'any', label: 'any of these holds' },
  { join: 'none', label: 'none of these holds' },
];

/** Deeper than this nobody finds their way, though the gateway would. */
const deepest = 3;

/** A group of conditions: the filter itself, or one within it. */
export function GroupForm({ part: group, onChange, place }: PartProps<Group>) {
  const depth = place === '' ? 0 : place.split('.').length;
  const change = (at: number, by: Part | null) =>
    onChange({ ...group, parts: group.parts.flatMap((part, i) => (i === at ? (by ? [by] : []) : [part])) });
  const add = (part: Part) => onChange({ ...group, parts: [...group.parts, part] });
  const name = place === '' ? 'Filter' : `Group ${place}`;
  return (
    <fieldset className="group">
      <legend className="unseen">{name}</legend>
      <div className="group-head">
        <label>
          {place === '' ? 'Songs where' : 'where'}{' '}
          <select
            value={group.join}
            aria-label={`${name}: how its conditions are joined`}
            onChange={(event) => onChange({ ...group, join: event.target.value as Join })}
          >
            {joins.map(({ join, label }) => (
              <option key={join} value={join}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {place !== '' && (
          <button type="button" className="quiet" onClick={() => onChange(null)}>
            Remove<span className="unseen"> group {place}</span>
          </button>
        )}
      </div>
      {group.parts.map((part, at) => {
        const where = place === '' ? `${at + 1}` : `${place}.${at + 1}`;
        const onPart = (by: Part | null) => change(at, by);
        return isGroup(part) ? (
          <GroupForm key={part.id} part={part} onChange={onPart} place={where} />
        ) : (
          <ConditionForm key={part.id} part={part} onChange={onPart} place={where} />
        );
      })}
      <div className="group-foot">
        <button type="button" onClick={() => add(newCondition())}>
          Add a condition{place !== '' && <span className="unseen"> to group {place}</span>}
        </button>
        {depth < deepest && (
          <button type="button" onClick={() => add(newGroup('any', [newCondition()]))}>
            Add a group{place !== '' && <span className="unseen"> to group {place}</span>}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function ConditionForm({ part: condition, onChange, place }: PartProps<Condition>) {
  const field = fieldOf(condition.field);
  const onField = (name: string) => {
    const next = fieldOf(name);
    // What was typed stays where it may still mean something.
    const isAlike = next.kind === field.kind;
    onChange({
      ...newCondition(next.name, isAlike ? condition.operator : undefined, isAlike ? condition.value : ''),
      id: condition.id,
    });
  };
  return (
    <div className="condition">
      <select
        aria-label={`Condition ${place}: field`}
        value={field.name}
        onChange={(event) => onField(event.target.value)}
      >
        {fields.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label={`Condition ${place}: comparison`}
        value={operatorOf(condition).name}
        onChange={(event) => onChange({ ...condition, operator: event.target.value })}
      >
        {operators[field.kind].map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <ValueInput field={field} condition={condition} place={place} onChange={onChange} />
      <button type="button" className="quiet" onClick={() => onChange(null)}>
        Remove<span className="unseen"> condition {place}</span>
      </button>
    </div>
  );
}

function ValueInput({
  field,
  condition,
  place,
  onChange,
}: {
  readonly field: Field;
  readonly condition: Condition;
  readonly place: string;
  readonly onChange: (condition: Condition) => void;
}) {
  const { takes } = operatorOf(condition);
  const label = `Condition ${place}: value`;
  const onValue = (value: string) => onChange({ ...condition, value });
  if (takes === 'whether')
    return (
      <Choice
        label={label}
        value={condition.value === 'no' ? 'no' : 'yes'}
        choices={['yes', 'no']}
        onValue={onValue}
      />
    );
  if (field.kind === 'strategy' && takes === 'one')
    return <Choice label={label} value={condition.value} choices={['', ...strategies]} onValue={onValue} />;
  return (
    <input
      aria-label={label}
      aria-invalid={condition.value !== '' && typedValueOf(condition) === undefined ? true : undefined}
      value={condition.value}
      type={field.kind === 'time' && takes === 'one' ? 'datetime-local' : 'text'}
      inputMode={field.kind === 'count' || field.kind === 'amount' ? 'decimal' : undefined}
      list={field.name === 'genre' ? 'genres' : undefined}
      placeholder={placeholderOf(field, takes === 'many')}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}

function Choice({
  label,
  value,
  choices,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
  readonly onValue: (value: string) => void;
}) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onValue(event.target.value)}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice === '' ? 'choose' : words(choice)}
        </option>
      ))}
    </select>
  );
}

function placeholderOf({ kind, name }: Field, isMany: boolean): string {
  if (kind === 'count') return isMany ? '10, 20, 50' : '100';
  if (kind === 'amount') return isMany ? '0.5, 1.25' : '12.5';
  if (kind === 'address') return '0x…';
  if (kind === 'strategy') return 'AUCTION, PATRONAGE';
  if (name === 'genre') return isMany ? 'Jazz, Rock' : 'Jazz';
  return isMany ? 'parted by commas' : 'a text';
}
