import { type ReactNode, useState } from 'react';
import { useOperatorKey } from '../client/operator-key.ts';
import { KeyForm, type KeyFormProps } from './key-form.tsx';
import { useKnownKey } from './known-key.ts';

/** What only operators see, or the form for their key. */
export function WithKey({
  form,
  around,
  children,
}: {
  readonly form: KeyFormProps;
  /** What the page is as long as there is no key. */
  readonly around: (form: ReactNode) => ReactNode;
  readonly children: (key: string, forgetKey: ReactNode) => ReactNode;
}) {
  const [key, setKey] = useOperatorKey();
  const [refused, setRefused] = useState('');
  const leave = (why: string) => {
    setRefused(why);
    setKey(null);
  };
  useKnownKey(key, leave);
  if (key === null) return around(<KeyForm {...form} refused={refused} onKey={setKey} />);
  return children(
    key,
    <button type="button" onClick={() => leave('')}>
      Forget the operator key
    </button>,
  );
}
