import { GenreDocument, GenreSeriesDocument } from '../../src/client/operations.ts';
import { useAnswer } from '../client/use-answer.ts';
import { count, decimal, listenerCount } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { Figures, Flow } from '../parts/numbers.tsx';
import { SongTable } from '../parts/song-table.tsx';
import { Subject } from '../parts/subject.tsx';
import { SeriesCard } from '../series/series-card.tsx';

export function GenrePage({ name }: { readonly name: string }) {
  const tile = useAnswer(GenreDocument, { name, first: 20 });
  const emptyText = ({ genre }: { readonly genre: object | null }) =>
    genre ? null : 'No song has this genre.';
  return (
    <div className="page">
      <Subject kind="Genre" name={name} />
      <AnswerCard title="Figures" tile={tile} emptyText={emptyText}>
        {({ genre }) =>
          genre && (
            <Figures
              figures={[
                { label: 'Rank', value: `# ${count(genre.popularityRank)}`, note: 'by plays' },
                { label: 'Plays', value: count(genre.totalPlays), note: 'of all time' },
                { label: 'Last 7 days', value: count(genre.playsLast7d), note: 'plays in 7 × 24 h' },
                {
                  label: 'Earned',
                  value: <Flow amount={genre.totalEarnings} />,
                  note: `${decimal(genre.avgEarningPerPlay, 4)} FLOW a play`,
                },
                {
                  label: 'Listeners',
                  value: listenerCount(genre.uniqueListeners),
                  note: 'different addresses',
                },
                {
                  label: 'Songs',
                  value: count(genre.totalSongs),
                  note: `${count(genre.totalArtists)} artists`,
                },
              ]}
            />
          )
        }
      </AnswerCard>
      {(!tile.answer || tile.answer.data.genre) && (
        <SeriesCard
          document={GenreSeriesDocument}
          variablesFor={(variables) => ({ name, ...variables })}
          seriesOf={({ genre }) => genre?.series}
        />
      )}
      <AnswerCard title="Trending in this genre" tile={tile} emptyText={emptyText}>
        {({ genre }) => (
          <SongTable caption="Trending in this genre" songs={genre?.topSongs ?? []} showsArtist />
        )}
      </AnswerCard>
    </div>
  );
}
