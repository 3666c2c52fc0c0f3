import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useOperatorKey } from '../client/operator-key.ts';
import { keepPane, paneToOpen } from './documentation-pane.ts';
import { FirstRun } from './first-run.tsx';
import { KeyField } from './key-field.tsx';
import { linkedTab } from './linked-tab.ts';
import { mendTabs } from './mend-tabs.ts';
import { type Fetcher, starterTabs, type Tab } from './starters.ts';

const explanation =
  '# The published operations stand in the tabs. Control and Space says what can be asked.\n';

/** GraphiQL over this gateway, with what it needs from this gateway alone. */
export function Explorer() {
  const [key, setKey] = useOperatorKey();
  const isDark = useSyncExternalStore(onScheme, () => darkScheme.matches);
  const [refused, setRefused] = useState(false);
  const main = useRef<HTMLElement>(null);
  useEffect(() => (main.current ? mendTabs(main.current) : undefined), []);
  return (
    <>
      <KeyField
        operatorKey={key}
        isRefused={refused}
        onKey={(next) => {
          setRefused(false);
          setKey(next);
        }}
      />
      <main ref={main}>
        {/* For operators schema and tabs are others; and its editors take the system's colours when they are made. */}
        <Editors
          key={`${key ?? ''} ${isDark}`}
          operatorKey={key}
          onRefused={() => {
            setRefused(true);
            setKey(null);
          }}
        />
      </main>
    </>
  );
}

function Editors({
  operatorKey,
  onRefused,
}: {
  readonly operatorKey: string | null;
  readonly onRefused: () => void;
}) {
  const refuse = useRef(onRefused);
  refuse.current = onRefused;
  const fetcher = useMemo(() => fetcherWith(operatorKey, () => refuse.current()), [operatorKey]);
  const linked = useMemo(() => linkedTab(), []);
  const storage = useMemo(() => storageOf(operatorKey === null ? 'public' : 'operator'), [operatorKey]);
  // GraphiQL keeps its tabs from the first visit on.
  const [isFirstVisit] = useState(() => storage.getItem('graphiql:tabState') === null);
  const [pane] = useState(paneToOpen);
  const [tabs, setTabs] = useState<readonly Tab[] | null>(null);
  useEffect(() => {
    void starterTabs(fetcher, operatorKey !== null).then(setTabs);
  }, [fetcher, operatorKey]);
  if (!tabs) return <p className="loading">Loading the operations</p>;
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      visiblePlugin={pane}
      onTogglePluginVisibility={keepPane}
      defaultTabs={[...(linked ? [linked] : []), ...tabs]}
      defaultQuery={explanation}
      initialQuery={linked?.query}
      initialVariables={linked?.variables}
      shouldPersistHeaders={false}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <span>Mycelix Music</span>
        {isFirstVisit && !linked && <FirstRun />}
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

function onScheme(listener: () => void): () => void {
  darkScheme.addEventListener('change', listener);
  return () => darkScheme.removeEventListener('change', listener);
}

/** Keeps the tabs of operators from those of everybody. */
function storageOf(who: string): Storage {
  const nameOf = (key: string) => `${who}:${key}`;
  const names = () => Object.keys(localStorage).filter((key) => key.startsWith(nameOf('')));
  return {
    get length() {
      return names().length;
    },
    key: (index) => names()[index]?.slice(nameOf('').length) ?? null,
    getItem: (key) => localStorage.getItem(nameOf(key)),
    setItem: (key, value) => localStorage.setItem(nameOf(key), value),
    removeItem: (key) => localStorage.removeItem(nameOf(key)),
    clear: () => {
      for (const name of names()) localStorage.removeItem(name);
    },
  };
}

/** Right after a tab was changed, GraphiQL still asks for the operation of the one before. */
function withoutOldName({ operationName, ...asked }: Parameters<Fetcher>[0]) {
  const isThere = new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`).test(asked.query);
  return isThere ? { ...asked, operationName } : asked;
}

function fetcherWith(key: string | null, onRefused: () => void) {
  return async (
    asked: Parameters<Fetcher>[0],
    options?: { readonly headers?: Readonly<Record<string, unknown>> },
  ) => {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(key && { authorization: `Bearer ${key}` }),
        ...(options?.headers as Record<string, string>),
      },
      body: JSON.stringify(withoutOldName(asked)),
    });
    if (key !== null && response.status === 401) onRefused();
    return response.json();
  };
}
