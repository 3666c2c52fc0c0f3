/**
 * Turns listening histories into artists.csv, songs.csv and plays.csv for `mycelix-analytics import`:
 *
 *   node examples/convert-history.mjs [--out FOLDER] LISTENER FILE...
 *
 * LISTENER is an address, or any name that an address is made from. The files are what exporters of Last.fm,
 * ListenBrainz and Spotify write, as CSV, JSON or JSON lines; docs/importing.md has the forms. Needs only Node.js.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What columns and properties are called, in lower case without punctuation; the first name that has a value counts. */
const names = {
  artist: ['artist', 'artistname', 'mastermetadataalbumartistname'],
  track: ['track', 'trackname', 'title', 'song', 'songname', 'mastermetadatatrackname'],
  time: ['uts', 'listenedat', 'ts', 'timestamp', 'endtime', 'playedat', 'utctime', 'date', 'time'],
  milliseconds: ['msplayed', 'durationms'],
  seconds: ['duration'],
};
const timeForms = '2026-01-31T12:00:00Z, 2026-01-31 12:00, 31 Jan 2026 12:00 or 1769860800';
const columnsWithoutHeader = ['artist', 'album', 'track', 'date'];

const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'history' } },
  allowPositionals: true,
});
const [listenerName, ...files] = positionals;
if (files.length === 0) fail('expected LISTENER FILE..., such as: ada scrobbles.csv', 2);

const listener = /^0x[0-9a-f]{1,64}$/i.test(listenerName)
  ? listenerName
  : addressOf('listener', listenerName);
const artists = new Map();
const songs = new Map();
const plays = new Map();

for (const file of files) {
  const skipped = { nameless: 0, timeless: 0, repeated: 0 };
  let unreadable;
  let count = 0;
  for (const entry of entriesOf(file)) {
    const artist = find(entry, names.artist);
    const track = find(entry, names.track);
    const time = find(entry, names.time);
    const playedAt = readTime(time);
    if (artist === '' || track === '') skipped.nameless++;
    else if (playedAt === null) {
      skipped.timeless++;
      unreadable ??= time;
    } else if (addPlay(artist, track, playedAt, readSeconds(entry))) count++;
    else skipped.repeated++;
  }
  console.log(`${file}: ${count} plays`);
  if (skipped.nameless) console.log(`  left out ${skipped.nameless} without an artist or a track`);
  if (skipped.timeless)
    console.log(
      `  left out ${skipped.timeless} without a time from 2000 on such as ${timeForms}, the first has ${JSON.stringify(unreadable)}`,
    );
  if (skipped.repeated) console.log(`  left out ${skipped.repeated} that came before`);
}
if (plays.size === 0) fail('found no plays', 1);

mkdirSync(values.out, { recursive: true });
const paths = [
  write('artists', ['artist_address', 'name', 'created_at'], artists),
  write('songs', ['song_id', 'title', 'artist_address', 'genre', 'strategy', 'created_at'], songs),
  write('plays', ['id', 'song_id', 'listener_address', 'played_at', 'duration', 'amount_paid'], plays),
];
console.log(`The listener is ${listener}. Load the files with:`);
console.log(`  npx mycelix-analytics import ${paths.join(' ')} --skip-existing`);

function entriesOf(file) {
  try {
    return readEntries(file);
  } catch (error) {
    return fail(`${file}: ${error.message}`, 1);
  }
}

/** The entries of a file as objects with plain names. */
function readEntries(file) {
  const bytes = readFileSync(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes).trim();
  if (text.startsWith('[')) return JSON.parse(text).map(flatten);
  const lines = text.split(/\r?\n/);
  if (text.startsWith('{')) return lines.map((line) => flatten(JSON.parse(line)));

  const bare = lines[0].replace(/"[^"]*"/g, '');
  const separator = [',', ';', '\t'].sort((a, b) => bare.split(b).length - bare.split(a).length)[0];
  const rows = lines.map((line) => splitLine(line, separator));
  const header = rows[0].map(plain);
  const has = (wanted) => wanted.some((name) => header.includes(name));
  if (has(names.artist) && has(names.track) && has(names.time)) return rows.slice(1).map(zip(header));
  if (header.length === columnsWithoutHeader.length && readTime(rows[0].at(-1)) !== null)
    return rows.map(zip(columnsWithoutHeader));
  throw new Error(`expected columns for artist, track and date, got ${lines[0].slice(0, 200)}`);
}

