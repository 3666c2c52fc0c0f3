import type { DemoGenre } from './genres.js';
import type { Random } from './random.js';

const words = (text: string): readonly string[] => text.split(' ');

const firstNames = words(
  'Ada Amara Ayo Bea Chiara Dara Elif Ezra Femi Freja Goran Hana Idris Imani Ines Ivo Jun Kaia Kofi Lena Liv Luca Mara Mateo Mika Nadia Noor Odile Omar Petra Quinn Rafa Rosa Sanne Sefa Tala Thea Tomas Uma Vera Wren Yara Yusuf Zoe',
);
const lastNames = words(
  'Abara Adeyemi Almeida Baptiste Bergström Castellano Devereux Doyle Ferreira Fontaine Granger Haddad Ibarra Ito Jansen Kaplan Kovač Lindqvist Marchetti Mbeki Moreau Nakamura Novak Okafor Oyelaran Petrov Quispe Rahman Rossi Sato Silva Sørensen Tanaka Vargas Volkov Whitlock Yamada Zhou',
);
const adjectives = words(
  'Broken Silver Quiet Paper Electric Golden Hollow Distant Lucid Wild Northern Velvet Crooked Burning Sleeping Second Silent Copper Feral Glass Late Little Lost Modern Pale Rapid Salt Secret Slow Violet',
);
const nouns = words(
  'Foxes Harbor Mycelium Parade Letters Machines Cassettes Wolves Satellites Gardens Choir Atlas Rivers Lanterns Ghosts Arcade Orchard Society Signals Tigers Weather Theory Museum Pilots Sparrows Union Islands Kites Forest Assembly',
);
const places = words(
  'Lisbon Berlin Accra Kyoto Oslo Marrakesh Montréal Havana Tbilisi Glasgow Nairobi Valparaíso Detroit Naples Hanoi',
);

const artistForms: readonly ((random: Random) => string)[] = [
  (random) => `${random.pick(firstNames)} ${random.pick(lastNames)}`,
  (random) => `${random.pick(adjectives)} ${random.pick(nouns)}`,
  (random) => `The ${random.pick(adjectives)} ${random.pick(nouns)}`,
  (random) => `${random.pick(firstNames)} & the ${random.pick(nouns)}`,
  (random) => `${random.pick(places)} ${random.pick(nouns)}`,
  (random) => `DJ ${random.pick(firstNames)}`,
];

/** Makes names of artists that are not yet in `taken`, and adds them to it. */
export function drawArtistName(random: Random, taken: Set<string>): string {
  let name = random.pick(artistForms)(random);
  // Names run out when very many artists are asked for; then they carry a number as on any other platform.
  for (let attempt = 1; taken.has(name); attempt++)
    name = random.pick(artistForms)(random) + (attempt > 20 ? ` ${attempt}` : '');
  taken.add(name);
  return name;
}

const titleForms: readonly ((word: string, random: Random) => string)[] = [
  (word) => word,
  (word, random) => `${random.pick(adjectives)} ${word}`,
  (word, random) => `${word} in ${random.pick(places)}`,
  (word, random) => `${word} for ${random.pick(firstNames)}`,
  (word, random) => `${word} & ${random.pick(nouns)}`,
  (word, random) => `${random.pick(places)} ${word}`,
  (word, random) => `No More ${word} (${random.pick(firstNames)}'s Version)`,
  (word, random) => `${word}, ${random.pick(adjectives)} ${random.pick(nouns)}`,
];

/** Titles repeat across artists, as they do in the world. */
export function drawTitle(genre: DemoGenre, random: Random): string {
  return random.pick(titleForms)(random.pick(genre.words), random);
}

/** An address as wallets have it: 0x and 40 hexadecimal digits. */
export function drawAddress(random: Random): string {
  let digits = '';
  while (digits.length < 40)
    digits += random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return `0x${digits}`;
}
