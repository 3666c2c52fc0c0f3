import {
  ArtistDocument,
  ArtistSeriesDocument,
  TopSongsOfArtistDocument,
} from '../../src/client/operations.ts';
import { hrefOf } from '../client/route.ts';
import { useAnswer } from '../client/use-answer.ts';
import { count, dayAndTime, decimal, listenerCount, shortAddress } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { Figures, Flow, playFigures } from '../parts/numbers.tsx';
import { SongTable } from '../parts/song-table.tsx';
import { Subject } from '../parts/subject.tsx';
import { SeriesCard } from '../series/series-card.tsx';

export function ArtistPage({ address }: { readonly address: string }) {
  const tile = useAnswer(ArtistDocument, { address });
  const songs = useAnswer(TopSongsOfArtistDocument, { address, first: 20 });
  const artist = tile.answer?.data.artist;
  return (
    <div className="page">
      <Subject kind="Artist" name={artist?.artistName || shortAddress(address)}>
        {artist && (
          <>
            <a href={hrefOf('artist', address, 'statements')}>Statements by month</a>
            {' · '}
          </>
        )}
        <code>{address}</code>
      </Subject>
      <AnswerCard
        title="Figures"
        tile={tile}
        emptyText={(data) => (data.artist ? null : 'There is no artist with this address.')}
      >
        {(data) =>
          data.artist && (
            <Figures
              figures={[
                ...playFigures({
                  all: data.artist.totalPlays,
                  last7: data.artist.playsLast7Days,
                  last30: data.artist.playsLast30Days,
                }),
                {
                  label: 'Earned',
                  value: <Flow amount={data.artist.totalEarnings} />,
                  note: `${decimal(data.artist.avgEarningPerPlay, 4)} FLOW a play`,
                },
                {
                  label: 'Listeners',
                  value: listenerCount(data.artist.uniqueListeners),
                  note: 'different addresses',
                },
                {
                  label: 'Songs',
                  value: count(data.artist.totalSongs),
                  note: `last played ${dayAndTime(data.artist.lastPlayDate)}`,
                },
              ]}
            />
          )
        }
      </AnswerCard>
      {(!tile.answer || artist) && (
        <>
          <SeriesCard
            document={ArtistSeriesDocument}
            variablesFor={(variables) => ({ address, ...variables })}
            seriesOf={(data) => data.artist?.series}
          />
          <AnswerCard
            title="Most played songs"
            tile={songs}
            emptyText={(data) => (data.artist?.topSongs.length ? null : 'No songs yet.')}
          >
            {({ artist: listed }) => (
              <>
                <SongTable caption="Most played songs" songs={listed?.topSongs ?? []} />
                {listed && artist && listed.topSongs.length < Number(artist.totalSongs) && (
                  <p className="hint">
                    {`${count(listed.topSongs.length)} of ${count(artist.totalSongs)} songs`}
                  </p>
                )}
              </>
            )}
          </AnswerCard>
        </>
      )}
    </div>
  );
}
