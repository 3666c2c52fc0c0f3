import type { Status } from '../../src/client/index.ts';
import { useTheme } from '../client/theme.ts';
import { useStatus } from '../client/use-answer.ts';
import { useNow } from '../client/use-now.ts';
import { span, timeOfDay } from '../format.ts';

const places = [
  { name: 'Overview', href: '#/', at: '' },
  { name: 'Songs', href: '#/songs', at: 'songs' },
  { name: 'Charts', href: '#/charts', at: 'charts' },
  { name: 'Health', href: '#/health', at: 'health' },
] as const;

/** Where one can go, and how old what one sees is. */
export function TopBar({ at }: { readonly at: string }) {
  const [theme, toggle] = useTheme();
  return (
    <header className="top">
      <a className="brand" href="#/">
        <span className="brand-mark" aria-hidden="true" />
        Mycelix Music
      </a>
      <nav aria-label="Pages">
        {places.map((place) => (
          <a key={place.name} href={place.href} aria-current={place.at === at ? 'page' : undefined}>
            {place.name}
          </a>
        ))}
        <a href="graphiql">GraphiQL</a>
      </nav>
      <Freshness />
      <button
        type="button"
        className="theme"
        onClick={toggle}
        aria-label={theme === 'dark' ? 'Show the light page' : 'Show the dark page'}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />
        </svg>
      </button>
    </header>
  );
}

/** How long after its instant a planned refresh may take before it counts as late, in milliseconds. */
const lateMs = 10_000;

function Freshness() {
  const status = useStatus();
  const now = useNow() + status.clockAheadMs;
  const { freshness } = status;
  const { state, text } = stateOf(status, now);
  return (
    <div className={`freshness is-${state}`} data-state={state}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{text}</span>
      {freshness && (
        <span className="freshness-ages">
          as of <time dateTime={freshness.asOf}>{timeOfDay(freshness.asOf)}</time>
          <span className="freshness-detail">
            {' · '}
            {span(now - Date.parse(freshness.asOf))} old
            {freshness.nextRefreshAt && state === 'fresh' && ` · ${nextIn(freshness.nextRefreshAt, now)}`}
          </span>
        </span>
      )}
    </div>
  );
}

function nextIn(nextRefreshAt: string, now: number): string {
  const leftMs = Date.parse(nextRefreshAt) - now;
  return leftMs > 0 ? `next in ${span(leftMs)}` : 'refreshing';
}

function stateOf({ freshness, isStale, failure, failingSinceMs }: Status, now: number) {
  if (failure) {
    const since = failingSinceMs ? ` since ${timeOfDay(failingSinceMs)}` : '';
    if (!navigator.onLine) return { state: 'offline', text: `Offline${since}` };
    if (failure.kind === 'unreachable')
      return { state: 'offline', text: `The gateway cannot be reached${since}` };
    return { state: 'failing', text: `No new numbers${since}` };
  }
  if (!freshness) return { state: 'waiting', text: 'Connecting' };
  if (isStale) return { state: 'stale', text: 'The database is away' };
  if (freshness.nextRefreshAt && now - Date.parse(freshness.nextRefreshAt) > lateMs)
    return { state: 'late', text: 'The refresh is late' };
  return { state: 'fresh', text: 'Live' };
}
