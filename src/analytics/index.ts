import { ArtistResolver } from './artist-analytics/resolver.js';
import { StatementsOfArtistResolver } from './artist-statements/artist-resolver.js';
import { ArtistStatementResolver } from './artist-statements/resolver.js';
import { statementSongResolvers } from './artist-statements/song-resolver.js';
import { ChartEditionResolver } from './charts/editions/resolver.js';
import { ChartHistoryResolver } from './charts/entries/history-resolver.js';
import { ChartEditionEntryResolver } from './charts/entries/resolver.js';
import { ChartMemoryResolver } from './charts/memory/resolver.js';
import { GenreStatsResolver } from './genre-stats/resolver.js';
import { FavoriteArtistResolver } from './listener-activity/favorite-artist-resolver.js';
import { ListenerResolver } from './listener-activity/resolver.js';
import { idResolvers } from './node/id-resolvers.js';
import { NodeResolver } from './node/resolver.js';
import { PlatformStatsResolver } from './platform-stats/resolver.js';
import { PlayResolver } from './plays/resolver.js';
import { SeriesResolver } from './series/resolver.js';
import { SongResolver } from './song-analytics/resolver.js';
import { ChartEntryResolver } from './top-songs-week/resolver.js';
import { suppressedResolvers } from './withholding/suppressed-resolvers.js';

/** Everything that answers questions about the views. */
export const analyticsResolvers = [
  NodeResolver,
  ...idResolvers,
  ...suppressedResolvers,
  ArtistResolver,
  SongResolver,
  PlatformStatsResolver,
  ChartEntryResolver,
  ListenerResolver,
  FavoriteArtistResolver,
  GenreStatsResolver,
  PlayResolver,
  SeriesResolver,
  StatementsOfArtistResolver,
  ArtistStatementResolver,
  ...statementSongResolvers,
  ChartEditionResolver,
  ChartEditionEntryResolver,
  ChartHistoryResolver,
  ChartMemoryResolver,
] as const;
