import './style.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { showTheme } from './client/theme.ts';

showTheme();
const page = document.getElementById('page');
if (!page) throw new Error('Expected an element #page, got none.');
createRoot(page).render(<App />);
