import { SongChartHistoryDocument, type SongChartHistoryQuery } from '../../src/client/operations.ts';
import { hrefOf } from '../client/route.ts';
import { useAnswer } from '../client/use-answer.ts';
import { count } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';
import { LazyPlot } from '../parts/lazy-plot.tsx';
import { titleOf } from '../parts/songs.tsx';
import { BucketTable } from '../series/bucket-table.tsx';
import { editionName, weekOf } from './edition-name.ts';
import { Moved } from './movement.tsx';

type Entries = NonNullable<SongChartHistoryQuery['song']>['chartHistory'];

/** The most that the gateway gives at once. */
const maxEntries = 100;

/** The ranks of a song in the editions of a chart. */
export function SongPath({
  songId,
  genre,
  lastNumber,
}: {
  readonly songId: string;
  readonly genre: string | null;
  /** The number of the edition that is looked at. */
  readonly lastNumber: number;
}) {
  const tile = useAnswer(SongChartHistoryDocument, { id: songId, genre, first: maxEntries });
  return (
    <AnswerCard
      title="Path of a song"
      className="series song-path"
      tile={tile}
      emptyText={({ song }) => {
        if (!song) return 'The song was deleted, so its other editions are not shown.';
        return song.chartHistory.length === 0 ? 'The song is in no edition of this chart.' : null;
      }}
    >
      {({ song }) =>
        song && (
          <>
            <p>
              <a href={hrefOf('song', songId)}>{titleOf(song.title)}</a>
            </p>
            <Path title={titleOf(song.title)} entries={song.chartHistory} lastNumber={lastNumber} />
          </>
        )
      }
    </AnswerCard>
  );
}

function Path({
  title,
  entries,
  lastNumber,
}: {
  readonly title: string;
  /** Newest first. */
  readonly entries: Entries;
  readonly lastNumber: number;
}) {
  const first = entries.at(-1)?.edition.number ?? 1;
  const last = Math.max(lastNumber, entries[0]?.edition.number ?? 1);
  const positions = Array.from({ length: last - first + 1 }, (_, position) => position);
  const entryAt = new Map(entries.map((entry) => [entry.edition.number - first, entry]));
  return (
    <>
      <p className="hint">
        {`In ${count(entries.length)} of the editions ${first} to ${last}, best rank ${entries[0]?.peakRank}.`}
      </p>
      <LazyPlot
        label={`Ranks of ${title} in the editions ${first} to ${last}`}
        times={positions}
        series={[
          {
            name: 'Rank; no line where the song was away',
            tone: '--plot-1',
            values: positions.map((position) => entryAt.get(position)?.rank ?? null),
          },
        ]}
        isRank
        format={count}
        buckets={{
          name: (position) => `No. ${first + position}`,
          marks: (room) => marksOf(positions, room),
          reading: (position) => {
            if (position === null) return 'Point at the picture to read its values.';
            const entry = entryAt.get(position);
            return entry
              ? `${editionName(entry.edition)}: rank ${entry.rank}`
              : `No. ${first + position}: not in the chart`;
          },
        }}
      />
      <BucketTable
        caption={`Ranks of ${title}`}
        columns={['Week', 'Rank', 'Change', 'Plays', 'Weeks']}
        rows={entries.map((entry) => ({
          start: entry.edition.periodStart,
          name: weekOf(entry.edition),
          isPartial: false,
          cells: [
            count(entry.rank),
            <Moved key="change" {...entry} />,
            count(entry.plays),
            count(entry.editionsOnChart),
          ],
        }))}
      />
    </>
  );
}

/** Counted from the end, so that the newest is named. */
function marksOf(positions: readonly number[], room: number): readonly number[] {
  const step = Math.ceil(positions.length / Math.max(1, room));
  return positions.filter((position) => (positions.length - 1 - position) % step === 0);
}
