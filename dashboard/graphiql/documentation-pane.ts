/** GraphiQL keeps which pane is open, but not that somebody closed it. */
const keptUnder = 'graphiql-documentation';

/** How GraphiQL calls the pane. */
const title = 'Documentation Explorer';

/** The pane to open: at the first visit the documentation, where there is room beside the editors; later none. */
export function paneToOpen(): string | undefined {
  const isWanted = localStorage.getItem(keptUnder) !== 'closed' && matchMedia('(min-width: 60rem)').matches;
  return isWanted ? title : undefined;
}

/** Keeps that panes were closed, for all later visits to this gateway. */
export function keepPane(pane: object | null): void {
  if (pane) localStorage.removeItem(keptUnder);
  else localStorage.setItem(keptUnder, 'closed');
}
