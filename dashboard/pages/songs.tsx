import { useEffect, useState } from 'react';
import {
  GenresDocument,
  type OrderDirection,
  type SongOrderField,
  SongsDocument,
  type SongsQueryVariables,
} from '../../src/client/operations.ts';
import { useAnswer } from '../client/use-answer.ts';
import { fields } from '../filter/fields.ts';
import {
  countIncomplete,
  filterOf,
  type Group,
  groupFrom,
  isGroup,
  newCondition,
  newGroup,
  textOf,
} from '../filter/filter.ts';
import { GroupForm } from '../filter/filter-form.tsx';
import { count } from '../format.ts';
import { AnswerCard, Card } from '../parts/card.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { SongTable } from '../parts/song-table.tsx';

/** How long the form has to rest before it is asked, in milliseconds. */
const restMs = 350;
const perPage = 20;
const questionText = String(SongsDocument);

type Place = Pick<SongsQueryVariables, 'first' | 'after' | 'last' | 'before'>;
const start: Place = { first: perPage };

/** Songs by a filter that is put together here, and the GraphQL that it comes to. */
export function SongsPage({ parameters }: { readonly parameters: URLSearchParams }) {
  const [group, setGroup] = useState<Group>(() => groupFrom(parameters.get('filter')) ?? example());
  const [field, setField] = useState<SongOrderField>(() => orderFrom(parameters.get('order')));
  const [direction, setDirection] = useState<OrderDirection>(
    parameters.get('direction') === 'ASC' ? 'ASC' : 'DESC',
  );
  const [place, setPlace] = useState<Place>(start);

  const question = { filter: filterOf(group), orderBy: [{ field, direction }] };
  const settled = useSettled(JSON.stringify(question));
  const variables: SongsQueryVariables = { ...(JSON.parse(settled) as typeof question), ...place };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first page
  useEffect(() => setPlace(start), [settled]);
  // So that a filter can be sent to somebody, or found again.
  useEffect(() => {
    const link = new URLSearchParams({ filter: textOf(group), order: field, direction });
    history.replaceState(history.state, '', `#/songs?${link}`);
  }, [group, field, direction]);

  const incomplete = countIncomplete(group);
  return (
    <div className="songs-page">
      <h1>Songs by filter</h1>
      <Card title="Filter" className="filter">
        <GroupForm
          part={group}
          place=""
          onChange={(part) => setGroup(part && isGroup(part) ? part : newGroup('all', []))}
        />
        <GenreNames />
        <p className="hint" role="status">
          {incomplete > 0 &&
            `${count(incomplete)} ${incomplete === 1 ? 'condition is' : 'conditions are'} not complete and left out.`}
        </p>
        <div className="order">
          <label>
            Ordered by{' '}
            <select value={field} onChange={(event) => setField(event.target.value as SongOrderField)}>
              {fields.map(({ order, label }) => (
                <option key={order} value={order}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label>
            <span className="unseen">Direction</span>
            <select
              value={direction}
              onChange={(event) => setDirection(event.target.value as OrderDirection)}
            >
              <option value="DESC">highest or latest first</option>
              <option value="ASC">lowest or earliest first</option>
            </select>
          </label>
        </div>
      </Card>
      <Card title="The question in GraphQL" className="question">
        <Copyable title="Variables" text={JSON.stringify(variables, null, 2)} />
        <Copyable title="Query" text={questionText} />
        <p>
          <a
            href={`graphiql#${new URLSearchParams({ query: questionText, variables: JSON.stringify(variables, null, 2) })}`}
          >
            Open it in GraphiQL
          </a>
        </p>
      </Card>
      <Results variables={variables} onPlace={setPlace} />
    </div>
  );
}

function Results({
  variables,
  onPlace,
}: {
  readonly variables: SongsQueryVariables;
  readonly onPlace: (place: Place) => void;
}) {
  const tile = useAnswer(SongsDocument, variables);
  return (
    <AnswerCard
      title="Songs"
      className="results"
      tile={tile}
      emptyText={({ songs }) => (songs.nodes.length === 0 ? 'No song fits.' : null)}
    >
      {({ songs: { nodes, totalCount, pageInfo } }) => (
        <>
          <SongTable caption="Songs that fit" songs={nodes} showsArtist />
          <div className="pager">
            <span role="status" className="pager-count">
              {count(totalCount)} {Number(totalCount) === 1 ? 'song fits' : 'songs fit'}
            </span>
            <button
              type="button"
              disabled={!pageInfo.hasPreviousPage}
              onClick={() => onPlace({ last: perPage, before: pageInfo.startCursor })}
            >
              Previous
            </button>
            <button
              type="button"
              disabled={!pageInfo.hasNextPage}
              onClick={() => onPlace({ first: perPage, after: pageInfo.endCursor })}
            >
              Next
            </button>
          </div>
          {nodes.length > 0 && (
            <p>
              <a href={fileOf(variables)} download>
                Download as CSV
              </a>
            </p>
          )}
        </>
      )}
    </AnswerCard>
  );
}

/** All songs of the same filter, in the same order, as a file. */
function fileOf({ filter, orderBy }: SongsQueryVariables): string {
  return `export/songs.csv?${new URLSearchParams({ filter: JSON.stringify(filter ?? {}), orderBy: JSON.stringify(orderBy ?? []) })}`;
}

/** Names to choose from while one types. */
function GenreNames() {
  const tile = useAnswer(GenresDocument, {});
  return (
    <datalist id="genres">
      {tile.answer?.data.genres.map(({ genre }) => (
        <option key={genre} value={genre} />
      ))}
    </datalist>
  );
}

function example(): Group {
  return newGroup('all', [
    newCondition('playCount', 'gte', '100'),
    newGroup('none', [newCondition('strategy', 'eq', 'AUCTION')]),
  ]);
}

function orderFrom(text: string | null): SongOrderField {
  return fields.find(({ order }) => order === text)?.order ?? 'TRENDING_SCORE';
}

/** A text, once it has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
