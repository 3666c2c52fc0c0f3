import type { TypedDocumentNode } from '@apollo/client';
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Board, type Question, questionOf, type Standing, type Tile } from './board.ts';

const BoardContext = createContext<Board | null>(null);
export const BoardProvider = BoardContext.Provider;

/** @throws when used outside of a page's board. */
export function useBoard(): Board {
  const board = useContext(BoardContext);
  if (!board) throw new Error('Expected a board around this, got none.');
  return board;
}

/** The answer to a question, kept up to date for as long as it is on the page. */
export function useAnswer<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Tile<Data> {
  const text = JSON.stringify(variables);
  return useQuestion(useMemo(() => questionOf(document, JSON.parse(text) as Variables), [document, text]));
}

/** The same for a question that is more than one document; it has to be the same object each time. */
export function useQuestion<Data>(question: Question<Data>): Tile<Data> {
  const board = useBoard();
  useEffect(() => board.watch(question), [board, question]);
  return useSyncExternalStore(board.subscribe, () => board.tile(question));
}

export function useStanding(): Standing {
  const board = useBoard();
  return useSyncExternalStore(board.subscribe, board.standing);
}
