/**
 * Fails when the schema has changed since the last release in a way that breaks clients, and the changelog does not say
 * so: `tsx check-schema.ts [RELEASED SCHEMA CHANGELOG]`.
 */
import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

const defaultFiles = ['schema/released.graphql', 'schema/schema.graphql', 'CHANGELOG.md'];
const [released = '', current = '', changelog = ''] = (
  process.argv.length > 2 ? process.argv.slice(2) : defaultFiles
).map((file) => readFileSync(file, 'utf8'));

const announced = plain(newestVersionOf(changelog));
const unannounced = findBreakingChanges(buildSchema(released), buildSchema(current))
  .map(({ description }) => description)
  .filter((sentence) => !announced.includes(plain(sentence).replace(/\.$/, '')));

if (unannounced.length > 0) {
  process.stderr.write(
    `The schema breaks clients of the last release. Keep what they use, or say so under the newest version of the changelog:\n${unannounced.map((sentence) => `  ${sentence}\n`).join('')}`,
  );
  process.exit(1);
}

/** The text under the first heading of a version. */
function newestVersionOf(text: string): string {
  return text.split(/^## .*$/m)[1] ?? '';
}

/** Without marks of code and line breaks, which sentences may have anywhere. */
function plain(text: string): string {
  return text.replaceAll('`', '').replace(/\s+/g, ' ');
}
