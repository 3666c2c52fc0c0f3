import { type RawBuilder, sql } from 'kysely';
import type { ViewName } from '../../catalogue/view.js';

/** SQL of the count of a view's row as it is shown: null where it is withheld. */
type ShownCount = (under: number) => RawBuilder<unknown>;

/**
 * What is shown tells no withheld count, neither by itself nor by subtraction; docs/privacy.md has the reasons. Listeners of
 * a song are listeners of its artist, and these of the platform: a tree, in which a count says something of its parts only
 * where it comes near the sum of what they can be at most. Genres, weeks and whatever else has no rule here lie across it, so
 * that none of their counts is shown.
 */
export const shownCounts: Readonly<Partial<Record<ViewName, ShownCount>>> = {
  mv_song_analytics: (under) => sql`case when ${isSongShown(under)} then unique_listeners end`,

  mv_artist_analytics: (under) => sql`
    case when ${isArtistShown(
      under,
      sql`(select ${capOf(under)} from mv_song_analytics
      where mv_song_analytics.artist_address = mv_artist_analytics.artist_address)`,
    )}
    then unique_listeners end`,

  mv_platform_stats: (under) => sql`
    case when total_plays <= 1 or (total_listeners >= ${sql.lit(under)} and (
      select coalesce(total_listeners < sum(at_most) - max(at_most - 1) filter (where not is_shown), true)
        and total_listeners > coalesce(max(at_least), 0)
      from (${artistBounds(under)}) artist
    )) then total_listeners end`,
};

/** Views whose counts are shown or withheld by each other, so that what is read of one follows all. */
export const jointlyShown = Object.keys(shownCounts) as ViewName[];

/** One play has one listener, so that there is nothing to withhold. */
const isSongShown = (under: number) =>
  sql<boolean>`(unique_listeners >= ${sql.lit(under)} or play_count <= 1)`;

/** How many listeners a song can have by what is shown of it. */
const mostOfSong = (under: number) =>
  sql`case when ${isSongShown(under)} then unique_listeners else least(play_count, ${sql.lit(under - 1)}) end`;

/**
 * From this count on, an artist's listeners would tell that a withheld song has more than one; null without such a song.
 * Below it, all that the other songs can have at most is enough for the artist's count.
 */
const capOf = (under: number) =>
  sql`sum(${mostOfSong(under)}) - max(${mostOfSong(under)} - 1) filter (where not ${isSongShown(under)})`;

const isArtistShown = (under: number, cap: RawBuilder<unknown>) =>
  sql<boolean>`(total_plays <= 1 or (unique_listeners >= ${sql.lit(under)} and coalesce(unique_listeners < ${cap}, true)))`;

/**
 * For each artist: how many listeners it can have at most by what is shown, and how many at least where that is known of a
 * withheld count, which the platform's must then be above. An artist without a song that is shown is withheld because it has
 * few, unless the platform has enough for its cap. Songs without an artist count as those of one, whose count nobody shows.
 */
const artistBounds = (under: number) => sql`
  select coalesce(is_shown, cap is null) as is_shown,
    case when is_shown then unique_listeners
      when unique_listeners is not null and not has_shown_song and coalesce(cap > total_listeners, true)
        then least(songs_at_most, ${sql.lit(under - 1)})
      else songs_at_most end as at_most,
    case when not is_shown and has_shown_song then cap end as at_least
  from (
    select unique_listeners, songs_at_most, cap, has_shown_song,
      ${isArtistShown(under, sql`cap`)} as is_shown
    from mv_artist_analytics full join (
      select artist_address, sum(${mostOfSong(under)}) as songs_at_most, ${capOf(under)} as cap,
        bool_or(unique_listeners >= ${sql.lit(under)}) as has_shown_song
      from mv_song_analytics group by artist_address
    ) song using (artist_address)
  ) artist`;
