import { useState } from 'react';
import {
  ArtistsDocument,
  type ArtistsQuery,
  GenresDocument,
  type GenresQuery,
  PlatformSeriesDocument,
  PlatformStatsDocument,
  type PlatformStatsQuery,
  TopSongsSinceLastEditionDocument,
  TrendingSongsDocument,
} from '../../src/client/operations.ts';
import { Moved } from '../charts/movement.tsx';
import { hrefOf } from '../client/route.ts';
import { useAnswer } from '../client/use-answer.ts';
import { average, count, decimal, listenerCount, plays, share, shortAddress } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { Bar, Figures, Flow } from '../parts/numbers.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { RankedSongs } from '../parts/songs.tsx';
import { ActiveListeners } from '../series/active-listeners.tsx';
import { SeriesCard } from '../series/series-card.tsx';

/** The whole platform on one page. */
export function Overview() {
  return (
    <div className="overview">
      <h1 className="unseen">Overview</h1>
      <Totals />
      <SeriesCard
        className="main-plot"
        document={PlatformSeriesDocument}
        variablesFor={(variables) => variables}
        seriesOf={({ platformStats }) => platformStats.series}
      />
      <ActiveListeners className="side-plot" />
      <Trending />
      <Chart />
      <div className="column">
        <GenreShares />
        <Earners />
        <Models />
      </div>
    </div>
  );
}

function Totals() {
  const tile = useAnswer(PlatformStatsDocument, {});
  return (
    <AnswerCard title="Platform" className="totals" tile={tile}>
      {({ platformStats }) => <Figures figures={totalsOf(platformStats)} />}
    </AnswerCard>
  );
}

function totalsOf(stats: PlatformStatsQuery['platformStats']) {
  return [
    { label: 'Plays', value: count(stats.totalPlays), note: `${count(stats.playsLast24h)} in the last 24 h` },
    {
      label: 'Plays, 7 days',
      value: count(stats.playsLast7d),
      note: `${count(stats.playsLast30d)} in 30 × 24 h`,
    },
    {
      label: 'Volume',
      value: <Flow amount={stats.totalVolume} />,
      note: `${decimal(stats.avgPayment, 4)} FLOW a play`,
    },
    { label: 'Listeners', value: listenerCount(stats.totalListeners), note: 'different addresses' },
    { label: 'Songs', value: count(stats.totalSongs), note: `${count(stats.newSongsLast7d)} new in 7 days` },
    { label: 'Artists', value: count(stats.totalArtists), note: songsEach(stats) },
  ];
}

function songsEach({ totalSongs, totalArtists }: PlatformStatsQuery['platformStats']): string {
  return Number(totalArtists) === 0
    ? 'none yet'
    : `${average(Number(totalSongs) / Number(totalArtists))} songs each`;
}

/** How many songs are paid in which way; the rest has none of the four. */
function Models() {
  const tile = useAnswer(PlatformStatsDocument, {});
  return (
    <AnswerCard
      title="Songs by economic model"
      tile={tile}
      emptyText={({ platformStats }) => (Number(platformStats.totalSongs) === 0 ? 'No songs yet.' : null)}
    >
      {({ platformStats: stats }) => (
        <Shares
          whole={Number(stats.totalSongs)}
          parts={[
            { label: 'Pay per stream', songs: stats.songsPayPerStream },
            { label: 'Gift economy', songs: stats.songsGiftEconomy },
            { label: 'Patronage', songs: stats.songsPatronage },
            { label: 'Auction', songs: stats.songsAuction },
          ]}
        />
      )}
    </AnswerCard>
  );
}

