import type { ReactNode } from 'react';

/** What a page is about: its name, and what it is known by. */
export function Subject({
  kind,
  name,
  children,
}: {
  readonly kind: string;
  readonly name: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="subject">
      <p className="kind">{kind}</p>
      <h1>{name}</h1>
      <p className="known-by">{children}</p>
    </div>
  );
}
