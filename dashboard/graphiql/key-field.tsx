import { type FormEvent, useState } from 'react';

/** Where the operator key goes that every request is sent with. */
export function KeyField({
  operatorKey,
  isRefused,
  onKey,
}: {
  readonly operatorKey: string | null;
  /** Whether the gateway did not know the last one. */
  readonly isRefused: boolean;
  readonly onKey: (key: string | null) => void;
}) {
  const [text, setText] = useState('');
  const [why, setWhy] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = text.trim();
    if (!/^[\x21-\x7e]+$/.test(key)) return setWhy('A key has neither spaces nor special characters.');
    setText('');
    setWhy('');
    onKey(key);
  };
  return (
    <header className="key-bar">
      <h1>GraphiQL</h1>
      {operatorKey === null ? (
        <form onSubmit={submit}>
          <label htmlFor="key">Operator key</label>
          <input
            id="key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder="only for what operators may ask"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit">Use it</button>
          <span role="status">{why || (isRefused && 'The gateway does not know this key.')}</span>
        </form>
      ) : (
        <div className="key-used">
          <span role="status">Asking as operator</span>
          <button type="button" onClick={() => onKey(null)}>
            Forget the key
          </button>
        </div>
      )}
      <a href="dashboard">Dashboard</a>
    </header>
  );
}
