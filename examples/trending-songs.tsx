import { useQuery } from '@apollo/client/react';
import { TrendingSongsDocument, ViewFreshnessDocument } from './operations.js';

/**
 * The songs of the moment, as a widget: `<ApolloProvider client={client}><TrendingSongs /></ApolloProvider>` with the
 * client of polling-client.ts, which asks again for everything on the page when there is something to fetch.
 */
export function TrendingSongs({ first = 5 }: { readonly first?: number }) {
  const { data, error } = useQuery(TrendingSongsDocument, { variables: { first } });
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p>…</p>;
  return (
    <section>
      <ol>
        {data.trendingSongs.map(({ songId, title, genre, trendingScore }) => (
          <li key={songId}>
            {title} ({genre ?? 'no genre'}): {trendingScore}
          </li>
        ))}
      </ol>
      <Age />
    </section>
  );
}

/** What instant the numbers are true for. They are of one refresh, all over the page. */
export function Age() {
  const { data } = useQuery(ViewFreshnessDocument);
  const asOf = data?.viewFreshness[0]?.lastRefreshed;
  return asOf ? <time dateTime={asOf}>as of {new Date(asOf).toLocaleTimeString('en')}</time> : null;
}
