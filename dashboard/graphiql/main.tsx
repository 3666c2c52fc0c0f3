import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { createRoot } from 'react-dom/client';
import { Explorer } from './explorer.tsx';

const page = document.getElementById('page');
if (!page) throw new Error('Expected an element #page, got none.');
createRoot(page).render(<Explorer />);
