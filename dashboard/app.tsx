import { lazy, Suspense, useEffect, useRef } from 'react';
import { type Route, useRoute } from './client/route.ts';
import { ArtistPage } from './pages/artist.tsx';
import { ChartsPage } from './pages/charts.tsx';
import { GenrePage } from './pages/genre.tsx';
import { Overview } from './pages/overview.tsx';
import { SongPage } from './pages/song.tsx';
import { SongsPage } from './pages/songs.tsx';
import { Waiting } from './parts/card.tsx';
import { TopBar } from './parts/top-bar.tsx';

// Only operators need them.
const HealthPage = lazy(() => import('./pages/health.tsx'));
const StatementsPage = lazy(() => import('./pages/statements.tsx'));

export function App() {
  const route = useRoute();
  const place = route.path.join('/');
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  // A screen reader is told of the new page as it would be of one that was loaded.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is what it follows
  useEffect(() => {
    if (!isFirst.current) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [place]);

  return (
    <>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the numbers
      </button>
      <TopBar at={route.path[0] ?? ''} />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Page key={place} route={route} />
        </Suspense>
      </main>
    </>
  );
}

function Page({ route: { path, parameters } }: { readonly route: Route }) {
  const [page, key = '', part] = path;
  if (page === undefined) return <Overview />;
  if (page === 'songs') return <SongsPage parameters={parameters} />;
  if (page === 'charts') return <ChartsPage parameters={parameters} />;
  if (page === 'song') return <SongPage id={key} />;
  if (page === 'artist' && part === 'statements')
    return <StatementsPage address={key} parameters={parameters} />;
  if (page === 'artist') return <ArtistPage address={key} />;
  if (page === 'genre') return <GenrePage name={key} />;
  if (page === 'health') return <HealthPage />;
  return (
    <section className="card">
      <h1>There is no such page</h1>
      <p>
        <a href="#/">Back to the overview</a>
      </p>
    </section>
  );
}