function Shares({
  whole,
  parts,
}: {
  readonly whole: number;
  readonly parts: readonly { readonly label: string; readonly songs: number }[];
}) {
  const most = Math.max(1, ...parts.map(({ songs }) => Number(songs)));
  return (
    <table className="shares">
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">
            <span className="unseen">Share as a bar</span>
          </th>
          <th scope="col" className="number">
            Songs
          </th>
          <th scope="col" className="number">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ label, songs }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="bar-cell">
              <Bar ratio={Number(songs) / most} />
            </td>
            <td className="number">{count(songs)}</td>
            <td className="number">{share(Number(songs) / whole)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Trending() {
  const tile = useAnswer(TrendingSongsDocument, { first: 20 });
  return (
    <AnswerCard
      title="Trending"
      className="tall"
      tile={tile}
      emptyText={({ trendingSongs }) => (trendingSongs.length === 0 ? 'No songs yet.' : null)}
    >
      {({ trendingSongs }) => (
        <Scroll label="Trending songs">
          <RankedSongs
            measureName="points"
            songs={trendingSongs.map((song, index) => ({
              ...song,
              under: [song.genre ?? 'No genre', `${plays(song.playsLast7Days)} in 7 days`].join(' · '),
              rank: index + 1,
              measure: song.trendingScore,
            }))}
          />
        </Scroll>
      )}
    </AnswerCard>
  );
}

function Chart() {
  const tile = useAnswer(TopSongsSinceLastEditionDocument, { first: 100 });
  return (
    <AnswerCard
      title="Top 100 of the week"
      className="tall"
      tile={tile}
      emptyText={({ topSongsThisWeek }) =>
        topSongsThisWeek.length === 0 ? 'No song was played in the last 7 days.' : null
      }
    >
      {({ topSongsThisWeek }) => (
        <>
          {topSongsThisWeek.some(({ status }) => status) && (
            <p className="hint compared">
              Compared with the latest closed <a href="#/charts">chart</a>.
            </p>
          )}
          <Scroll label="Top 100 of the week">
            <RankedSongs
              measureName="plays"
              songs={topSongsThisWeek.map(({ status, previousRank, ...entry }) => ({
                ...entry,
                moved: status && <Moved status={status} rank={entry.rank} previousRank={previousRank} />,
                under: (
                  <>
                    {previousRank !== null && `was ${count(previousRank)}`}
                    {entry.artistAddress && previousRank !== null && ' · '}
                    {entry.artistAddress && (
                      <a href={hrefOf('artist', entry.artistAddress)}>
                        {entry.artistName || shortAddress(entry.artistAddress)}
                      </a>
                    )}
                  </>
                ),
                measure: entry.plays,
              }))}
            />
          </Scroll>
        </>
      )}
    </AnswerCard>
  );
}

function GenreShares() {
  const tile = useAnswer(GenresDocument, {});
  return (
    <AnswerCard
      title="Genres"
      tile={tile}
      emptyText={({ genres }) => (genres.length === 0 ? 'No song has a genre yet.' : null)}
    >
      {({ genres }) => <GenreTable genres={genres} />}
    </AnswerCard>
  );
}

/** More than this many genres are shown when asked for. */
const genresAtFirst = 8;

function GenreTable({ genres }: GenresQuery) {
  const [isWhole, setWhole] = useState(false);
  const plays = genres.reduce((sum, { totalPlays }) => sum + Number(totalPlays), 0);
  const most = Math.max(1, ...genres.map(({ totalPlays }) => Number(totalPlays)));
  return (
    <>
      <table className="genres">
        <thead>
          <tr>
            <th scope="col" className="number">
              #
            </th>
            <th scope="col">Genre</th>
            <th scope="col">
              <span className="unseen">Share as a bar</span>
            </th>
            <th scope="col" className="number">
              Plays
            </th>
            <th scope="col" className="number">
              Share
            </th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? genres : genres.slice(0, genresAtFirst)).map(
            ({ genre, popularityRank, totalPlays }) => (
              <tr key={genre}>
                <td className="number rank">{count(popularityRank)}</td>
                <th scope="row">
                  <a href={hrefOf('genre', genre)}>{genre}</a>
                </th>
                <td className="bar-cell">
                  <Bar ratio={Number(totalPlays) / most} />
                </td>
                <td className="number">{count(totalPlays)}</td>
                <td className="number">{share(plays === 0 ? 0 : Number(totalPlays) / plays)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {genres.length > genresAtFirst && (
        <button type="button" className="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer genres' : `All ${count(genres.length)} genres`}
        </button>
      )}
    </>
  );
}

function Earners() {
  const tile = useAnswer(ArtistsDocument, {
    first: 10,
    orderBy: [{ field: 'TOTAL_EARNINGS', direction: 'DESC' }],
  });
  return (
    <AnswerCard
      title="Artists by earnings"
      tile={tile}
      emptyText={({ artists }) => (artists.nodes.length === 0 ? 'No artists yet.' : null)}
    >
      {({ artists }) => <EarnerTable artists={artists} />}
    </AnswerCard>
  );
}

function EarnerTable({ artists: { nodes } }: ArtistsQuery) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Artist</th>
          <th scope="col" className="number">
            Plays
          </th>
          <th scope="col" className="number">
            Earned, FLOW
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ artistAddress, artistName, totalPlays, totalEarnings }) => (
          <tr key={artistAddress}>
            <th scope="row">
              <a href={hrefOf('artist', artistAddress)}>{artistName || shortAddress(artistAddress)}</a>
            </th>
            <td className="number">{count(totalPlays)}</td>
            <td className="number" title={`${totalEarnings} FLOW`}>
              {decimal(totalEarnings)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
