import DataLoader from 'dataloader';
import { artistsByAddress } from './schema.js';

/** What each request gets of its own. */
export const createContext = () => ({ artists: new DataLoader(artistsByAddress) });
