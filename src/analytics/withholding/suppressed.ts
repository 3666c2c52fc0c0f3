/** The field that says whether the counts of listeners beside it are withheld. */
export const suppressedField = 'listenersSuppressed';

export const suppressedDescription =
  'Whether the number of listeners is withheld, because a small one could be told from it.';
