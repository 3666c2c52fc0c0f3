/** One thing that keeps existing tables from being adopted. */
export interface Conflict {
  /** What was expected and what is there. */
  readonly found: string;
  /** What the user can do about it. The gateway itself changes nothing of the user's. */
  readonly advice: string;
}

/** The migrations cannot be applied; `conflicts` names everything that stands in the way. */
export class AdoptionError extends Error {
  constructor(readonly conflicts: readonly Conflict[]) {
    const lines = conflicts.map(({ found, advice }) => `  - ${found}. ${advice}`);
    super(
      `This database cannot be adopted as it is; nothing was changed:\n${lines.join('\n')}\nThen run \`mycelix-analytics doctor\` again, and \`mycelix-analytics migrate\` when it finds no fault of this kind.`,
    );
    this.name = 'AdoptionError';
  }
}

export const quoted = (name: string) =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
