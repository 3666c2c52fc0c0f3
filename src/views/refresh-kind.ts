import { registerEnumType } from 'type-graphql';

export const RefreshKind = { INCREMENTAL: 'incremental', REBUILD: 'rebuild' } as const;
export type RefreshKind = (typeof RefreshKind)[keyof typeof RefreshKind];
registerEnumType(RefreshKind, {
  name: 'RefreshKind',
  description: 'How the numbers were brought up to date.',
  valuesConfig: {
    INCREMENTAL: { description: 'From what changed since the last refresh.' },
    REBUILD: { description: 'From all plays.' },
  },
});
