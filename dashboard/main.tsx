import { PlatformStatsDocument } from '../schema/operations.ts';
import './style.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Board, questionOf } from './client/board.ts';
import { showTheme } from './client/theme.ts';
import { BoardProvider } from './client/use-answer.ts';

showTheme();
// The smallest question of all finds out whether the views moved.
const board = new Board(questionOf(PlatformStatsDocument, {}));
board.start();

const page = document.getElementById('page');
if (!page) throw new Error('Expected an element #page, got none.');
createRoot(page).render(
  <BoardProvider value={board}>
    <App />
  </BoardProvider>,
);
