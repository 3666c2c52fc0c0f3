import { useMemo, useRef } from 'react';
import { ChartEditionDocument, GenresDocument } from '../../src/client/operations.ts';
import { allEditionsOf } from '../charts/all-editions.ts';
import { editionName } from '../charts/edition-name.ts';
import { EditionPicker } from '../charts/edition-picker.tsx';
import { EditionTable } from '../charts/edition-table.tsx';
import { SongPath } from '../charts/song-path.tsx';
import { useAnswer, useQuestion } from '../client/use-answer.ts';
import { dayAndTime } from '../format.ts';
import { AnswerCard } from '../parts/card.tsx';

/** The closed editions of a chart. The address says which is shown, so that it can be sent to somebody. */
export function ChartsPage({ parameters }: { readonly parameters: URLSearchParams }) {
  const genre = parameters.get('genre');
  const week = weekIn(parameters);
  const chart = useAnswer(ChartEditionDocument, { genre, at: week && `${week}T00:00:00Z`, first: 100 });
  const { answer: listed } = useQuestion(useMemo(() => allEditionsOf(genre), [genre]));
  const path = useRef<HTMLDivElement>(null);

  const edition = chart.answer?.data.chartEdition ?? null;
  const editions = listed?.data ?? [];
  const song = parameters.get('song') ?? edition?.entries[0]?.songId;
  return (
    <div className="charts-page">
      <h1>Charts</h1>
      <GenrePicker genre={genre} />
      <AnswerCard
        title={genre === null ? 'Chart of all songs' : `Chart of ${genre}`}
        className="chart"
        tile={chart}
        controls={
          <EditionPicker
            editions={editions}
            chosen={edition}
            onChoose={({ id, periodStart }) =>
              // The newest is not named in the address, so that the page goes on to the next one.
              go(parameters, { week: id === editions[0]?.id ? null : periodStart.slice(0, 10) })
            }
          />
        }
        emptyText={({ chartEdition }) => {
          if (chartEdition) return null;
          return week
            ? 'This chart has no edition of this week.'
            : 'This chart has no edition yet. The first refresh after a week with plays closes one.';
        }}
      >
        {() =>
          edition && (
            <>
              <p className="hint">{`Plays of seven days from Friday, 00:00 UTC. Closed on ${dayAndTime(edition.closedAt)}; it does not change.`}</p>
              <EditionTable
                caption={editionName(edition)}
                entries={edition.entries}
                chosen={song}
                onChoose={(songId) => {
                  go(parameters, { song: songId });
                  path.current?.scrollIntoView({ block: 'nearest' });
                }}
              />
            </>
          )
        }
      </AnswerCard>
      <div className="path-place" ref={path}>
        {edition && song !== undefined && (
          <SongPath songId={song} genre={genre} lastNumber={editions[0]?.number ?? edition.number} />
        )}
      </div>
    </div>
  );
}

function GenrePicker({ genre }: { readonly genre: string | null }) {
  const tile = useAnswer(GenresDocument, {});
  const names = tile.answer?.data.genres.map((each) => each.genre) ?? [];
  const listed = genre === null || names.includes(genre) ? names : [genre, ...names];
  return (
    <label className="genre-picker">
      Chart of{' '}
      <select
        value={genre === null ? '' : `=${genre}`}
        // Editions of another chart have other songs and weeks.
        onChange={({ target: { value } }) =>
          go(new URLSearchParams(), { genre: value ? value.slice(1) : null })
        }
      >
        <option value="">all songs</option>
        {listed.map((name) => (
          // A genre may have an empty name.
          <option key={name} value={`=${name}`}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A day such as 2026-02-20, on which the week begins; null for the latest. */
function weekIn(parameters: URLSearchParams): string | null {
  const week = parameters.get('week');
  return week && /^\d{4}-\d\d-\d\d$/.test(week) && !Number.isNaN(Date.parse(week)) ? week : null;
}

function go(parameters: URLSearchParams, changes: Readonly<Record<string, string | null>>): void {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes))
    if (value === null) next.delete(name);
    else next.set(name, value);
  location.replace(next.size === 0 ? '#/charts' : `#/charts?${next}`);
}
