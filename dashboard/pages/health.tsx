import { Advice, Database, Tables } from '../health/database.tsx';
import { Gateway } from '../health/gateway.tsx';
import { Latencies, SlowQueries } from '../health/queries.tsx';
import { Refreshes } from '../health/refreshes.tsx';
import type { KeyFormProps } from '../operator/key-form.tsx';
import { WithKey } from '../operator/with-key.tsx';

const form: KeyFormProps = {
  title: 'For operators',
  children: 'Latencies, connections, refreshes, slow queries and advice are shown to operators.',
  purpose: 'look at the health of the database',
  action: 'Show the health',
};

/** How the database and the gateway are doing, for those who have an operator key. */
export default function HealthPage() {
  return (
    <WithKey
      form={form}
      around={(keyForm) => (
        <div className="key-page">
          <h1>Health</h1>
          {keyForm}
        </div>
      )}
    >
      {(key, forgetKey) => (
        <div className="health">
          <div className="page-head">
            <h1>Health</h1>
            {forgetKey}
          </div>
          <Latencies operatorKey={key} />
          <Gateway operatorKey={key} />
          <Refreshes operatorKey={key} />
          <SlowQueries operatorKey={key} />
          <Advice operatorKey={key} />
          <Database operatorKey={key} />
          <Tables operatorKey={key} />
        </div>
      )}
    </WithKey>
  );
}
