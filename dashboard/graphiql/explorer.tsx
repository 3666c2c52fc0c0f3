import starters from 'virtual:starters';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { useOperatorKey } from '../client/operator.ts';
import { KeyField } from './key-field.tsx';

interface Asked {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}

const defaultTabs = starters.map(({ text }) => ({ query: text }));
const explanation =
  '# The published operations stand in the tabs. An operator key above opens the rest of the schema.\n';

/** GraphiQL over this gateway, with what it needs from this gateway alone. */
export function Explorer() {
  const [key, setKey] = useOperatorKey();
  // The schema is another one for operators, and it is asked for anew when the fetcher is another one.
  const fetcher = useMemo(() => fetcherWith(key), [key]);
  const [linked] = useState(() => new URLSearchParams(location.hash.slice(1)));
  const query = linked.get('query');
  return (
    <>
      <KeyField operatorKey={key} onKey={setKey} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={defaultTabs}
          defaultQuery={explanation}
          initialQuery={query ?? undefined}
          initialVariables={linked.get('variables') ?? undefined}
          shouldPersistHeaders={false}
        >
          <GraphiQL.Logo>
            <span>Mycelix Music</span>
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

function fetcherWith(key: string | null) {
  return async (asked: Asked, options?: { readonly headers?: Readonly<Record<string, unknown>> }) => {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
        ...(options?.headers as Record<string, string>),
      },
      body: JSON.stringify(asked),
    });
    return response.json();
  };
}
