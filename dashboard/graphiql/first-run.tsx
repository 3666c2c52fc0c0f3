import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

/** Runs the operation of the tab that is open, once, as soon as there is an editor for its answer. */
export function FirstRun() {
  const { queryEditor, responseEditor } = useGraphiQL(pick('queryEditor', 'responseEditor'));
  const { run } = useGraphiQLActions();
  const hasRun = useRef(false);
  useEffect(() => {
    if (!queryEditor || !responseEditor || hasRun.current) return;
    hasRun.current = true;
    void run();
  }, [queryEditor, responseEditor, run]);
  return null;
}
