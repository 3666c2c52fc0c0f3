import { SongDocument, SongSeriesDocument, TopSongsOfArtistDocument } from '../../src/client/operations.ts';
import { hrefOf } from '../client/route.ts';
import { useAnswer } from '../client/use-answer.ts';
import { count, dayAndTime, decimal, listenerCount, shortAddress, words } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { Figures, Flow, playFigures } from '../parts/numbers.tsx';
import { SongTable } from '../parts/song-table.tsx';
import { titleOf } from '../parts/songs.tsx';
import { Subject } from '../parts/subject.tsx';
import { SeriesCard } from '../series/series-card.tsx';

export function SongPage({ id }: { readonly id: string }) {
  const tile = useAnswer(SongDocument, { id });
  const song = tile.answer?.data.song;
  return (
    <div className="page">
      <Subject kind="Song" name={song ? titleOf(song.title) : id}>
        {song?.artistAddress && (
          <>
            by{' '}
            <a href={hrefOf('artist', song.artistAddress)}>
              {song.artist?.artistName || shortAddress(song.artistAddress)}
            </a>
            {' · '}
          </>
        )}
        {song?.genre && (
          <>
            <a href={hrefOf('genre', song.genre)}>{song.genre}</a>
            {' · '}
          </>
        )}
        {song?.strategy && <>{words(song.strategy)} · </>}
        <code>{id}</code>
      </Subject>
      <AnswerCard
        title="Figures"
        tile={tile}
        emptyText={(data) => (data.song ? null : 'There is no song with this identifier.')}
      >
        {(data) =>
          data.song && (
            <Figures
              figures={[
                ...playFigures({
                  all: data.song.playCount,
                  last7: data.song.playsLast7Days,
                  last30: data.song.playsLast30Days,
                }),
                {
                  label: 'Trending score',
                  value: count(data.song.trendingScore),
                  note: 'weighted by how recent',
                },
                {
                  label: 'Listeners',
                  value: listenerCount(data.song.uniqueListeners),
                  note: 'different addresses',
                },
                {
                  label: 'Earned',
                  value: <Flow amount={data.song.totalEarnings} />,
                  note: `${decimal(data.song.avgEarningPerPlay, 4)} FLOW a play`,
                },
                {
                  label: 'Listened to for',
                  value: `${decimal(data.song.avgPlayDuration, 0)} s`,
                  note: 'on average',
                },
                {
                  label: 'Last played',
                  value: <span className="small-value">{dayAndTime(data.song.lastPlayed)}</span>,
                  note: `first ${dayAndTime(data.song.firstPlayed)}`,
                },
              ]}
            />
          )
        }
      </AnswerCard>
      {(!tile.answer || song) && (
        <SeriesCard
          document={SongSeriesDocument}
          variablesFor={(variables) => ({ id, ...variables })}
          seriesOf={(data) => data.song?.series}
        />
      )}
      {song?.artistAddress && (
        <OfTheSameArtist address={song.artistAddress} name={song.artist?.artistName ?? null} />
      )}
    </div>
  );
}

function OfTheSameArtist({ address, name }: { readonly address: string; readonly name: string | null }) {
  const tile = useAnswer(TopSongsOfArtistDocument, { address, first: 10 });
  const title = `Most played of ${name || shortAddress(address)}`;
  return (
    <AnswerCard title={title} tile={tile}>
      {({ artist }) => <SongTable caption={title} songs={artist?.topSongs ?? []} />}
    </AnswerCard>
  );
}
