import { type FormEvent, type ReactNode, useState } from 'react';
import { Card } from '../parts/card.tsx';
import { whyRefused } from './known-key.ts';

export interface KeyFormProps {
  readonly title: string;
  /** What is shown to operators here. */
  readonly children: ReactNode;
  /** What the key is needed for. */
  readonly purpose: string;
  /** What stands on the button. */
  readonly action: string;
}

/** Takes an operator key that the gateway knows. */
export function KeyForm({
  title,
  children,
  purpose,
  action,
  refused,
  onKey,
}: KeyFormProps & {
  /** Why the last key was not taken. */
  readonly refused: string;
  readonly onKey: (key: string) => void;
}) {
  const [text, setText] = useState('');
  const [why, setWhy] = useState(refused);
  const [isChecking, setChecking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const key = text.trim();
    if (key === '') return setWhy(`An operator key is needed to ${purpose}.`);
    // A header can carry nothing else, and the browser would say so in words of its own.
    if (!/^[\x21-\x7e]+$/.test(key))
      return setWhy('An operator key has neither spaces nor special characters.');
    setChecking(true);
    const reason = await whyRefused(key);
    setChecking(false);
    if (reason) setWhy(reason);
    else onKey(key);
  };
  return (
    <Card title={title}>
      <p>
        {children} <code>npm start</code> prints a key and keeps it in <code>.data/operator-key</code>.
        Elsewhere it is one of <code>OPERATOR_KEYS</code>.
      </p>
      <form className="key-form" onSubmit={(event) => void submit(event)}>
        <label htmlFor="key">Operator key</label>
        <input
          id="key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-invalid={why !== '' ? true : undefined}
          aria-describedby="key-hint"
          onChange={(event) => {
            setText(event.target.value);
            setWhy('');
          }}
        />
        <button type="submit" className="main" disabled={isChecking}>
          {isChecking ? 'Checking' : action}
        </button>
      </form>
      {why && (
        <p className="failed" role="alert">
          {why}
        </p>
      )}
      <p id="key-hint" className="hint">
        It stays in this tab, is sent to this gateway only, and is forgotten when the tab is closed.
      </p>
    </Card>
  );
}
