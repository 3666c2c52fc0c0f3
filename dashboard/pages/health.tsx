import { type FormEvent, useEffect, useState } from 'react';
import { RequestFailure } from '../../src/client/index.ts';
import { GatewayHealthDocument } from '../../src/client/operations.ts';
import { useOperatorKey } from '../client/operator-key.ts';
import { askAsOperator } from '../client/polling.ts';
import { Advice, Database, Tables } from '../health/database.tsx';
import { Gateway } from '../health/gateway.tsx';
import { Latencies, SlowQueries } from '../health/queries.tsx';
import { Refreshes } from '../health/refreshes.tsx';
import { Card } from '../parts/card.tsx';

/** How the database and the gateway are doing, for whoever has an operator key. */
export default function HealthPage() {
  const [key, setKey] = useOperatorKey();
  const [refused, setRefused] = useState('');
  if (key === null) return <KeyForm refused={refused} onKey={setKey} />;
  const leave = (why: string) => {
    setRefused(why);
    setKey(null);
  };
  return (
    <div className="health">
      <div className="health-head">
        <h1>Health</h1>
        <button type="button" onClick={() => leave('')}>
          Forget the operator key
        </button>
      </div>
      <KeyCheck operatorKey={key} onRefused={leave} />
      <Latencies operatorKey={key} />
      <Gateway operatorKey={key} />
      <Refreshes operatorKey={key} />
      <SlowQueries operatorKey={key} />
      <Advice operatorKey={key} />
      <Database operatorKey={key} />
      <Tables operatorKey={key} />
    </div>
  );
}

/** A key that was kept may have been taken away meanwhile. */
function KeyCheck({
  operatorKey,
  onRefused,
}: {
  readonly operatorKey: string;
  readonly onRefused: (why: string) => void;
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each key
  useEffect(() => {
    void whyRefused(operatorKey).then((why) => why && onRefused(why));
  }, [operatorKey]);
  return null;
}

async function whyRefused(key: string): Promise<string | null> {
  try {
    await askAsOperator(GatewayHealthDocument, { limit: 1 }, key);
    return null;
  } catch (error) {
    const isWrong = error instanceof RequestFailure && ['unauthenticated', 'refused'].includes(error.kind);
    return isWrong ? 'The gateway does not know this operator key.' : null;
  }
}

function KeyForm({ refused, onKey }: { readonly refused: string; readonly onKey: (key: string) => void }) {
  const [text, setText] = useState('');
  const [why, setWhy] = useState(refused);
  const [isChecking, setChecking] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const key = text.trim();
    if (key === '') return setWhy('An operator key is needed to look at the health of the database.');
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
    <div className="key-page">
      <h1>Health</h1>
      <Card title="For operators">
        <p>
          Latencies, connections, refreshes, slow queries and advice are shown to operators.{' '}
          <code>npm start</code> prints a key and keeps it in <code>.data/operator-key</code>; elsewhere it is
          one of <code>OPERATOR_KEYS</code>.
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
            {isChecking ? 'Checking' : 'Show the health'}
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
    </div>
  );
}