/** ListenBrainz puts names and durations one and two levels deeper. */
function flatten(entry) {
  const { track_metadata: track = {} } = entry;
  const all = Object.entries({ ...track.additional_info, ...track, ...entry });
  return Object.fromEntries(all.map(([name, value]) => [plain(name), value]));
}

function zip(header) {
  return (row) => Object.fromEntries(header.map((name, index) => [name, row[index]]));
}

/** Quotes count around whole values only: others belong to the value. */
function splitLine(line, separator) {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}]*))(${separator}|$)`, 'y');
  const cells = [];
  for (let end = separator; end !== ''; ) {
    const [, quoted, bare, next] = cell.exec(line);
    cells.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    end = next;
  }
  return cells;
}

/** `Date#ada` is `date`, `artist_name` is `artistname`. */
function plain(name) {
  return name
    .toLowerCase()
    .replace(/#.*/, '')
    .replace(/[^a-z]/g, '');
}

function find(entry, wanted) {
  const name = wanted.find((each) => entry[each] !== undefined && entry[each] !== null && entry[each] !== '');
  return name === undefined ? '' : String(entry[name]).trim();
}

/** Milliseconds since 1970; UTC where no zone is given. Null where day and month can be mistaken, and before 2000. */
function readTime(text) {
  const isUnix = /^\d{9,13}$/.test(text);
  const isDate = /^(\d{4}-\d\d-\d\d[T ]|\d{1,2} [A-Z][a-z]+ \d{4},? )\d\d:\d\d/.test(text);
  const zone = /(Z|UTC|GMT|[+-]\d\d:?\d\d)$/.test(text) ? '' : 'Z';
  const instant = isUnix
    ? Number(text) * (text.length < 12 ? 1000 : 1)
    : isDate
      ? Date.parse(text.replace(',', '') + zone)
      : Number.NaN;
  return instant >= Date.UTC(2000) ? instant : null;
}

/** 0 where the history does not say. */
function readSeconds(entry) {
  const milliseconds = find(entry, names.milliseconds);
  const seconds = milliseconds === '' ? Number(find(entry, names.seconds)) : Number(milliseconds) / 1000;
  return seconds >= 0 ? Math.round(seconds) : 0;
}

/** Names keep the spelling of the first play. Capitals, and accents that are composed otherwise, make no other song. */
function addPlay(artist, track, playedAt, seconds) {
  const artistAddress = addressOf('artist', artist);
  const songId = digest('song', artist, track).slice(0, 32);
  // The same play has the same id in the next export, so that an import with --skip-existing passes over it.
  const id = Number.parseInt(digest('play', listener, songId, playedAt, seconds).slice(0, 13), 16) + 1;
  if (plays.has(id)) return false;
  const isFirst = (rows, key) => !(Date.parse(rows.get(key)?.at(-1)) <= playedAt);
  const at = new Date(playedAt).toISOString();
  const name = artists.get(artistAddress)?.[1] ?? artist;
  if (isFirst(artists, artistAddress)) artists.set(artistAddress, [artistAddress, name, at]);
  const title = songs.get(songId)?.[1] ?? track;
  if (isFirst(songs, songId)) songs.set(songId, [songId, title, artistAddress, '', 'gift-economy', at]);
  plays.set(id, [id, songId, listener, at, seconds, 0]);
  return true;
}

function addressOf(kind, name) {
  return `0x${digest(kind, name).slice(0, 40)}`;
}

function digest(...parts) {
  const text = parts.map((part) => String(part).normalize('NFKC').toLowerCase()).join('\n');
  return createHash('sha256').update(text).digest('hex');
}

function write(table, header, rows) {
  const file = path.join(values.out, `${table}.csv`);
  const quote = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [header, ...rows.values()].map(
    (row) => `${row.map((value) => quote(String(value))).join(',')}\n`,
  );
  writeFileSync(file, lines.join(''));
  return `--${table} ${file}`;
}

function fail(reason, code) {
  console.error(`convert-history: ${reason}`);
  process.exit(code);
}
