import { useQuery } from '@apollo/client/react';
import { TrendingSongsDocument, ViewFreshnessDocument } from 'mycelix-analytics/client';
import { toDocumentNode } from 'mycelix-analytics/client/apollo';

const trendingSongs = toDocumentNode(TrendingSongsDocument);
const viewFreshness = toDocumentNode(ViewFreshnessDocument);

/**
 * The songs of the moment, as a widget: `<ApolloProvider client={client}><TrendingSongs /></ApolloProvider>` with a client
 * over `createPollingLink`, which asks again for everything on the page when there is something to fetch.
 */
export function TrendingSongs({ first = 5 }: { readonly first?: number }) {
  const { data, error } = useQuery(trendingSongs, { variables: { first } });
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
  const { data } = useQuery(viewFreshness);
  const asOf = data?.viewFreshness[0]?.lastRefreshed;
  return asOf ? <time dateTime={asOf}>as of {new Date(asOf).toLocaleTimeString('en')}</time> : null;
}
