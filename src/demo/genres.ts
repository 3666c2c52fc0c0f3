/** What a genre is like in the demo data. */
export interface DemoGenre {
  readonly name: string;
  /** How much of all listening goes there, relative to the others. */
  readonly weight: number;
  /** The usual length of a song, in seconds. */
  readonly seconds: number;
  /** Words that titles are made of. */
  readonly words: readonly string[];
}

const genre = (name: string, weight: number, seconds: number, words: string): DemoGenre => ({
  name,
  weight,
  seconds,
  words: words.split(' '),
});

export const demoGenres: readonly DemoGenre[] = [
  genre('Electronic', 18, 260, 'Voltage Circuit Neon Pulse Static Signal Chrome Orbit'),
  genre('Hip-Hop', 17, 195, 'Block Crown Cipher Hustle Corner Gold Ledger Throne'),
  genre('Indie', 14, 225, 'Porch Polaroid Bicycle Attic Sweater Suburb Postcard Lantern'),
  genre('Rock', 12, 240, 'Thunder Highway Riot Stone Engine Rust Wildfire Gravel'),
  genre('Pop', 11, 200, 'Sugar Weekend Mirror Heartbeat Glitter Rooftop Summer Crush'),
  genre('House', 7, 330, 'Warehouse Groove Sunrise Floor Balcony Strobe Sweat Loop'),
  genre('R&B', 6, 215, 'Velvet Midnight Silk Candle Whisper Honey Slow Satin'),
  genre('Ambient', 5, 380, 'Drift Tide Moss Fog Glacier Breath Horizon Spore'),
  genre('Jazz', 4, 320, 'Blue Corner Smoke Avenue Brass Monk Sundown Fedora'),
  genre('Folk', 3, 230, 'River Orchard Wren Harvest Cabin Willow Miller Lark'),
  genre('Afrobeats', 3, 205, 'Lagos Palm Market Drum Wahala Amber Coast Fever'),
  genre('Metal', 2, 290, 'Iron Ash Serpent Grave Oath Blood Winter Abyss'),
  genre('Classical', 1.5, 400, 'Nocturne Prelude Adagio Sonata Elegy Waltz Fugue Aria'),
  genre('Reggae', 1.5, 235, 'Island Roots Lion Riddim Zion Sunshine Dub Harbor'),
];
